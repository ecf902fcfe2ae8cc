import { afterEach, describe, expect, it } from 'vitest';
import { TestServer } from '../../support/test-server.js';
import { EvictionRace } from './eviction-race.js';
import { TwoNodes } from './two-nodes.js';

/** In `evictions.long.spec.ts` they are hundreds. */
const ROUNDS = 50;

let stop: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of stop.toReversed()) await each();
  stop = [];
});

async function raceOnTwoNodes() {
  const nodes = await TwoNodes.start();
  stop.push(() => nodes.stop());
  const race = await EvictionRace.start(nodes.one, nodes.urls);
  stop.push(() => race.stop());
  return { nodes, race };
}

describe('whose membership ends hears nothing more after the answer', () => {
  it('on one node', async () => {
    const server = await TestServer.start();
    stop.push(() => server.stop());
    const race = await EvictionRace.start(server, [server.url]);
    stop.push(() => race.stop());
    expect(await race.run(ROUNDS, true)).toEqual([]);
  });

  it('on two nodes', async () => {
    const { race } = await raceOnTwoNodes();
    expect(await race.run(ROUNDS, true)).toEqual([]);
  });

  it('on two nodes without Redis, except for two seconds of what has no rev', async () => {
    const { race, nodes } = await raceOnTwoNodes();
    await nodes.redis.kill();
    expect(await race.run(ROUNDS, false)).toEqual([]);
  });

  it('on two nodes that lose Redis meanwhile, except for two seconds of what has no rev', async () => {
    const { race, nodes } = await raceOnTwoNodes();
    expect(await race.run(ROUNDS, false, () => nodes.redis.kill())).toEqual([]);
  });
});
