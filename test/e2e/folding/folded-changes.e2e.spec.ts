import { expect } from 'vitest';
import { callApi } from '../../support/api.js';
import { apiTest as it } from '../../support/api-test.js';
import { LEFT_ROWS, WRONG_SUMMARIES } from '../../support/message-rows.js';
import { FoldingWorld } from '../../support/folding/folding-world.js';

/** A run cannot be repeated to the letter: its changes are made at the same time. */
const SEED = Math.floor(Math.random() * 2 ** 32);

it(`a client that loses nothing never requests changes, and has what a fresh reader sees (seed ${SEED})`, async ({
  server,
}) => {
  const world = await FoldingWorld.create(server, { seed: SEED, isFaulty: false });
  await world.changes.make(100);
  for (const { folded, fresh } of await world.compare()) expect(folded).toEqual(fresh);
  expect(world.clients.map(({ gaps }) => gaps)).toEqual([0, 0, 0, 0, 0]);
  await world.close();
});

it(`after losses, repeats, swaps and reconnections it has what a fresh reader sees (seed ${SEED})`, async ({
  server,
}) => {
  const world = await FoldingWorld.create(server, { seed: SEED, isFaulty: true });
  for (const part of [1, 2, 3]) {
    await world.changes.make(50);
    await world.reconnectSome();
    if (part === 2) await world.deleteAccount();
  }
  await world.reconnectAll();
  for (const { folded, fresh } of await world.compare()) expect(folded).toEqual(fresh);
  expect(Math.max(...world.clients.map(({ gaps }) => gaps))).toBeGreaterThan(0);
  expect(await server.database.query(WRONG_SUMMARIES)).toEqual([]);
  expect(await server.database.query(LEFT_ROWS)).toEqual([]);
  await world.close();
});

it('a history that is cleared right before the comparison ends the threads in it', async ({ server }) => {
  const world = await FoldingWorld.create(server, { seed: SEED, accounts: 2, isFaulty: false });
  await world.changes.beginThread();
  for (const { folded, fresh } of await world.compare()) expect(folded).toEqual(fresh);
  const [client] = world.clients;
  const room = [...(client?.folds.values() ?? [])].find(({ conversation }) => !conversation.parent);
  expect(client?.folds.size).toBe(2);
  const path = `/chat/conversations/${room?.conversation.id}`;
  const token = client?.user.token ?? '';
  // The second `me_updated` within a second waits.
  const pinned = await callApi(server.url, 'PATCH', `${path}/me`, { token, body: { pinned: true } });
  const cleared = await callApi(server.url, 'POST', `${path}/clear`, { token });
  expect([pinned.status, cleared.status]).toEqual([200, 204]);
  for (const { folded, fresh } of await world.compare()) expect(folded).toEqual(fresh);
  expect(client?.folds.size).toBe(1);
  await world.close();
});
