import { expect, it } from 'vitest';
import { AbsenceRace, RACE_LIMITS } from './absence-race.js';
import { ACTS } from './absent-member.js';
import { TwoNodes } from './two-nodes.js';

it('edits, reactions and replies of a member, also in a thread, never land inside an absence, on two nodes', async () => {
  const nodes = await TwoNodes.start(RACE_LIMITS);
  const { inside, unheard, replies, accepted } = await AbsenceRace.run(nodes.one, nodes.urls, 40);
  expect(inside).toEqual([]);
  expect(unheard).toEqual([]);
  for (const [stored, told] of replies) expect(told).toBe(stored);
  expect([...accepted].toSorted()).toEqual(Object.keys(ACTS).toSorted());
  await nodes.stop();
});
