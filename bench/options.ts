import { parseArgs } from 'node:util';

export interface Options {
  /** Names of the workloads to run; an empty list means all. */
  readonly workloads: readonly string[];
  /** Pairs of slices for each workload and load. */
  readonly rounds: number;
  /** Milliseconds per slice. */
  readonly slice: number;
  /** Runs with little data and short slices, to show that the benchmark works; its figures mean nothing. */
  readonly quick: boolean;
  /** Compares the baseline with itself, to show what the method finds between two equal servers. */
  readonly self: boolean;
  /** Folder of another built checkout of Causerie, which takes the baseline's place. */
  readonly before: string | undefined;
  /** Number of cores that everything shares; 0 means all. */
  readonly cores: number;
  /** Folder for the results; none are written when undefined. */
  readonly out: string | undefined;
  /** Folder for a CPU profile of Causerie; none is written when undefined. */
  readonly cpuProf: string | undefined;
  /** URL of an existing PostgreSQL; an embedded one is started when undefined. */
  readonly postgres: string | undefined;
  /** Lists the workloads and exits. */
  readonly list: boolean;
}

const RESULTS = new URL('./results', import.meta.url).pathname;

/** @throws Error that names the wrong option */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
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
    rounds: parseCount('rounds', values.rounds, quick ? 2 : 16),
    slice: parseCount('slice', values.slice, quick ? 500 : 2_000),
    quick,
    self,
    before,
    cores: parseCount('cores', values.cores, process.platform === 'linux' ? 2 : 0),
    out: values.out ?? (isFull ? RESULTS : undefined),
    cpuProf: values['cpu-prof'],
    postgres: values.postgres ?? process.env['BENCH_POSTGRES'],
    list,
  };
}

function parseCount(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  if (!/^\d{1,6}$/.test(text)) throw new Error(`--${name} must be a whole number.`);
  return Number(text);
}
