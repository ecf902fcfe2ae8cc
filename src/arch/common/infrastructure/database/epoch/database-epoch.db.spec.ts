import { EventEmitter } from 'node:events';
import { Logger } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { TestDatabase } from '../../../../../../test/support/test-database.js';
import { UnavailableError } from '../../../domain/errors/unavailable.error.js';
import { BatchedLookup } from '../batched-lookup.js';
import { Database } from '../database.js';
import { DatabaseEpoch } from './database-epoch.js';

beforeAll(() => Logger.overrideLogger(false));

describe('of a database', () => {
  let postgres: TestDatabase;
  let database: Database;
  let renewals: number;

  beforeEach(async () => {
    postgres = await TestDatabase.create();
    database = new Database(postgres.connection, 4);
    renewals = 0;
    database.epoch.onRenewal(() => (renewals += 1));
    await database.readEpoch();
  });
  afterEach(async () => {
    await database.onApplicationShutdown();
    await postgres.drop();
  });

  /** The statement of `pnpm epoch:renew`. */
  const renew = () => postgres.query('select database_epoch((select epoch from database_epochs))');
  const inDatabase = async () => (await postgres.query('select epoch from database_epochs'))[0]?.['epoch'];
  const cutAll = () =>
    postgres.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'causerie' and datname = current_database()`,
    );

  it('a new connection answers nothing before it is known, and before what was remembered is forgotten', async () => {
    const asked: string[] = [];
    const find = async (keys: readonly string[]) => {
      await database.pingDatabase();
      asked.push(...keys);
      return keys.map(() => true);
    };
    const lookup = new BatchedLookup(database, find, () => true);
    await lookup.findValue('a');
    await lookup.findValue('a');
    expect(asked).toEqual(['a']);
    await renew();
    await cutAll();
    await vi.waitFor(() => database.pingDatabase(), { interval: 5 });
    expect([renewals, database.epoch.current]).toEqual([1, await inDatabase()]);
    await lookup.findValue('a');
    expect(asked).toEqual(['a', 'a']);
  });

  it('a check notices, however many connections stay, and statements in flight on them fail', async () => {
    const underWay = database.execute({ text: 'select pg_sleep(60)' }).catch((error: unknown) => error);
    await vi.waitFor(
      async () =>
        expect(
          await postgres.query(
            `select from pg_stat_activity where query = 'select pg_sleep(60)' and state = 'active'`,
          ),
        ).toHaveLength(1),
      { interval: 10, timeout: 10_000 },
    );
    await database.pingDatabase();
    await renew();
    await database.readEpoch();
    expect([renewals, database.epoch.current]).toEqual([1, await inDatabase()]);
    expect(await underWay).toMatchObject({
      code: 'UNAVAILABLE',
      cause: { message: expect.stringMatching(/^Connection terminated/) },
    });
    await database.pingDatabase();
    expect(renewals).toBe(1);
  });

  it('one that leads to the same history changes nothing', async () => {
    await cutAll();
    await vi.waitFor(() => database.pingDatabase(), { interval: 5 });
    await database.readEpoch();
    expect(renewals).toBe(0);
  });
});

/** The database's scripted answers, and the recorded questions. */
function scripted(...answers: [epoch: string, position: string | null][]) {
  const asked: unknown[] = [];
  const query = async ({ values }: { values: unknown[] }) => {
    asked.push(...values);
    const [epoch = '', position = null] = answers.shift() ?? [];
    return { rows: [{ epoch, position }] };
  };
  const epoch = new DatabaseEpoch(async () => undefined);
  let renewals = 0;
  epoch.onRenewal(() => (renewals += 1));
  return { epoch, asked, connection: { query }, renewed: () => renewals };
}

describe('as it is read', () => {
  it('is not available before it is known', async () => {
    const { epoch, connection, renewed } = scripted(['a', '1']);
    expect(() => epoch.current).toThrow(UnavailableError);
    await epoch.readEpoch(connection);
    expect([epoch.current, renewed()]).toEqual(['a', 0]);
  });

  it('a log that is shorter than it was ends it', async () => {
    const { epoch, asked, connection, renewed } = scripted(
      ['a', '18446744073709551614'],
      ['a', '18446744073709551613'],
      ['b', '7'],
      ['b', '7'],
      ['b', '8'],
    );
    await epoch.readEpoch(connection);
    await epoch.readEpoch(connection);
    expect([epoch.current, renewed(), asked]).toEqual(['b', 1, [null, null, 'a']]);
    await epoch.readEpoch(connection);
    await epoch.readEpoch(connection);
    expect([epoch.current, renewed()]).toEqual(['b', 1]);
  });

  it('a log whose length cannot be known does not', async () => {
    const { epoch, connection, renewed } = scripted(['a', '9'], ['a', null], ['a', '10']);
    for (let attempt = 0; attempt < 3; attempt += 1) await epoch.readEpoch(connection);
    expect(renewed()).toBe(0);
  });

  it('an answer that was overtaken by a later one counts for nothing', async () => {
    const { epoch, connection, renewed } = scripted(['a', '5'], ['b', '6']);
    await epoch.readEpoch(connection);
    const late = Promise.withResolvers<{ rows: { epoch: string; position: string }[] }>();
    const [same, other] = [late.promise, late.promise].map((answer) =>
      epoch.readEpoch({ query: () => answer }),
    );
    await epoch.readEpoch(connection);
    late.resolve({ rows: [{ epoch: 'a', position: '4' }] });
    await expect(same).rejects.toThrow(UnavailableError);
    await expect(other).rejects.toThrow(UnavailableError);
    expect([epoch.current, renewed()]).toEqual(['b', 1]);
  });

  it('a connection that was admitted just before another epoch is found is cut with the others', async () => {
    const { epoch, connection } = scripted(['a', '1']);
    await epoch.readEpoch(connection);
    const cut: string[] = [];
    const answers = ['a', 'b'].map((name) => ({
      name,
      ...Promise.withResolvers<{ rows: { epoch: string; position: string }[] }>(),
    }));
    const admitted = answers.map(({ name, promise }) => {
      const stream = { destroy: () => cut.push(name) };
      const client = { query: () => promise, once: () => undefined, connection: { stream } };
      return epoch.admitConnection(client as unknown as Parameters<DatabaseEpoch['admitConnection']>[0]);
    });
    for (const { name, resolve } of answers) resolve({ rows: [{ epoch: name, position: '2' }] });
    await Promise.all(admitted);
    expect(cut).toEqual(['a']);
  });

  it('a connection that has ended is kept no longer, and so not cut', async () => {
    const { epoch, connection } = scripted(['a', '1'], ['a', '1'], ['a', '1'], ['b', '2']);
    const cut: string[] = [];
    const clients = ['ended', 'open'].map((name) => {
      const stream = { destroy: () => cut.push(name) };
      return Object.assign(new EventEmitter(), connection, { connection: { stream } });
    });
    for (const client of clients) {
      await epoch.admitConnection(client as unknown as Parameters<DatabaseEpoch['admitConnection']>[0]);
    }
    clients[0]?.emit('end');
    await epoch.readEpoch(connection);
    await epoch.readEpoch(connection);
    expect([epoch.current, cut]).toEqual(['b', ['open']]);
  });

  it('two answers that cross each other are no log that has become shorter', async () => {
    const { epoch, connection, renewed } = scripted(['a', '5'], ['a', '9']);
    await epoch.readEpoch(connection);
    const late = Promise.withResolvers<{ rows: { epoch: string; position: string }[] }>();
    const crossed = epoch.readEpoch({ query: () => late.promise });
    await epoch.readEpoch(connection);
    late.resolve({ rows: [{ epoch: 'a', position: '7' }] });
    await crossed;
    expect([epoch.current, renewed()]).toEqual(['a', 0]);
  });

  it('is ended once, however often that is requested', async () => {
    let looks = 0;
    const { asked, connection } = scripted(['a', '1'], ['b', '2']);
    const epoch: DatabaseEpoch = new DatabaseEpoch(() => {
      looks += 1;
      return epoch.readEpoch(connection);
    });
    epoch.endEpoch();
    await epoch.readEpoch(connection);
    for (let time = 0; time < 10; time += 1) epoch.endEpoch();
    await new Promise(setImmediate);
    expect([looks, asked, epoch.current]).toEqual([1, [null, 'a'], 'b']);
  });

  it('is ended by the next check of any kind, when its own has failed', async () => {
    const { asked, connection } = scripted(['a', '1'], ['b', '2'], ['b', '3']);
    const epoch = new DatabaseEpoch(() => Promise.reject(new UnavailableError()));
    await epoch.readEpoch(connection);
    epoch.endEpoch();
    await new Promise(setImmediate);
    await epoch.readEpoch(connection);
    await epoch.readEpoch(connection);
    expect([asked, epoch.current]).toEqual([[null, 'a', null], 'b']);
  });

  it('is checked at intervals, however often another one is suspected', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let looks = 0;
    const epoch = new DatabaseEpoch(async () => void (looks += 1));
    for (let word = 0; word < 999; word += 1) {
      epoch.suspectOtherEpoch();
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(looks).toBe(5);
    // The last request came after the last check.
    await vi.advanceTimersByTimeAsync(10_000);
    expect(looks).toBe(6);
    vi.useRealTimers();
  });
});

afterAll(() => void vi.useRealTimers());
