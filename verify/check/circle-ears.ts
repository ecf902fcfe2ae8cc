import type { Ear, Heard, Row } from '../circle/circle.ts';
import type { FoldedCircle } from './circle-log.ts';
import type { Violation } from './violation.ts';

/**
 * Members are let into the room, and nobody else. A connection in it receives each message and each change once and as it is
 * stored, and nothing with a later `rev` than the removal of its person.
 */
export function* checkCircleEars(folded: FoldedCircle, nodes: number): Generator<Violation> {
  const { circle } = folded;
  if (!circle.end) return;
  yield* checkPresent(folded, nodes);
  for (const ear of circle.ears) {
    const name = `${circle.people[ear.person]} on connection ${ear.connection}`;
    // The membership is read after the `rev`, and may have begun between the two.
    if (ear.revAtJoin !== -1 && !folded.isMemberAfter(ear.person, ear.revAtJoin))
      yield {
        kind: 'outside',
        text: `${name} joined the room at rev ${ear.revAtJoin}, without being a member`,
      };
    const received = new Set<number>();
    let last = 0;
    for (const heard of ear.heard) {
      const what = `${name} received ${folded.describe(heard)} at rev ${heard.rev}`;
      const row = folded.byRev.get(heard.rev);
      if (!row || !isSame(heard, row))
        yield { kind: 'event-wrong', text: `${what}, which is not in the log` };
      else if (!folded.wasMember(ear.person, heard.rev) && !(nodes > 1 && isRepeat(ear, heard)))
        yield { kind: 'outside', text: `${what}, without being a member then` };
      else if (received.has(heard.rev)) yield { kind: 'event-wrong', text: `${what} twice` };
      else if (nodes === 1 && heard.rev < last) yield { kind: 'event-wrong', text: `${what} after ${last}` };
      received.add(heard.rev);
      last = Math.max(last, heard.rev);
    }
    yield* checkMissing(folded, ear, received, nodes, name);
  }
}

/**
 * Whoever is a member at the end is in the room then. Between several nodes `conversation_removed` may be lost: a person who was
 * removed and added again then believes to be in the room still.
 */
function* checkPresent(folded: FoldedCircle, nodes: number): Generator<Violation> {
  const { people, ears } = folded.circle;
  for (const { person, to } of folded.spans) {
    if (to !== Infinity) continue;
    const isIn = ({ revAtJoin }: Ear): boolean =>
      nodes > 1 || folded.removalAfter(person, revAtJoin) === Infinity;
    if (!ears.some((ear) => ear.person === person && ear.untilEnd && isIn(ear)))
      yield {
        kind: 'event-missing',
        text: `${people[person]}, a member at the end, was not in the room then`,
      };
  }
}

/** Between several nodes an event may have been in flight to a connection that has ended. */
function* checkMissing(
  folded: FoldedCircle,
  { person, revAtJoin, untilEnd }: Ear,
  received: ReadonlySet<number>,
  nodes: number,
  name: string,
): Generator<Violation> {
  if (revAtJoin === -1 || (nodes > 1 && !untilEnd)) return;
  const most = [...received].reduce((one, other) => Math.max(one, other), 0);
  const to = Math.min(untilEnd ? Infinity : most, folded.removalAfter(person, revAtJoin) - 1);
  const missing = folded.rows.filter(({ rev }) => rev > revAtJoin && rev <= to && !received.has(rev));
  const [first] = missing;
  if (!first) return;
  yield {
    kind: 'event-missing',
    text: `${name} did not receive ${folded.describe(first)} at rev ${first.rev}, and ${missing.length - 1} more`,
  };
}

/**
 * Between several nodes an event may be in flight while somebody joins, whose answer has the change already: a repeat, by
 * its `rev`. Whether the person was a member at the join is checked on its own.
 */
const isRepeat = ({ revAtJoin }: Ear, { rev }: Heard): boolean => rev <= revAtJoin;

/** Some events do not name their actor. */
function isSame({ kind, actor, subject, value }: Heard, row: Row): boolean {
  return (
    kind === row.kind &&
    subject === row.subject &&
    value === row.value &&
    (actor === -1 || actor === row.actor)
  );
}
