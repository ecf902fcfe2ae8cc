import { describe, expect, it } from 'vitest';
import { TestServer } from '../../support/test-server.js';
import { EvictionRace } from './eviction-race.js';
import { TwoNodes } from './two-nodes.js';

/** The thousand rounds of `evictions.fault.spec.ts`, in parts that each fit into a test's time. */
const ROUNDS = 100;
const parts = Array.from({ length: 10 }, (_, part) => part + 1);

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
