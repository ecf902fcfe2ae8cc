import type { Violation } from './check/violation.ts';
import type { Counts } from './counts.ts';

/** Violations of one kind that are told in full. */
const TOLD = 20;

export function describeCounts(
  counts: Counts,
  { clients, conversations }: { clients: number; conversations: number },
  seconds: number,
): string {
  const number = new Intl.NumberFormat('en');
  const line = (...parts: [number, string][]): string =>
    `  ${parts.map(([count, what]) => `${number.format(count)} ${what}`).join(', ')}`;
  return [
    line(
      [clients, 'clients'],
      [conversations, 'conversations'],
      [counts.rounds, 'rounds'],
      [Math.round(seconds), 's'],
    ),
    line(
      [counts.sends, 'messages sent'],
      [counts.attempts, 'attempts'],
      [counts.acknowledged, 'acknowledged'],
    ),
    line(
      [counts.duplicatesAnswered, 'answered as duplicates'],
      [counts.answersLost, 'answers lost'],
      [counts.toldToWait, 'told to wait'],
    ),
    line(
      [counts.drops, 'connections dropped'],
      [counts.reconnects, 'reconnects'],
      [counts.serverKills, 'servers killed'],
      [counts.databaseKills, 'databases killed'],
    ),
    line(
      [counts.answersCut, 'answers of nodes cut'],
      [counts.commitsCut, 'of commits'],
      [counts.statementsCut, 'of other statements'],
    ),
    line(
      [counts.deliveries, 'live deliveries'],
      [counts.deliveredTwice, 'of them known already'],
      [counts.gaps, 'with a gap before'],
    ),
    line([counts.caughtUp, 'caught up'], [counts.caughtUpTwice, 'of them known already']),
    line([counts.strangersRefused, 'times strangers were refused']),
  ].join('\n');
}

/** The first ones of each kind, and how many there are. */
export function describeViolations(violations: readonly Violation[]): string {
  const kinds = Map.groupBy(violations, ({ kind }) => kind);
  return [...kinds]
    .map(([kind, all]) => {
      const told = all.slice(0, TOLD).map(({ text }) => `  ${text}`);
      const rest = all.length > TOLD ? [`  … and ${all.length - TOLD} more`] : [];
      return [`${kind}: ${all.length}`, ...told, ...rest].join('\n');
    })
    .join('\n');
}
