import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BusFake } from '../../../../../../test/fakes/bus.fake.js';
import { ConnectedUsersFake } from '../../../../../../test/fakes/connected-users.fake.js';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import { ReadReceiptsAdapter } from './read-receipts.adapter.js';

const CHANNEL = 'read-receipts';
let bus: BusFake;
let connected: ConnectedUsersFake;
/** Users who have them off, in the database. */
let off: Set<string>;
let reads: (readonly string[])[];
let isDown: boolean;
/** Runs while a statement is in flight, after it has seen the table. */
let meanwhile: () => Promise<void>;
let renewEpoch: () => void;
let heard: string[];
let receipts: ReadReceiptsAdapter;
let ada: string;

beforeEach(() => {
  bus = new BusFake();
  connected = new ConnectedUsersFake();
  [off, reads, heard] = [new Set(), [], []];
  isDown = false;
  meanwhile = async () => undefined;
  ada = randomUUID();
  connected.connect(ada);
  receipts = start();
});
afterEach(() => {
  receipts.onModuleDestroy();
  vi.useRealTimers();
});

async function select({ ids }: { ids: readonly string[] }) {
  reads.push(ids);
  if (isDown) throw new Error('planted');
  const rows = ids.map((id) => ({ id, areOn: !off.has(id) }));
  await meanwhile();
  return rows;
}

function start(): ReadReceiptsAdapter {
  const epoch = { onRenewal: (listener: () => void) => (renewEpoch = listener) };
  const database = { prepare: () => select, inTransaction: false, epoch };
  const adapter = new ReadReceiptsAdapter(database as unknown as Database, bus, connected);
  adapter.onChange((userId, areOn) => heard.push(`${userId === ada ? 'ada' : userId} ${areOn}`));
  return adapter;
}

it('a change is heard here when its announcement resolves, and the other nodes are told of it', async () => {
  off.add(ada);
  await receipts.announceChange(ada);
  expect(heard).toEqual(['ada false']);
  expect(bus.published).toEqual([{ channel: CHANNEL, message: ada }]);
  expect(await receipts.areOn(ada)).toBe(false);
});

it('a change on another node is read from the database', async () => {
  off.add(ada);
  bus.deliverMessage(CHANNEL, ada);
  await vi.waitFor(() => expect(heard).toEqual(['ada false']));
});

it('reads nothing for what names no user', () => {
  for (const message of ['', 'x', `${ada},${ada}`]) bus.deliverMessage(CHANNEL, message);
  expect(reads).toEqual([]);
});

it('a change that is announced while a setting is read is heard after the answer', async () => {
  let changed: Promise<void> | undefined;
  meanwhile = async () => {
    meanwhile = async () => undefined;
    off.add(ada);
    changed = receipts.announceChange(ada);
  };
  heard.push(`answered ${await receipts.areOn(ada)}`);
  await changed;
  expect(heard).toEqual(['answered true', 'ada false']);
});

it('of changes one after another the last one is heard last', async () => {
  const changes: Promise<void>[] = [];
  for (let n = 0; n < 9; n += 1) {
    if (n % 2 === 0) off.add(ada);
    else off.delete(ada);
    changes.push(receipts.announceChange(ada));
    await new Promise((resolve) => void setImmediate(resolve));
  }
  await Promise.all(changes);
  expect(heard.at(-1)).toBe('ada false');
});

it('a change whose announcement was lost is heard within a minute', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  receipts.onApplicationBootstrap();
  for (let n = 0; n < 1_500; n += 1) connected.connect(randomUUID());
  off.add(ada);
  for (const round of [1, 2]) {
    await vi.advanceTimersByTimeAsync(60_000);
    await vi.waitFor(() => expect(heard.filter((state) => state === 'ada false')).toHaveLength(round));
  }
  await vi.waitFor(() => expect(reads.map(({ length }) => length)).toEqual([1_000, 501, 1_000, 501]));
});

it('a node without others does not poll', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  Object.assign(bus, { reachesNodes: false });
  receipts.onApplicationBootstrap();
  await vi.advanceTimersByTimeAsync(300_000);
  expect(reads).toEqual([]);
});

it('an announcement does not fail when the database does; the next poll finds the change', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  receipts.onApplicationBootstrap();
  isDown = true;
  off.add(ada);
  await receipts.announceChange(ada);
  await expect(receipts.areOn(ada)).rejects.toThrow('planted');
  expect(heard).toEqual([]);
  isDown = false;
  await vi.advanceTimersByTimeAsync(60_000);
  await vi.waitFor(() => expect(heard).toEqual(['ada false']));
});

it('a new epoch of the database has other settings', async () => {
  off.add(ada);
  renewEpoch();
  await vi.waitFor(() => expect(heard).toEqual(['ada false']));
});
