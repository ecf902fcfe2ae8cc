import type { ClientEvents, Message, MessageAnswer, SendMessage } from '../contract.ts';
import { limits } from '../contract.ts';
import type { Chat } from './chat.ts';
import { refuse, refuseField } from './refusal.ts';
import { byText, lengthOf, pageOf, reversed, sorted } from './lists.ts';
import type { RouteTable } from './routes.ts';
import { newestSeq } from './show.ts';
import type { Account, StoredConversation, StoredMessage } from './state.ts';

export interface Messages {
  readonly routes: RouteTable;
  send(user: Account, conversationId: string, input: SendMessage): ClientEvents['send_message']['data'];
}

function checkContent(content: unknown): void {
  if (typeof content !== 'string' || content.trim() === '')
    refuseField('content', 'Has no visible character.');
  else if (lengthOf(content) > limits.content.max) refuseField('content', 'Is too long.');
}

/** @param onReply a thread has a new message */
export function createMessages(
  chat: Chat,
  onReply: (thread: StoredConversation, sender: Account) => void,
): Messages {
  const { state, rooms, show } = chat;

  const answerOf = (message: StoredMessage, { id }: Account): MessageAnswer => ({
    message: show.message(message, id),
    ...show.own([message], id),
  });

  function requireRightToSay(conversation: StoredConversation, user: Account): void {
    const { settings } = show.owner(conversation);
    const { role } = show.memberOf(conversation, user.id);
    if (settings.posting === 'admins' && role === 'member') refuse('POSTING_RESTRICTED');
    chat.requireNoBlock(conversation);
  }

  function requireMentionAll(conversation: StoredConversation, user: Account): void {
    const whole = show.owner(conversation);
    if (whole.type === 'group' && show.memberOf(conversation, user.id).role === 'member')
      refuse('CANNOT_MENTION_ALL');
  }

  const membersAmong = (conversation: StoredConversation, ids: readonly string[] = []): string[] =>
    [...new Set(ids)].filter((id) => show.owner(conversation).members.has(id));

  function requireSlowness(conversation: StoredConversation, user: Account): void {
    const { slowModeSeconds = 0 } = show.owner(conversation).settings;
    if (slowModeSeconds === 0 || show.memberOf(conversation, user.id).role !== 'member') return;
    const [last] = reversed(conversation.messages.filter(({ senderId }) => senderId === user.id));
    const left = last ? Date.parse(last.createdAt) + slowModeSeconds * 1_000 - state.now() : 0;
    if (left > 0) refuse('SLOW_MODE', { retryAfterMs: left });
  }

  function send(
    user: Account,
    conversationId: string,
    input: SendMessage,
  ): ClientEvents['send_message']['data'] {
    const { content, clientMessageId = null, replyToId, mentionsAll = false, metadata } = input;
    checkContent(content);
    if (clientMessageId !== null && !RegExp(limits.clientMessageId.pattern).test(clientMessageId)) {
      refuseField('clientMessageId', 'Is no id.');
    }
    const conversation = chat.open(conversationId, user);
    const { messages } = conversation;
    const sent = JSON.stringify([
      content,
      replyToId,
      sorted(new Set(input.mentions), byText),
      mentionsAll,
      metadata,
    ]);
    const isSame = (one: StoredMessage): boolean =>
      one.senderId === user.id && one.clientMessageId === clientMessageId;
    const known = clientMessageId === null ? undefined : messages.find(isSame);
    if (known) {
      if (known.sent !== sent) refuse('CLIENT_MESSAGE_ID_REUSED');
      return { message: show.message(known, user.id), duplicate: true };
    }
    requireRightToSay(conversation, user);
    if (mentionsAll) requireMentionAll(conversation, user);
    if (replyToId !== undefined) chat.find(conversation, replyToId, user);
    requireSlowness(conversation, user);
    return { message: store(), duplicate: false };

    function store(): Message {
      conversation.rev += 1;
      const createdAt = state.time();
      const message: StoredMessage = {
        id: state.newId(),
        conversationId,
        senderId: user.id,
        seq: newestSeq(conversation) + 1,
        rev: conversation.rev,
        createdAt,
        clientMessageId,
        sent,
        replyToId,
        content,
        editedAt: null,
        deletedAt: null,
        mentions: membersAmong(conversation, input.mentions),
        mentionsAll,
        metadata,
        reactions: new Map(),
        versions: [],
      };
      messages.push(message);
      conversation.updatedAt = createdAt;
      conversation.activity = state.next();
      if (conversation.parent) onReply(conversation, user);
      const position = conversation.members.get(user.id);
      if (position) position.ownReadSeq = position.lastReadSeq = message.seq;
      if (conversation.type === 'direct' && message.seq === 1) introduce(conversation, user);
      rooms.emitToRoom(conversationId, 'new_message', (userId) => show.message(message, userId));
      return show.message(message, user.id);
    }
  }

  /** The other one of a direct conversation sees it from its first message on. */
  function introduce(conversation: StoredConversation, { id }: Account): void {
    for (const userId of conversation.members.keys()) {
      if (userId !== conversation.createdBy || userId !== id) {
        if (userId === conversation.createdBy) continue;
        rooms.emitToUser(userId, 'conversation_added', show.conversation(conversation, userId));
      }
    }
  }

  const place = '/chat/conversations/:id/messages/:messageId';

  return {
    send,
    routes: {
      'POST /chat/conversations/:id/messages': ({ user, params, body, setStatus }) => {
        const { message, duplicate } = send(user, params.id, body);
        if (duplicate) setStatus(200);
        return message;
      },
      [`GET ${place}` as const]: ({ user, params }) =>
        answerOf(chat.find(chat.open(params.id, user), params.messageId, user), user),
      [`PATCH ${place}` as const]: ({ user, params, body }) => {
        const { content, mentions, mentionsAll, metadata, expectedRev } = body;
        if (content !== undefined) checkContent(content);
        const conversation = chat.open(params.id, user);
        const message = chat.find(conversation, params.messageId, user);
        if (message.deletedAt !== null) refuse('MESSAGE_DELETED');
        if (message.senderId !== user.id) refuse('NOT_MESSAGE_AUTHOR');
        if (expectedRev !== undefined && expectedRev !== message.rev) refuse('MESSAGE_CHANGED');
        requireRightToSay(conversation, user);
        if (mentionsAll === true && !message.mentionsAll) requireMentionAll(conversation, user);
        const next = {
          content: content ?? message.content,
          mentions: mentions ? membersAmong(conversation, mentions) : message.mentions,
          mentionsAll: mentionsAll ?? message.mentionsAll,
          metadata: metadata ?? message.metadata,
        };
        const isSaid = next.content !== message.content || metadata !== undefined;
        const isOther = Object.entries(next).some(
          ([name, value]) => JSON.stringify(value) !== JSON.stringify(message[name as keyof typeof next]),
        );
        if (!isOther) return answerOf(message, user);
        const editedAt = state.time();
        if (isSaid) {
          message.versions.push({
            content: message.content,
            metadata: message.metadata,
            validUntil: editedAt,
          });
        }
        Object.assign(message, next, { editedAt });
        chat.change(conversation, message, 'edited', user.id);
        return answerOf(message, user);
      },
      [`DELETE ${place}` as const]: ({ user, params }) => {
        const conversation = chat.open(params.id, user);
        const message = chat.find(conversation, params.messageId, user);
        const whole = show.owner(conversation);
        const isManager = whole.type === 'group' && show.memberOf(conversation, user.id).role !== 'member';
        if (message.senderId !== user.id && !isManager) refuse('CANNOT_DELETE_MESSAGE');
        if (message.deletedAt !== null) return;
        Object.assign(message, {
          content: '',
          deletedAt: state.time(),
          deletedBy: user.id,
          mentions: [],
          mentionsAll: false,
          metadata: undefined,
          pinnedAt: undefined,
          pinnedBy: undefined,
        });
        message.reactions.clear();
        message.versions.length = 0;
        chat.change(conversation, message, 'deleted', user.id);
      },
      [`GET ${place}/versions` as const]: ({ user, params, query }) => {
        const conversation = chat.open(params.id, user);
        const message = chat.find(conversation, params.messageId, user);
        const isManager = show.memberOf(conversation, user.id).role !== 'member';
        if (message.senderId !== user.id && !isManager) refuse('NOT_MESSAGE_AUTHOR');
        const versions = message.versions.map(({ content, metadata, validUntil }, index) => ({
          version: index + 1,
          content,
          ...(metadata && { metadata: { ...metadata } }),
          validUntil,
        }));
        return pageOf(reversed(versions), query);
      },
      ...pinRoutes(chat, answerOf),
      ...reactionRoutes(chat, answerOf),
    },
  };
}

