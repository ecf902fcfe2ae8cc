export interface Figures {
  readonly name: string;
  /** Duration of the cause. */
  readonly seconds: number;
  /** Milliseconds from the end of the cause until each conversation accepted a message; Infinity for never. */
  readonly again: readonly number[];
  /** Durations in milliseconds of the messages that were accepted during the outage. */
  readonly meanwhile: readonly number[];
  /** Number of refused sends by code, during the outage and in total. */
  readonly refusedMeanwhile: ReadonlyMap<string, number>;
  readonly refused: ReadonlyMap<string, number>;
  /** Number of answers to the readiness probe and to the probe of the cause. */
  readonly seen: ReadonlyMap<string, number>;
  readonly exits: number;
  readonly acknowledged: number;
  /** Number of acknowledged messages that are not stored. */
  readonly lost: number;
  /** Number of acknowledged messages that were not delivered. */
  readonly undelivered: number;
  /** Whether the server stopped in time afterwards. */
  readonly stops: boolean;
}

/** An outage that this machine cannot run, and the reason. */
export interface NotRun {
  readonly name: string;
  readonly reason: string;
}

/** Maximum milliseconds until 99 % of the conversations accept messages again. */
const GOAL = 5_000;

/** @returns the goals that an outage did not reach */
export function missedGoals(figures: Figures | NotRun): string[] {
  if ('reason' in figures) return [`${figures.name}: not run: ${figures.reason}`];
  const { name, again, exits, lost, undelivered, stops } = figures;
  const missed: string[] = [];
  if (percentile(again, 99) > GOAL) missed.push(`p99 ${inSeconds(percentile(again, 99))} s`);
  if (exits > 0) missed.push('the process ended');
  if (lost > 0) missed.push(`${lost} acknowledged messages lost`);
  if (undelivered > 0) missed.push(`${undelivered} acknowledged messages not delivered`);
  if (!stops) missed.push('the server did not stop');
  return missed.map((text) => `${name}: ${text}`);
}

/** Formats the Markdown table of docs/operations.md. */
export function describeTable(rows: readonly (Figures | NotRun)[]): string {
  return [
    '| outage | lasts, s | accepts again after, s: p50 | p99 | max | answers during the outage | exits | lost, undelivered |',
    '| --- | --: | --: | --: | --: | --- | --: | --: |',
    ...rows.map(describeRow),
  ].join('\n');
}

function describeRow(row: Figures | NotRun): string {
  if ('reason' in row) return `| ${row.name} | not run: ${row.reason} | | | | | | |`;
  const [p50, p99, max] = [50, 99, 100].map((share) => inSeconds(percentile(row.again, share)));
  return `| ${row.name} | ${row.seconds.toFixed(0)} | ${p50} | ${p99} | ${max} | ${describeAnswers(row)} | ${row.exits} | ${row.lost}, ${row.undelivered} |`;
}

function describeAnswers({ meanwhile, refused, refusedMeanwhile, seen }: Figures): string {
  const accepted =
    meanwhile.length === 0
      ? 'nothing accepted'
      : `${meanwhile.length} accepted (p50 ${inSeconds(percentile(meanwhile, 50))}, p99 ${inSeconds(percentile(meanwhile, 99))}, max ${inSeconds(percentile(meanwhile, 100))} s)`;
  const afterwards = new Map(
    [...refused].map(([code, count]) => [code, count - (refusedMeanwhile.get(code) ?? 0)]),
  );
  const parts = [accepted, describeCounts(refusedMeanwhile)];
  const late = describeCounts(afterwards);
  if (late !== '') parts.push(`afterwards ${late}`);
  parts.push(`probes: ${describeCounts(seen)}`);
  return parts.filter((part) => part !== '').join('; ');
}

function describeCounts(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .filter(([, count]) => count > 0)
    .toSorted(([, one], [, other]) => other - one)
    .map(([what, count]) => `${what} × ${count}`)
    .join(', ');
}

const inSeconds = (ms: number): string => (Number.isFinite(ms) ? (ms / 1_000).toFixed(1) : 'never');

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil((sorted.length * share) / 100) - 1)] ?? Infinity;
}
