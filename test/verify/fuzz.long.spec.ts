import { expect, it } from 'vitest';
import { fuzz } from '../../verify/fuzz/fuzz.ts';
import { type FuzzReport, problemsOf } from '../../verify/fuzz/report.ts';
import { programFile } from '../faults/server-process.js';

const state = { used: 80 * 2 ** 20, connections: 3 };
const CLEAN: FuzzReport = {
  steps: 400,
  seed: 1,
  ended: 'stopped: 0',
  statuses: new Map([['200', 400]]),
  faults: [],
  unserved: [],
  errors: [],
  before: state,
  warm: state,
  after: state,
};

it.each<[string, Partial<FuzzReport>]>([
  ['an exit', { ended: '1', after: undefined }],
  ['a shutdown that fails', { ended: 'stopped: 1' }],
  ['an answer of 5xx', { faults: ['500 after GET /'] }],
  ['an error of the well-behaved client', { unserved: ['Error: operation has timed out'] }],
  ['an error in the log', { errors: ['{"level":60}'] }],
  ['memory that stays', { after: { ...state, used: 97 * 2 ** 20 } }],
  ['connections that stay', { after: { ...state, connections: 4 } }],
])('%s is a problem', (_, found) => {
  expect(problemsOf({ ...CLEAN, ...found })).toHaveLength(1);
});

it('a run without a problem has none', () => {
  expect(problemsOf(CLEAN)).toEqual([]);
});

it('the server survives some hundred steps of invalid input', async () => {
  await programFile('main');
  const report = await fuzz({ steps: 300, seed: 20_261_126, seconds: 40 });
  expect(problemsOf(report)).toEqual([]);
  expect(report.statuses.get('101')).toBeGreaterThan(10);
  expect(report.statuses.get('200')).toBeGreaterThan(10);
});
