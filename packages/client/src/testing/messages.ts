import type { ClientEvents, Message, SendMessage } from '../contract.ts';
import { limits } from '../contract.ts';
import type { Chat } from './chat.ts';
import { refuse, refuseField } from './refusal.ts';
import { byText, lengthOf, pageOf, reversed, sorted } from './lists.ts';
import { pinRoutes } from './pins.ts';
import { reactionRoutes } from './reactions.ts';
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
  const { state, rooms, show, answerOf } = chat;

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
      if (conversation.type === 'direct' && message.seq === 1) introduce(conversation);
      rooms.emitToRoom(conversationId, 'new_message', (userId) => show.message(message, userId));
      return show.message(message, user.id);
    }
  }

  /** The other one of a direct conversation sees it from its first message on. */
  function introduce(conversation: StoredConversation): void {
    for (const userId of conversation.members.keys()) {
      if (userId === conversation.createdBy) continue;
      rooms.emitToUser(userId, 'conversation_added', show.conversation(conversation, userId));
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
      ...pinRoutes(chat),
      ...reactionRoutes(chat),
    },
  };
}
