import type { Act } from '../circle/circle.ts';
import type { FoldedCircle } from './circle-log.ts';
import { mayHaveBeenOn, wasCertainlyOn } from './switches.ts';
import type { Violation } from './violation.ts';

/**
 * Whoever is banned changes nothing in the conversation, and comes back neither by an invite nor by being added, until the ban
 * is lifted. Nobody is refused as banned who is not.
 */
export function* checkCircleBans(folded: FoldedCircle): Generator<Violation> {
  const { acts, bans } = folded.circle;
  const bansOf = Map.groupBy(bans, ({ subject }) => subject);
  for (const act of acts) {
    const what = `${folded.describe(act)} was`;
    if (act.outcome === 'done' && peopleWhoNeedNoBan(act).some((one) => wasBanned(one, act)))
      yield { kind: 'banned', text: `${what} answered with success, although there was a ban` };
    if (act.code === 'MEMBER_BANNED' && !mayHaveBeenOn(bansOf.get(act.subject) ?? [], act))
      yield { kind: 'banned', text: `${what} refused, although there was no ban` };
  }

  function wasBanned(person: number, act: Act): boolean {
    return wasCertainlyOn(bansOf.get(person) ?? [], act);
  }
}

/** Invites let in as many people as they have places. */
export function* checkCircleInvites({ circle, rows }: FoldedCircle): Generator<Violation> {
  const joined = rows.filter(({ kind, actor, subject }) => kind === 'member_added' && actor === subject);
  if (joined.length > circle.invitePlaces)
    yield {
      kind: 'invite',
      text: `${joined.length} people have joined by invites that have ${circle.invitePlaces} places`,
    };
}

function peopleWhoNeedNoBan({ kind, actor, subject }: Act): number[] {
  return kind === 'member_added' ? [actor, subject] : [actor];
}
