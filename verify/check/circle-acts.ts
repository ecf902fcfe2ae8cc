import type { Act, Fact } from '../circle/circle.ts';
import type { FoldedCircle } from './circle-log.ts';
import type { Violation } from './violation.ts';

/** Every request that was answered with success is in the log, and nothing is that was not requested. */
export function* checkCircleActs(folded: FoldedCircle): Generator<Violation> {
  const { circle, rows } = folded;
  if (!circle.end) return;
  const acts = Map.groupBy(circle.acts.flatMap(withDemotion), keyOf);
  const logged = Map.groupBy(rows, keyOf);
  for (const [key, requested] of acts) {
    const [example] = requested;
    const done = requested.filter(({ outcome }) => outcome === 'done').length;
    const count = logged.get(key)?.length ?? 0;
    if (!example || count >= done) continue;
    // A role that somebody has already is answered, too, and changes nothing.
    if (example.kind === 'member_updated' && folded.hadRole(example.subject, example.value)) continue;
    // So is the ban of somebody who is no member, and the joining of a member by an invite.
    if (example.value === 'banned' || isJoining(example)) continue;
    yield {
      kind: 'change-lost',
      text: `${folded.describe(example)} was answered with success ${done} times, and is in the log ${count} times`,
    };
  }
  for (const [key, stored] of logged) {
    const possible = (acts.get(key) ?? []).filter(({ outcome }) => outcome !== 'refused').length;
    const [example] = stored;
    if (!example || stored.length <= possible) continue;
    yield {
      kind: 'log-wrong',
      text: `${folded.describe(example)} is in the log ${stored.length} times, and was requested ${possible} times`,
    };
  }
}

/** Whoever makes somebody the owner becomes an admin. */
function withDemotion(act: Act): Act[] {
  const isTransfer = act.kind === 'member_updated' && act.value === 'owner';
  return isTransfer ? [act, { ...act, subject: act.actor, value: 'admin' }] : [act];
}

function isJoining({ kind, actor, subject }: Fact): boolean {
  return kind === 'member_added' && actor === subject;
}

function keyOf({ kind, actor, subject, value }: Fact): string {
  return `${kind} ${actor} ${subject} ${value}`;
}
