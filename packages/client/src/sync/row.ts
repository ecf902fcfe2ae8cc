import type { Conversation, ConversationDetail, Message, OwnMembership } from '../contract.ts';
import { abridge } from '../merge/abridge.ts';

/** What is known of a conversation without its messages. */
export interface Row {
  /** With `me` as it was received. */
  readonly conversation: Conversation;
  /** `seq` of the newest message of one's own. */
  readonly sentSeq: number;
}

/** Messages before it are read, or hidden. */
const firstUnread = ({ lastReadSeq, visibleFromSeq = 1 }: OwnMembership): number =>
  Math.max(lastReadSeq + 1, visibleFromSeq);
const versionOf = ({ version, lastReadSeq }: OwnMembership): number => version ?? lastReadSeq;

/** Whether `me` replaces the one before: it is of a later membership, or has a higher version. Forward within a version. */
function isNewer(me: OwnMembership, known: OwnMembership): boolean {
  if (me.joinedAt !== known.joinedAt) return me.joinedAt > known.joinedAt;
  const difference = versionOf(me) - versionOf(known);
  return difference > 0 || (difference === 0 && me.lastReadSeq >= known.lastReadSeq);
}

/** `me` as of now: it may be older than a message of one's own, which moves the position to itself. */
export function presentMe({ conversation: { me, lastSeq }, sentSeq }: Row): OwnMembership {
  const lastReadSeq = sentSeq >= firstUnread(me) + me.unreadCount ? sentSeq : me.lastReadSeq;
  const moved = { ...me, lastReadSeq };
  const unreadCount = Math.max(0, lastSeq + 1 - firstUnread(moved));
  const { mentionCount, ...present } = { ...moved, unreadCount };
  return unreadCount && mentionCount ? { ...present, mentionCount } : present;
}

/** An answer of the server, which may be older than what is known. */
export function receiveConversation(row: Row | undefined, answer: Conversation | ConversationDetail): Row {
  const { members: _, membersCursor: __, ...next } = answer as ConversationDetail;
  if (!row) return { conversation: next, sentSeq: 0 };
  const known = row.conversation;
  const [older, newer] = next.rev < known.rev ? [next, known] : [known, next];
  const merged = { ...newer, me: known.me, lastSeq: Math.max(next.lastSeq, known.lastSeq) };
  const shown = showMessage(merged, older.lastMessage);
  return receiveMe({ ...row, conversation: shown }, next.me);
}

export function receiveMe(row: Row, me: OwnMembership): Row {
  const { conversation } = row;
  if (!isNewer(me, conversation.me)) return row;
  const { lastMessage } = conversation;
  const isShown = lastMessage && lastMessage.seq >= (me.visibleFromSeq ?? 1);
  const shown = isShown ? abridge(lastMessage, me.visibleFromSeq) : null;
  // A new membership may see other messages, and begins with its own position.
  const sentSeq = me.joinedAt === conversation.me.joinedAt ? row.sentSeq : 0;
  return { sentSeq, conversation: { ...conversation, me, lastMessage: shown } };
}

/** One's own position has been moved by this client. */
export function receivePosition(
  row: Row,
  position: Pick<OwnMembership, 'lastReadSeq' | 'unreadCount' | 'mentionCount'>,
): Row {
  const { mentionCount: _, ...me } = row.conversation.me;
  return { ...row, conversation: { ...row.conversation, me: { ...me, ...position } } };
}

/** A message, new or changed, whatever way it came. */
export function receiveMessage(row: Row, message: Message, userId: string | null): Row {
  const { conversation } = row;
  const { me, lastSeq } = conversation;
  const isOwn = message.senderId === userId;
  let shown = showMessage(conversation, message);
  if (message.seq > lastSeq && !isOwn && (message.mentionsAll || message.mentions?.includes(userId ?? ''))) {
    shown = { ...shown, me: { ...me, mentionCount: (me.mentionCount ?? 0) + 1 } };
  }
  const sentSeq = isOwn ? Math.max(row.sentSeq, message.seq) : row.sentSeq;
  return shown === conversation && sentSeq === row.sentSeq ? row : { conversation: shown, sentSeq };
}

function showMessage(conversation: Conversation, message: Message | null): Conversation {
  const { lastMessage, lastSeq, me, updatedAt, rev } = conversation;
  if (!message || message.seq < (me.visibleFromSeq ?? 1)) return conversation;
  const isNew = message.seq > lastSeq;
  const seq = lastMessage?.seq ?? 0;
  if (message.seq < seq || (message.seq === seq && message.rev <= (lastMessage?.rev ?? 0))) {
    return conversation;
  }
  return {
    ...conversation,
    lastMessage: message,
    lastSeq: Math.max(lastSeq, message.seq),
    updatedAt: isNew ? message.createdAt : updatedAt,
    rev: Math.max(rev, message.rev),
  };
}

/** Settings with these values are left out of a conversation. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  metadata: null,
  posting: 'all',
  adding: 'admins',
  slowModeSeconds: 0,
};

export function receiveSettings(row: Row, changed: object): Row {
  const settings = Object.entries({ ...row.conversation, ...changed });
  const shown = settings.filter(([name, value]) => !(name in DEFAULTS) || DEFAULTS[name] !== value);
  return { ...row, conversation: Object.fromEntries(shown) as unknown as Conversation };
}
