import type { ConversationDto } from '../../../src/arch/modules/chat/interface/http/dto/conversation.dto.js';

type Me = ConversationDto['me'];

const versionOf = ({ version, lastReadSeq }: Me): number => version ?? lastReadSeq;

/** The messages before it are read or hidden. */
const firstUnread = ({ lastReadSeq, visibleFromSeq = 1 }: Me): number =>
  Math.max(lastReadSeq + 1, visibleFromSeq);

/** Whether `me` replaces the one that was received before: it is of a later membership, or has a higher version. */
export const isNewer = (me: Me, known: Me): boolean =>
  me.joinedAt === known.joinedAt ? versionOf(me) > versionOf(known) : me.joinedAt > known.joinedAt;

/**
 * The received `me` as of now. Sending moves the position to the message; `me` may be older than a message of one's own
 * that is known already. Its version stays that of the last one received: with one of its own making a client would
 * refuse changes that it does not know.
 * @param sentSeq the newest message of one's own, 0 when there is none
 * @param lastSeq the conversation's newest message
 */
export function presentMe(received: Me, sentSeq: number, lastSeq: number): Me {
  const lastSeqThen = firstUnread(received) + received.unreadCount - 1;
  const lastReadSeq = sentSeq > lastSeqThen ? sentSeq : received.lastReadSeq;
  const me = { ...received, lastReadSeq };
  return { ...me, unreadCount: Math.max(0, lastSeq + 1 - firstUnread(me)) };
}
