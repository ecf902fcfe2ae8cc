import type { ServerState } from './report-state.ts';

/** Bytes that the server may hold more at the end than when it was warm: a step that leaks 1 KiB is seen in 20,000. */
const GROWTH = 16 * 2 ** 20;

export interface FuzzReport {
  readonly steps: number;
  readonly seed: number;
  /** How the process ended. */
  readonly ended: string;
  /** How often each status was answered. */
  readonly statuses: ReadonlyMap<string, number>;
  /** 5xx and `INTERNAL`, each with the step that it came after. */
  readonly faults: readonly string[];
  /** What the decent client had to complain of, and steps that could not be done. */
  readonly unserved: readonly string[];
  /** Lines of the log that tell of errors, those that reached nobody included. */
  readonly errors: readonly string[];
  /** Before the first step, after some, and after all; none when the process had ended. */
  readonly before: ServerState | undefined;
  readonly warm: ServerState | undefined;
  readonly after: ServerState | undefined;
}

/** What is wrong, a line each. */
export function problemsOf({ ended, faults, unserved, errors, warm, after }: FuzzReport): string[] {
  return [
    ...(ended === 'told to stop: 0' ? [] : [`the process ended: ${ended}`]),
    ...errors,
    ...faults,
    ...unserved,
    ...(warm && after && after.used > warm.used + GROWTH ? [`memory grew: ${mib(warm)}, ${mib(after)}`] : []),
    // The decent client's is one of them.
    ...(warm && after && after.connections > warm.connections
      ? [`${after.connections} connections stay`]
      : []),
  ];
}

export function describe(report: FuzzReport): string {
  const { steps, seed, statuses, before, warm, after, faults, errors, unserved, ended } = report;
  const unhandled = errors.filter((line) => /"msg":"(uncaughtException|unhandledRejection)/.test(line));
  const answers = [...statuses].toSorted(([one], [other]) => one.localeCompare(other));
  return [
    `${steps} steps, --seed ${seed}; the process: ${ended}`,
    `unhandled ${unhandled.length}, other errors in the log ${errors.length - unhandled.length}, 5xx ${faults.length}, decent client unserved ${unserved.length}`,
    `answers: ${answers.map(([status, count]) => `${status} × ${count}`).join(', ')}`,
    `memory: ${mib(before)} at first, ${mib(warm)} warm, ${mib(after)} at the end`,
    `connections: ${[before, warm, after].map((state) => state?.connections ?? '?').join(', ')}`,
  ].join('\n');
}

function mib(state: ServerState | undefined): string {
  return state ? `${(state.used / 2 ** 20).toFixed(1)} MiB` : '?';
}
