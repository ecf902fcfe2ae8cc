import type { Violation } from './check/violation.ts';
import type { Counts } from './counts.ts';

/** Maximum violations of one kind that are printed. */
const MAX_PRINTED = 20;

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
      [counts.retryLaterAnswers, 'answered 429 or 503'],
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
      [counts.deliveredTwice, 'of them already in the list'],
      [counts.gaps, 'after a gap'],
    ),
    line([counts.caughtUp, 'messages caught up'], [counts.caughtUpTwice, 'of them already in the list']),
    ...(counts.restarts > 0 ? [line([counts.restarts, 'clients closed and made anew'])] : []),
    line([counts.strangersRefused, 'times strangers were refused']),
    line(
      [counts.changesDone, 'messages and changes of a circle and a wall'],
      [counts.changesRefused, 'refused by its rules'],
    ),
  ].join('\n');
}

/** Describes the first violations of each kind, and their number. */
export function describeViolations(violations: readonly Violation[]): string {
  const kinds = Map.groupBy(violations, ({ kind }) => kind);
  return [...kinds]
    .map(([kind, all]) => {
      const printed = all.slice(0, MAX_PRINTED).map(({ text }) => `  ${text}`);
      const rest = all.length > MAX_PRINTED ? [`  … and ${all.length - MAX_PRINTED} more`] : [];
      return [`${kind}: ${all.length}`, ...printed, ...rest].join('\n');
    })
    .join('\n');
}
