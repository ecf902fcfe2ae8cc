import type {
  Conversation,
  Member,
  Message,
  Own,
  OwnMembership,
  SharedConversation,
  ThreadSummary,
} from '../contract.ts';
import { senderOf } from './accounts.ts';
import { refuse } from './refusal.ts';
import type { Account, State, StoredConversation, StoredMember, StoredMessage } from './state.ts';

/** How what is stored looks to a reader. */
export interface Show {
  message(message: StoredMessage, readerId: string): Message;
  own(messages: readonly StoredMessage[], readerId: string): { own?: Own };
  member(member: StoredMember, readerId: string, conversation?: StoredConversation): Member;
  members(conversation: StoredConversation, readerId: string): Member[];
  me(conversation: StoredConversation, userId: string): OwnMembership;
  shared(conversation: StoredConversation): SharedConversation;
  conversation(conversation: StoredConversation, readerId: string): Conversation;
  /** Whose membership counts: that of the parent for a thread. */
  owner(conversation: StoredConversation): StoredConversation;
  memberOf(conversation: StoredConversation, userId: string): StoredMember;
  /** What the user sees, oldest first. */
  visible(conversation: StoredConversation, userId: string): StoredMessage[];
  mentionCount(conversation: StoredConversation, userId: string, after: number): { mentionCount?: number };
}

/** Characters of a message that a reply shows. */
const EXCERPT = 200;

export const newestSeq = ({ messages }: StoredConversation): number => messages.length;

