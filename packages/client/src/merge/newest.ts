import type { MergeMessage, Row } from './merge-state.ts';

/** What an answer says of a message: its own reactions are from the same moment. */
export function answered<M extends MergeMessage>(message: M, own: readonly string[] = []): Row<M> {
  return { message, own, ownRev: message.rev };
}

/** Of two states of a message the newer one, with the newer list of own reactions; `held` itself when nothing is newer. */
export function newest<M extends MergeMessage>(
  held: Row<M> | undefined,
  given: Row<M>,
  userId: string,
): Row<M> {
  const { message } = held && given.message.rev <= held.message.rev ? held : given;
  const { own: listed, ownRev } = held && given.ownRev < held.ownRev ? held : given;
  const own = ownRev < message.rev ? shownAsOwn(message, listed, userId) : listed;
  const before = held?.own;
  const isSame = before?.length === own.length && own.every((emoji) => before.includes(emoji));
  if (isSame && held?.message === message && held.ownRev === ownRev) return held;
  return { message, own: isSame && before ? before : own, ownRev };
}

/** Whether a message shows everybody who has reacted. */
export function showsAll({ reactions = [] }: MergeMessage): boolean {
  return reactions.every(({ count, userIds }) => count <= userIds.length);
}

/** A later state of the message shows who has reacted, of each kind the first users only: the others stay as they are known. */
function shownAsOwn(message: MergeMessage, own: readonly string[], userId: string): readonly string[] {
  return (message.reactions ?? [])
    .filter(
      ({ emoji, count, userIds }) =>
        userIds.includes(userId) || (count > userIds.length && own.includes(emoji)),
    )
    .map(({ emoji }) => emoji);
}
