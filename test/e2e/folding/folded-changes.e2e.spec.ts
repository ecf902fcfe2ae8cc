import { expect } from 'vitest';
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