export function createShow(state: State): Show {
  const account = (id: string): Account => state.accounts.get(id) ?? refuse('USER_NOT_FOUND');
  const conversationOf = (id: string): StoredConversation =>
    state.conversations.get(id) ?? refuse('CONVERSATION_NOT_FOUND');
  const owner = (conversation: StoredConversation): StoredConversation =>
    conversation.parent ? conversationOf(conversation.parent.conversationId) : conversation;
  const memberOf = (conversation: StoredConversation, userId: string): StoredMember =>
    owner(conversation).members.get(userId) ?? refuse('NOT_CONVERSATION_MEMBER');
  /** The first message that the user sees. Replies are all seen by whom the root is shown to. */
  const firstOf = (conversation: StoredConversation, userId: string): number =>
    conversation.parent ? 1 : memberOf(conversation, userId).visibleFromSeq;
  const hidesReading = (userId: string): boolean =>
    state.accounts.get(userId)?.settings.readReceipts === false;

  function replyTo(message: StoredMessage, readerId: string): Pick<Message, 'replyTo'> {
    const conversation = conversationOf(message.conversationId);
    const target = conversation.messages.find(({ id }) => id === message.replyToId);
    if (!target || message.deletedAt !== null) return {};
    const { id, seq, senderId, content, deletedAt } = target;
    const isHidden = owner(conversation).members.has(readerId) && seq < firstOf(conversation, readerId);
    if (isHidden) return { replyTo: { id, seq } };
    const excerpt = Array.from(content).slice(0, EXCERPT).join('');
    return { replyTo: { id, seq, senderId, excerpt, ...(deletedAt !== null && { deletedAt }) } };
  }

  function thread({ threadId }: StoredMessage): { thread?: ThreadSummary } {
    const found = threadId === undefined ? undefined : state.conversations.get(threadId);
    if (!found) return {};
    const lastReplyAt = found.messages.at(-1)?.createdAt;
    return {
      thread: {
        id: found.id,
        replyCount: newestSeq(found),
        ...(lastReplyAt !== undefined && { lastReplyAt }),
      },
    };
  }

  function showMessage(stored: StoredMessage, readerId: string): Message {
    const { id, conversationId, senderId, content, createdAt, seq, rev, clientMessageId } = stored;
    const { editedAt, deletedAt, deletedBy, mentions, mentionsAll, metadata, pinnedAt, pinnedBy } = stored;
    const reactions = [...stored.reactions].map(([emoji, userIds]) => ({
      emoji,
      count: userIds.length,
      userIds: userIds.slice(0, 20),
    }));
    return {
      id,
      conversationId,
      senderId,
      sender: senderOf(account(senderId)),
      content,
      createdAt,
      seq,
      rev,
      clientMessageId,
      editedAt,
      deletedAt,
      ...replyTo(stored, readerId),
      ...(mentions.length > 0 && { mentions }),
      ...(mentionsAll && { mentionsAll }),
      ...(reactions.length > 0 && { reactions }),
      ...(pinnedAt !== undefined && { pinnedAt }),
      ...(pinnedBy !== undefined && { pinnedBy }),
      ...(deletedBy !== undefined && { deletedBy }),
      ...thread(stored),
      ...(metadata && { metadata }),
    };
  }

  function member(stored: StoredMember, readerId: string, conversation?: StoredConversation): Member {
    const { userId, role, joinedAt } = stored;
    const { displayName, avatarUrl } = account(userId);
    const isHidden = userId !== readerId && (hidesReading(userId) || hidesReading(readerId));
    const position = conversation?.parent ? conversation.members.get(userId) : stored;
    const lastReadSeq = (userId === readerId ? position?.ownReadSeq : position?.lastReadSeq) ?? 0;
    return { userId, displayName, avatarUrl, role, joinedAt, lastReadSeq: isHidden ? 0 : lastReadSeq };
  }

  function me(conversation: StoredConversation, userId: string): OwnMembership {
    const { role, joinedAt, visibleFromSeq, settings, ...membership } = memberOf(conversation, userId);
    const follower = conversation.parent ? conversation.members.get(userId) : undefined;
    const { ownReadSeq, changes } = conversation.parent
      ? (follower ?? { ownReadSeq: newestSeq(conversation), changes: 0 })
      : membership;
    const from = Math.max(ownReadSeq, firstOf(conversation, userId) - 1);
    const shows = conversation.parent === undefined && visibleFromSeq > 1;
    return {
      role,
      joinedAt,
      lastReadSeq: ownReadSeq,
      unreadCount: Math.max(0, newestSeq(conversation) - from),
      ...mentionCount(conversation, userId, from),
      ...(shows && { visibleFromSeq }),
      ...settings,
      ...(changes > 0 && { version: changes + ownReadSeq }),
    };
  }

  function shared(conversation: StoredConversation): SharedConversation {
    const { id, type, parent, createdBy, title, createdAt, updatedAt, rev, settings } = conversation;
    const { metadata } = settings;
    const { posting, adding, slowModeSeconds } = owner(conversation).settings;
    return {
      id,
      ...(type !== 'group' && { type }),
      ...(parent && { parent }),
      createdBy,
      title,
      createdAt,
      updatedAt,
      lastSeq: newestSeq(conversation),
      rev,
      memberCount: owner(conversation).members.size,
      ...(metadata && { metadata }),
      ...(posting === 'admins' && { posting }),
      ...(adding === 'all' && { adding }),
      ...(slowModeSeconds && { slowModeSeconds }),
    };
  }

  function visible(conversation: StoredConversation, userId: string): StoredMessage[] {
    return conversation.messages.slice(firstOf(conversation, userId) - 1);
  }

  return {
    message: showMessage,
    own,
    member,
    me,
    shared,
    owner,
    memberOf,
    visible,
    mentionCount,
    members: (conversation, readerId) =>
      [...owner(conversation).members.values()].map((stored) => member(stored, readerId, conversation)),
    conversation(conversation, readerId) {
      const last = visible(conversation, readerId).at(-1);
      const otherId = [...conversation.members.keys()].find((id) => id !== readerId);
      const other = conversation.type === 'direct' ? account(otherId ?? readerId) : undefined;
      return {
        ...shared(conversation),
        ...(other && { direct: { user: senderOf(other) } }),
        lastMessage: last ? showMessage(last, readerId) : null,
        me: me(conversation, readerId),
      };
    },
  };
}

function own(messages: readonly StoredMessage[], readerId: string): { own?: Own } {
  const reactions: Record<string, readonly string[]> = {};
  for (const { id, reactions: kinds } of messages) {
    const mine = [...kinds].filter(([, userIds]) => userIds.includes(readerId)).map(([emoji]) => emoji);
    if (mine.length > 0) reactions[id] = mine;
  }
  return Object.keys(reactions).length > 0 ? { own: { reactions } } : {};
}

function mentionCount(
  conversation: StoredConversation,
  userId: string,
  after: number,
): { mentionCount?: number } {
  const found = conversation.messages
    .slice(after)
    .filter(
      ({ mentions, mentionsAll, deletedAt }) =>
        deletedAt === null && (mentionsAll || mentions.includes(userId)),
    );
  return found.length > 0 ? { mentionCount: Math.min(found.length, 100) } : {};
}
