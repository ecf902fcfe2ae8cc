import { parseArgs } from 'node:util';

export interface Options {
  /** Names of the workloads to run; empty: all. */
  readonly workloads: readonly string[];
  /** Pairs of slices for each workload. */
  readonly rounds: number;
  /** Milliseconds of one slice. */
  readonly slice: number;
  /** Small data and short slices: whether it works, not how fast. */
  readonly quick: boolean;
  /** The baseline against itself: what the method finds between two servers that are the same. */
  readonly self: boolean;
  /** Another checkout of Causerie, built, in the place of the baseline: whether anything has become slower. */
  readonly before: string | undefined;
  /** Cores that everything shares; 0: all there are. */
  readonly cores: number;
  /** Folder for the results; undefined: none are written. */
  readonly out: string | undefined;
  /** Folder for a CPU profile of Causerie. */
  readonly cpuProf: string | undefined;
  /** An existing PostgreSQL; undefined: an embedded one. */
  readonly postgres: string | undefined;
  /** Lists the workloads and ends. */
  readonly list: boolean;
}

const RESULTS = new URL('./results', import.meta.url).pathname;

/** @throws Error that says which option is wrong */
export function parseOptions(words: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...words],
    options: {
      workload: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string' },
      slice: { type: 'string' },
      quick: { type: 'boolean', default: false },
      self: { type: 'boolean', default: false },
      before: { type: 'string' },
      cores: { type: 'string' },
      out: { type: 'string' },
      'cpu-prof': { type: 'string' },
      postgres: { type: 'string' },
      list: { type: 'boolean', default: false },
    },
  });
  const { workload: workloads, quick, self, before, list } = values;
  if (self && before !== undefined) throw new Error('--self and --before exclude each other.');
  const isFull = workloads.length === 0 && !quick && !self && before === undefined;
  return {
    workloads,
    rounds: count('rounds', values.rounds, quick ? 2 : 16),
    slice: count('slice', values.slice, quick ? 500 : 2_000),
    quick,
    self,
    before,
    cores: count('cores', values.cores, process.platform === 'linux' ? 2 : 0),
    out: values.out ?? (isFull ? RESULTS : undefined),
    cpuProf: values['cpu-prof'],
    postgres: values.postgres ?? process.env['BENCH_POSTGRES'],
    list,
  };
}

function count(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  if (!/^\d{1,6}$/.test(text)) throw new Error(`--${name} must be a whole number.`);
  return Number(text);
}
