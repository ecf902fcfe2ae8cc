import type { Wall, WallAct, WallEnd } from '../wall/wall.ts';
import { statesAt } from './wall-states.ts';
import type { Violation } from './violation.ts';

/** Acts that change no message that is stored already. */
const WITHOUT_CHANGE: ReadonlySet<WallAct['kind']> = new Set([
  'send',
  'rename',
  'follow',
  'unfollow',
  'mark',
]);

/**
 * Every number up to the `rev` is that of a message or of a row of the log, or was left behind by a message that was changed
 * later: by as many changes as there were requests for.
 * @param threads those of the wall: a reply changes the message at which its thread has begun
 */
export function* checkWallNumbers(wall: Wall, end: WallEnd, threads: readonly Wall[]): Generator<Violation> {
  const stored = statesAt(wall, end.states);
  const numbers = [...stored.map(({ rev }) => rev), ...end.logged];
  const present = new Set(numbers);
  if (present.size !== numbers.length || numbers.some((rev) => rev > end.rev))
    yield {
      kind: 'log-hole',
      text: `a wall has ${numbers.length} messages and changes up to rev ${end.rev}`,
    };
  if (stored.some(({ seq }, place) => seq !== place + 1))
    yield { kind: 'log-hole', text: `the seq of a wall's messages is not 1, 2, 3 …` };
  const asked = new Set([
    ...wall.acts.filter(({ outcome }) => outcome !== 'refused').map(({ message }) => message),
    ...threads.map(({ root }) => root?.message),
  ]);
  const changed = Math.max(0, ...stored.filter(({ id }) => asked.has(id)).map(({ rev }) => rev));
  const left = Array.from({ length: end.rev }, (_, place) => place + 1).filter((rev) => !present.has(rev));
  const lost = left.find((rev) => rev > changed);
  if (lost !== undefined)
    yield {
      kind: 'log-hole',
      text: `rev ${lost} of a wall is that of no message and no change, nor was one changed later`,
    };
  const replies = threads.flatMap(({ acts }) => acts.filter(({ kind }) => kind === 'send'));
  const changes = [...wall.acts.filter(({ kind }) => !WITHOUT_CHANGE.has(kind)), ...replies].filter(
    ({ outcome }) => outcome !== 'refused',
  );
  if (left.length > changes.length)
    yield {
      kind: 'log-hole',
      text: `${left.length} numbers of a wall were left behind by ${changes.length} changes`,
    };
  yield* checkOwners(wall);
}

/** A number is given out once. */
function* checkOwners({ states }: Wall): Generator<Violation> {
  const owners = new Map<number, string>();
  for (const { id, rev } of states) {
    const owner = owners.get(rev) ?? id;
    owners.set(rev, owner);
    if (owner !== id)
      yield { kind: 'log-hole', text: `rev ${rev} of a wall is that of ${owner} and of ${id}` };
  }
}
