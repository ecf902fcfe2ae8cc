import { expect, it } from 'vitest';
import { CAUSES } from '../../verify/outages/causes.ts';
import { measureOutage } from '../../verify/outages/outage.ts';
import { describeTable, type Figures, missedGoals } from '../../verify/outages/report.ts';
import { Stage } from '../../verify/outages/stage.ts';
import { programFile } from '../faults/server-process.js';

const KEPT: Figures = {
  name: 'refused',
  seconds: 6,
  again: Array.from({ length: 100 }, (_, index) => (index === 99 ? 9_000 : 1_000)),
  meanwhile: [],
  refusedMeanwhile: new Map([['UNAVAILABLE', 3]]),
  refused: new Map([['UNAVAILABLE', 4]]),
  seen: new Map([['not ready', 12]]),
  exits: 0,
  acknowledged: 100,
  lost: 0,
  undelivered: 0,
  stops: true,
};

it.each<[string, Partial<Figures>]>([
  ['more than one conversation in a hundred that accepts late', { again: [...KEPT.again, 5_001] }],
  ['one that never accepts again', { again: [Infinity] }],
  ['an exit', { exits: 1 }],
  ['an acknowledged message that is lost', { lost: 1 }],
  ['an acknowledged message that is not delivered', { undelivered: 1 }],
  ['a server that does not stop', { stops: false }],
])('%s misses a goal', (_, found) => {
  expect(missedGoals({ ...KEPT, ...found })).toHaveLength(1);
});

it('an outage that this machine cannot run counts as missed, and the reason is printed', () => {
  expect(missedGoals({ name: 'full disk', reason: 'it needs root' })).toEqual([
    'full disk: not run: it needs root',
  ]);
});

it('an outage that reaches the goals misses none, and is a row of a table', () => {
  expect(missedGoals(KEPT)).toEqual([]);
  expect(describeTable([KEPT]).split('\n').at(-1)).toBe(
    '| refused | 6 | 1.0 | 1.0 | 9.0 | nothing accepted; UNAVAILABLE × 3; afterwards UNAVAILABLE × 1; probes: not ready × 12 | 0 | 0, 0 |',
  );
});

it('a small outage is measured: nothing is accepted while it lasts, everything afterwards', async () => {
  await programFile('main');
  const cause = CAUSES['refused']?.();
  if (!cause) throw new Error('There is no such outage.');
  const stage = await Stage.open({ conversations: 5, latency: 1 });
  try {
    const figures = await measureOutage(stage, cause, 1);
    expect(figures).toMatchObject({ meanwhile: [], exits: 0, lost: 0, undelivered: 0 });
    expect(figures.again.every((ms) => Number.isFinite(ms))).toBe(true);
    expect(figures.acknowledged).toBeGreaterThanOrEqual(10);
  } finally {
    await stage.close();
  }
});