type AnswerOf = (message: StoredMessage, user: Account) => MessageAnswer;

function pinRoutes(chat: Chat, answerOf: AnswerOf): RouteTable {
  const { state, show } = chat;
  function setPin(user: Account, id: string, messageId: string, isPinned: boolean): MessageAnswer {
    const conversation = chat.open(id, user);
    const message = chat.find(conversation, messageId, user);
    if (message.deletedAt !== null) refuse('MESSAGE_DELETED');
    const isGroup = show.owner(conversation).type === 'group';
    if (isGroup && show.memberOf(conversation, user.id).role === 'member') refuse('CANNOT_PIN_MESSAGE');
    chat.requireNoBlock(conversation);
    if ((message.pinnedAt !== undefined) !== isPinned) {
      message.pinnedAt = isPinned ? state.time() : undefined;
      message.pinnedBy = isPinned ? user.id : undefined;
      message.pinOrder = state.next();
      chat.change(conversation, message, 'pin', user.id);
    }
    return answerOf(message, user);
  }
  return {
    'GET /chat/conversations/:id/pins': ({ user, params, query }) => {
      const conversation = chat.open(params.id, user);
      const pinned = show.visible(conversation, user.id).filter(({ pinnedAt }) => pinnedAt !== undefined);
      pinned.sort((a, b) => (b.pinOrder ?? 0) - (a.pinOrder ?? 0));
      const { data, nextCursor } = pageOf(pinned, query);
      return {
        data: data.map((message) => show.message(message, user.id)),
        nextCursor,
        ...show.own(data, user.id),
      };
    },
    'PUT /chat/conversations/:id/messages/:messageId/pin': ({ user, params }) =>
      setPin(user, params.id, params.messageId, true),
    'DELETE /chat/conversations/:id/messages/:messageId/pin': ({ user, params }) =>
      setPin(user, params.id, params.messageId, false),
  };
}

