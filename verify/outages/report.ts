export interface Figures {
  readonly name: string;
  /** How long the cause lasted. */
  readonly seconds: number;
  /** Milliseconds after its end at which each conversation accepted a message again; Infinity for never. */
  readonly again: readonly number[];
  /** Milliseconds that the messages took which were accepted while it lasted. */
  readonly meanwhile: readonly number[];
  /** Answers to sends that were no acknowledgement, by code: until the cause ended, and altogether. */
  readonly refusedMeanwhile: ReadonlyMap<string, number>;
  readonly refused: ReadonlyMap<string, number>;
  /** Whether the server called itself ready, and what else was looked at. */
  readonly seen: ReadonlyMap<string, number>;
  readonly exits: number;
  readonly acknowledged: number;
  /** Acknowledged, and not stored; acknowledged, and not told live. */
  readonly lost: number;
  readonly untold: number;
  /** Whether the server ended afterwards when it was told to. */
  readonly stops: boolean;
}

/** A row that this machine could not run, and why. */
export interface NotRun {
  readonly name: string;
  readonly reason: string;
}

/** Milliseconds within which 99 of 100 conversations accept again. */
const GOAL = 5_000;

/** What a row promises and does not keep. */
export function missedGoals(figures: Figures | NotRun): string[] {
  if ('reason' in figures) return [`${figures.name}: not run, as ${figures.reason}`];
  const { name, again, exits, lost, untold, stops } = figures;
  const missed: string[] = [];
  if (percentile(again, 99) > GOAL) missed.push(`p99 ${inSeconds(percentile(again, 99))} s`);
  if (exits > 0) missed.push('the process ended');
  if (lost > 0) missed.push(`${lost} acknowledged and lost`);
  if (untold > 0) missed.push(`${untold} acknowledged and untold`);
  if (!stops) missed.push('does not stop when told to');
  return missed.map((text) => `${name}: ${text}`);
}

/** In Markdown, as it stands in docs/operations.md. */
export function describeTable(rows: readonly (Figures | NotRun)[]): string {
  return [
    '| outage | lasts, s | accepts again after, s: p50 | p99 | max | what clients get meanwhile | exits | lost, untold |',
    '| --- | --: | --: | --: | --: | --- | --: | --: |',
    ...rows.map(describeRow),
  ].join('\n');
}

function describeRow(row: Figures | NotRun): string {
  if ('reason' in row) return `| ${row.name} | not run: ${row.reason} | | | | | | |`;
  const [p50, p99, max] = [50, 99, 100].map((share) => inSeconds(percentile(row.again, share)));
  return `| ${row.name} | ${row.seconds.toFixed(0)} | ${p50} | ${p99} | ${max} | ${describeAnswers(row)} | ${row.exits} | ${row.lost}, ${row.untold} |`;
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
  parts.push(`looked at: ${describeCounts(seen)}`);
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
