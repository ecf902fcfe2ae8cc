import type { ServerState } from './report-state.ts';

/** Maximum growth in bytes from the warm-up to the end; a leak of 1 KiB per step exceeds it in 20,000 steps. */
const MAX_GROWTH = 16 * 2 ** 20;

export interface FuzzReport {
  readonly steps: number;
  readonly seed: number;
  /** How the process ended. */
  readonly ended: string;
  /** Number of answers by status. */
  readonly statuses: ReadonlyMap<string, number>;
  /** Answers 5xx and `INTERNAL`, and missing answers, each with its step. */
  readonly faults: readonly string[];
  /** Errors of the well-behaved client, and of steps that failed. */
  readonly unserved: readonly string[];
  /** Error lines of the log, uncaught errors included. */
  readonly errors: readonly string[];
  /** State before the first step, after the warm-up, and after the last step; undefined when the process had ended. */
  readonly before: ServerState | undefined;
  readonly warm: ServerState | undefined;
  readonly after: ServerState | undefined;
}

/** @returns one line for each problem */
export function problemsOf({ ended, faults, unserved, errors, warm, after }: FuzzReport): string[] {
  return [
    ...(ended === 'stopped: 0' ? [] : [`the process ended: ${ended}`]),
    ...errors,
    ...faults,
    ...unserved,
    ...(warm && after && after.used > warm.used + MAX_GROWTH
      ? [`memory grew: ${formatMib(warm)}, ${formatMib(after)}`]
      : []),
    // The well-behaved client's connection is counted in both.
    ...(warm && after && after.connections > warm.connections
      ? [`${after.connections} connections stay open`]
      : []),
  ];
}

export function describeReport(report: FuzzReport): string {
  const { steps, seed, statuses, before, warm, after, faults, errors, unserved, ended } = report;
  const unhandled = errors.filter((line) => /"msg":"(uncaughtException|unhandledRejection)/.test(line));
  const answers = [...statuses].toSorted(([one], [other]) => one.localeCompare(other));
  return [
    `${steps} steps, --seed ${seed}; the process: ${ended}`,
    `unhandled ${unhandled.length}, other errors in the log ${errors.length - unhandled.length}, 5xx ${faults.length}, errors of the well-behaved client ${unserved.length}`,
    `answers: ${answers.map(([status, count]) => `${status} × ${count}`).join(', ')}`,
    `memory: ${formatMib(before)} at first, ${formatMib(warm)} warm, ${formatMib(after)} at the end`,
    `connections: ${[before, warm, after].map((state) => state?.connections ?? '?').join(', ')}`,
  ].join('\n');
}

function formatMib(state: ServerState | undefined): string {
  return state ? `${(state.used / 2 ** 20).toFixed(1)} MiB` : '?';
}