/** Kinds of reactions to a message, and of those of one user, at most. */
const KINDS = 50;
const OWN_KINDS = 20;

function reactionRoutes(chat: Chat, answerOf: AnswerOf): RouteTable {
  const { state, rooms, show } = chat;
  function react(
    actor: Account,
    id: string,
    messageId: string,
    given: string,
    added: boolean,
    userId: string,
  ): StoredMessage {
    const emoji = given.replace(/[\uFE0E\uFE0F]/g, '');
    if (/[\s/]/.test(emoji) || emoji === '' || lengthOf(emoji) > 32) refuseField('emoji', 'Is no reaction.');
    const conversation = chat.open(id, actor);
    const message = chat.find(conversation, messageId, actor);
    if (message.deletedAt !== null) refuse('MESSAGE_DELETED');
    chat.requireNoBlock(conversation);
    const kind =
      [...message.reactions.keys()].find((key) => key.replace(/[\uFE0E\uFE0F]/g, '') === emoji) ?? given;
    const userIds = message.reactions.get(kind) ?? [];
    if (userIds.includes(userId) === added) return message;
    if (added) {
      const own = [...message.reactions.values()].filter((ids) => ids.includes(userId));
      const isNew = !message.reactions.has(kind);
      if ((isNew && message.reactions.size >= KINDS) || own.length >= OWN_KINDS) refuse('TOO_MANY_REACTIONS');
    }
    const left = added ? [...userIds, userId] : userIds.filter((one) => one !== userId);
    if (left.length > 0) message.reactions.set(kind, left);
    else message.reactions.delete(kind);
    chat.change(conversation, message, 'reactions', userId, [{ userId, emoji: kind, added }]);
    tellOfOwn(message, userId);
    return message;
  }

  function tellOfOwn(message: StoredMessage, userId: string): void {
    const { id, conversationId, rev } = message;
    const mine = show.own([message], userId).own?.reactions[id] ?? [];
    const own = { reactions: { [id]: mine }, revs: { [id]: rev } };
    rooms.emitToUser(userId, 'me_updated', { conversationId, own });
  }

  return {
    'PUT /chat/conversations/:id/messages/:messageId/reactions/:emoji': ({ user, params }) =>
      answerOf(react(user, params.id, params.messageId, params.emoji, true, user.id), user),
    'DELETE /chat/conversations/:id/messages/:messageId/reactions/:emoji': ({ user, params }) =>
      answerOf(react(user, params.id, params.messageId, params.emoji, false, user.id), user),
    'DELETE /chat/conversations/:id/messages/:messageId/reactions/:emoji/:userId': ({ user, params }) => {
      const conversation = chat.open(params.id, user);
      const isManager =
        conversation.type === 'group' && show.memberOf(conversation, user.id).role !== 'member';
      if (params.userId !== user.id && !isManager) refuse('CANNOT_REMOVE_REACTION');
      react(user, params.id, params.messageId, params.emoji, false, params.userId);
    },
    'GET /chat/conversations/:id/messages/:messageId/reactions': ({ user, params, query }) => {
      const message = chat.find(chat.open(params.id, user), params.messageId, user);
      const all = sorted(message.reactions, ([a], [b]) => byText(a, b))
        .filter(([emoji]) => query.emoji === undefined || query.emoji === emoji)
        .flatMap(([emoji, ids]) => sorted(ids, byText).map((userId) => ({ userId, emoji })));
      const data = all.map(({ userId, emoji }) => {
        const { displayName, avatarUrl } = state.accounts.get(userId) ?? refuse('USER_NOT_FOUND');
        return { userId, displayName, avatarUrl, emoji, createdAt: message.createdAt };
      });
      return pageOf(data, query);
    },
  };
}
