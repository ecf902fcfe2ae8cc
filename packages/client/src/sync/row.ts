import type { Conversation, ConversationDetail, Message, OwnMembership } from '../contract.ts';
import { abridge } from '../merge/abridge.ts';

/** What is known of a conversation without its messages. */
export interface Row {
  /** With `me` as it was received. */
  readonly conversation: Conversation;
  /** `seq` of the newest message of one's own. */
  readonly sentSeq: number;
  /** `seq` of messages of others that mention this user: `me` may be older. */
  readonly mentions: readonly number[];
}

/** Mentions that are counted beyond what `me` says, at most. */
const MENTIONS = 1_000;

/** Messages before it are read, or hidden. */
const firstUnread = ({ lastReadSeq, visibleFromSeq = 1 }: OwnMembership): number =>
  Math.max(lastReadSeq + 1, visibleFromSeq);
/** Those from it on are later than what was received. */
const firstLater = (me: OwnMembership): number => firstUnread(me) + me.unreadCount;
const versionOf = ({ version, lastReadSeq }: OwnMembership): number => version ?? lastReadSeq;

/** Whether `me` replaces the one before: it is of a later membership, or has a higher version. Forward within a version. */
function isNewer(me: OwnMembership, known: OwnMembership): boolean {
  if (me.joinedAt !== known.joinedAt) return me.joinedAt > known.joinedAt;
  const difference = versionOf(me) - versionOf(known);
  return difference > 0 || (difference === 0 && me.lastReadSeq >= known.lastReadSeq);
}

/** `me` as of now: it may be older than a message of one's own, which moves the position to itself. */
export function presentMe({ conversation: { me, lastSeq }, sentSeq, mentions }: Row): OwnMembership {
  const { mentionCount: told = 0, ...known } = me;
  const isMoved = sentSeq >= firstLater(me);
  const present = isMoved ? { ...known, lastReadSeq: sentSeq } : known;
  const unreadCount = Math.max(0, lastSeq + 1 - firstUnread(present));
  const later = mentions.filter((seq) => seq >= firstLater(me) && seq > present.lastReadSeq);
  const mentionCount = later.length + (isMoved ? 0 : told);
  return { ...present, unreadCount, ...(unreadCount && mentionCount && { mentionCount }) };
}

/** An answer of the server, which may be older than what is known. */
export function receiveConversation(row: Row | undefined, answer: Conversation | ConversationDetail): Row {
  const { members: _, membersCursor: __, ...next } = answer as ConversationDetail;
  if (!row) return { conversation: next, sentSeq: 0, mentions: [] };
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
  return { ...row, sentSeq, conversation: { ...conversation, me, lastMessage: shown } };
}

interface Position {
  readonly lastReadSeq: number;
  readonly unreadCount: number;
  readonly mentionCount?: number | undefined;
}

/** One's own position has been moved by this client. */
export function receivePosition(row: Row, { lastReadSeq, unreadCount, mentionCount = 0 }: Position): Row {
  const me = { ...row.conversation.me, lastReadSeq, unreadCount, mentionCount };
  return { ...row, conversation: { ...row.conversation, me } };
}

/** A message, new or changed, whatever way it came. */
export function receiveMessage(row: Row, message: Message, userId: string | null): Row {
  const { seq, senderId, mentionsAll } = message;
  const first = firstLater(row.conversation.me);
  const isOwn = senderId === userId;
  const conversation = showMessage(row.conversation, message);
  const sentSeq = isOwn ? Math.max(row.sentSeq, seq) : row.sentSeq;
  const isMentioned = !isOwn && (mentionsAll || message.mentions?.includes(userId ?? ''));
  const isNoted = !isMentioned || seq < first || row.mentions.includes(seq);
  if (isNoted && conversation === row.conversation && sentSeq === row.sentSeq) return row;
  const mentions = row.mentions.filter((one) => one >= first);
  return { conversation, sentSeq, mentions: isNoted ? mentions : [...mentions, seq].slice(-MENTIONS) };
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
