import { ReadPlaces } from './read-places.ts';
import type { StoredHistory } from './stored-history.ts';
import type { Violation } from './violation.ts';

/** Read positions are where sending and `mark_read` put them, and what is unread is what lies behind. */
export function* checkReading(known: StoredHistory): Generator<Violation> {
  const places = new ReadPlaces(known);
  for (const { client, conversation, how, begun, ended, lastSeq, lastReadSeq, unreadCount } of known.history
    .heads) {
    if (unreadCount === -1 || !known.isSound(conversation)) continue;
    const { least, most } = places.of(client, conversation, begun, ended);
    const told = `${known.nameOfClient(client)} was told by ${how} of conversation ${conversation}`;
    if (lastReadSeq !== -1 && (lastReadSeq < least || lastReadSeq > most))
      yield { kind: 'read-position', text: `${told} read to ${lastReadSeq}, which is ${least} to ${most}` };
    const unread =
      lastReadSeq === -1 ? [lastSeq - Math.min(most, lastSeq), lastSeq - least] : [lastSeq - lastReadSeq];
    const [fewest = 0, mostUnread = fewest] = unread;
    if (unreadCount < fewest || unreadCount > mostUnread)
      yield { kind: 'unread-count', text: `${told} ${unreadCount} unread, which are ${unread.join(' to ')}` };
  }
  for (const [conversation, { members }] of known.history.ends.entries()) {
    if (!known.isSound(conversation)) continue;
    for (const { client, lastReadSeq } of members) {
      const { least, most } = places.of(client, conversation, Infinity, Infinity);
      if (lastReadSeq < least || lastReadSeq > most)
        yield {
          kind: 'read-position',
          text: `${known.nameOfClient(client)} is shown as having read conversation ${conversation} to ${lastReadSeq}, which is ${least} to ${most}`,
        };
    }
  }
}
