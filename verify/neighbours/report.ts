import type { Action } from './resident.ts';

export interface Phase {
  readonly kind: 'quiet' | 'attacked';
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
}

/** Maximum ratio of the resident's 95th percentile during an attack to that without one. */
const MAX_RATIO = 2;

/** @returns whether the resident's messages were at most twice as slow, and all her requests succeeded */
export function meetsGoals(actions: readonly Action[], phases: readonly Phase[]): boolean {
  const answered = actions.every(({ ok }) => ok);
  return (
    answered &&
    percentile(durations(actions, phases, 'attacked'), 95) <=
      MAX_RATIO * percentile(durations(actions, phases, 'quiet'), 95)
  );
}

export function describeActions(actions: readonly Action[], phases: readonly Phase[]): string {
  const lines = (['quiet', 'attacked'] as const).map((kind) => {
    const sends = durations(actions, phases, kind);
    const quantiles = [50, 95, 99, 100].map((share) => `p${share} ${percentile(sends, share).toFixed(1)}`);
    return `sends while ${kind}: ${sends.length}, ms ${quantiles.join(', ')}`;
  });
  const parts = (['quiet', 'attacked'] as const).map((kind) => {
    const each = phases.filter((phase) => phase.kind === kind);
    const tails = each.map((phase) => percentile(durations(actions, [phase], kind), 95).toFixed(0));
    return `p95 of each phase that was ${kind}, ms: ${tails.join(', ')}`;
  });
  const logins = actions.filter(({ kind }) => kind === 'login');
  const slowest = Math.max(...logins.map(({ ms }) => ms));
  const failed = actions.filter(({ ok }) => !ok);
  return [
    ...lines,
    ...parts,
    `logins: ${logins.length}, the slowest ${slowest.toFixed(0)} ms; failed: ` +
      `${failed.filter(({ kind }) => kind === 'login').length} logins, ${failed.filter(({ kind }) => kind === 'send').length} sends`,
  ].join('\n');
}

/** @returns the milliseconds of each send that started in a phase of this kind */
function durations(actions: readonly Action[], phases: readonly Phase[], wanted: Phase['kind']): number[] {
  const within = phases.filter(({ kind }) => kind === wanted);
  return actions
    .filter(({ kind, at }) => kind === 'send' && within.some(({ from, to }) => at >= from && at < to))
    .map(({ ms }) => ms);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil((sorted.length * share) / 100) - 1)] ?? Number.NaN;
}
