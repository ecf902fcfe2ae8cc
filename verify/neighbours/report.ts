import type { Deed } from './resident.ts';

export interface Phase {
  readonly kind: 'quiet' | 'attacked';
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

/** How much longer the resident's messages may take while the neighbour rages. */
const MOST = 2;

/** Whether the resident was served as the product promises: sends at most twice as slow, and every login a success. */
export function isHeld(deeds: readonly Deed[], phases: readonly Phase[]): boolean {
  const answered = deeds.every(({ ok }) => ok);
  return (
    answered &&
    percentile(taken(deeds, phases, 'attacked'), 95) <= MOST * percentile(taken(deeds, phases, 'quiet'), 95)
  );
}

export function describeDeeds(deeds: readonly Deed[], phases: readonly Phase[]): string {
  const lines = (['quiet', 'attacked'] as const).map((kind) => {
    const sends = taken(deeds, phases, kind);
    const quantiles = [50, 95, 99, 100].map((share) => `p${share} ${percentile(sends, share).toFixed(1)}`);
    return `sends while ${kind}: ${sends.length}, ms ${quantiles.join(', ')}`;
  });
  const parts = (['quiet', 'attacked'] as const).map((kind) => {
    const each = phases.filter((phase) => phase.kind === kind);
    const tails = each.map((phase) => percentile(taken(deeds, [phase], kind), 95).toFixed(0));
    return `p95 of each part that was ${kind}, ms: ${tails.join(', ')}`;
  });
  const logins = deeds.filter(({ kind }) => kind === 'login');
  const slowest = Math.max(...logins.map(({ ms }) => ms));
  const failed = deeds.filter(({ ok }) => !ok);
  return [
    ...lines,
    ...parts,
    `logins: ${logins.length}, the slowest ${slowest.toFixed(0)} ms; not answered well: ` +
      `${failed.filter(({ kind }) => kind === 'login').length} logins, ${failed.filter(({ kind }) => kind === 'send').length} sends`,
  ].join('\n');
}

/** Milliseconds of the sends that began in phases of a kind. */
function taken(deeds: readonly Deed[], phases: readonly Phase[], wanted: Phase['kind']): number[] {
  const within = phases.filter(({ kind }) => kind === wanted);
  return deeds
    .filter(({ kind, at }) => kind === 'send' && within.some(({ from, to }) => at >= from && at < to))
    .map(({ ms }) => ms);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil((sorted.length * share) / 100) - 1)] ?? Number.NaN;
}
