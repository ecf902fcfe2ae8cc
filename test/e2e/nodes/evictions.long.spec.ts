import { describe, expect, it } from 'vitest';
import { TestServer } from '../../support/test-server.js';
import { EvictionRace } from './eviction-race.js';
import { TwoNodes } from './two-nodes.js';

/** In parts that each fit into a test's time. */
const ROUNDS = 100;
/** Of each set-up; with `TEST_EVICTION_PARTS=10` a thousand rounds of each, which take a quarter of an hour. */
const PARTS = Number(process.env['TEST_EVICTION_PARTS'] ?? 1);
const parts = Array.from({ length: PARTS }, (_, part) => part + 1);

describe.each(parts)('whose membership ends hears nothing more after the answer, part %i', () => {
  it('on one node', async () => {
    const server = await TestServer.start();
    const race = await EvictionRace.start(server, [server.url]);
    expect(await race.run(ROUNDS, true)).toEqual([]);
    race.stop();
    await server.stop();
  });

  it.each(['up', 'down', 'lost meanwhile'])('on two nodes with Redis %s', async (state) => {
    const nodes = await TwoNodes.start();
    const race = await EvictionRace.start(nodes.one, nodes.urls);
    if (state === 'down') await nodes.redis.kill();
    const lose = state === 'lost meanwhile' ? () => nodes.redis.kill() : undefined;
    expect(await race.run(ROUNDS, state === 'up', lose)).toEqual([]);
    race.stop();
    await nodes.stop();
  });
});
