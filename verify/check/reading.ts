import { ReadPositions } from './read-positions.ts';
import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

/** Read positions are those that sending and `mark_read` have set, and `unreadCount` is the number of messages after them. */
export function* checkReading(known: StoredHistory): Generator<Violation> {
  const positions = new ReadPositions(known);
  for (const { client, conversation, how, begun, ended, lastSeq, lastReadSeq, unreadCount } of known.history
    .heads) {
    if (unreadCount === -1 || !known.isSound(conversation)) continue;
    const { least, most } = positions.boundsOf(client, conversation, begun, ended);
    const received = `${known.nameOfClient(client)} received by ${how} of conversation ${conversation}`;
    if (lastReadSeq !== -1 && (lastReadSeq < least || lastReadSeq > most))
      yield {
        kind: 'read-position',
        text: `${received} lastReadSeq ${lastReadSeq} instead of ${least} to ${most}`,
      };
    const unread =
      lastReadSeq === -1 ? [lastSeq - Math.min(most, lastSeq), lastSeq - least] : [lastSeq - lastReadSeq];
    const [fewest = 0, mostUnread = fewest] = unread;
    if (unreadCount < fewest || unreadCount > mostUnread)
      yield {
        kind: 'unread-count',
        text: `${received} unreadCount ${unreadCount} instead of ${unread.join(' to ')}`,
      };
  }
  yield* checkOwnUpdates(known, positions);
  for (const [conversation, { members }] of known.history.ends.entries()) {
    if (!known.isSound(conversation)) continue;
    for (const { client, lastReadSeq } of members) {
      const { least, most } = positions.boundsOf(client, conversation, Infinity, Infinity);
      if (lastReadSeq < least || lastReadSeq > most)
        yield {
          kind: 'read-position',
          text: `the members of conversation ${conversation} have lastReadSeq ${lastReadSeq} of ${known.nameOfClient(client)} instead of ${least} to ${most}`,
        };
    }
  }
}

/** `me_updated` has a position that sending or `mark_read` has set, and only members receive it. */
function* checkOwnUpdates(known: StoredHistory, positions: ReadPositions): Generator<Violation> {
  for (const { client, conversation, lastReadSeq, received } of known.history.ownUpdates) {
    if (conversation === -1) continue;
    const what = `${known.nameOfClient(client)} received me_updated of conversation ${conversation}`;
    if (!known.isMember(client, conversation)) yield { kind: 'leak', text: what };
    else if (
      known.isSound(conversation) &&
      lastReadSeq > positions.boundsOf(client, conversation, 0, received).most
    )
      yield { kind: 'read-position', text: `${what} with lastReadSeq ${lastReadSeq}` };
  }
}
