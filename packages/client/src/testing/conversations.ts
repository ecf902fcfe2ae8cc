import type { ChangeSettings, ConversationDetail } from '../contract.ts';
import { limits } from '../contract.ts';
import type { Chat } from './chat.ts';
import { refuse, refuseField } from './refusal.ts';
import { lengthOf, pageOf } from './lists.ts';
import type { RouteTable } from './routes.ts';
import type { StoredConversation } from './state.ts';

/** Members that a conversation is answered with. */
const FIRST_MEMBERS = 100;

/** Fields that a change gives other values. */
function changedFields({ title, settings }: StoredConversation, change: ChangeSettings): ChangeSettings {
  const before: ChangeSettings = {
    title,
    metadata: null,
    posting: 'all',
    adding: 'admins',
    slowModeSeconds: 0,
    ...settings,
  };
  const entries = Object.entries(change) as [keyof ChangeSettings, unknown][];
  return Object.fromEntries(
    entries.filter(
      ([name, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(before[name]),
    ),
  );
}

function checkTitle(title: string | null | undefined): void {
  if (typeof title !== 'string') return;
  if (title.trim() === '' || lengthOf(title) > limits.title.max) refuseField('title', 'Is not a title.');
}

export function conversationRoutes(chat: Chat): RouteTable {
  const { state, rooms, show } = chat;

  function detail(conversation: StoredConversation, userId: string): ConversationDetail {
    const { data, nextCursor } = pageOf(show.members(conversation, userId), { limit: FIRST_MEMBERS });
    return {
      ...show.conversation(conversation, userId),
      members: data,
      ...(nextCursor !== null && { membersCursor: nextCursor }),
    };
  }

  function create(
    createdBy: string,
    memberIds: readonly string[],
    title: string | null,
    type: 'group' | 'direct' = 'group',
  ): StoredConversation {
    const createdAt = state.time();
    const conversation: StoredConversation = {
      id: state.newId(),
      type,
      createdBy,
      createdAt,
      title,
      updatedAt: createdAt,
      activity: state.next(),
      rev: 0,
      membersRev: 0,
      settings: {},
      members: new Map(),
      messages: [],
      events: [],
    };
    state.conversations.set(conversation.id, conversation);
    for (const userId of new Set([createdBy, ...memberIds])) {
      chat.newMember(conversation, userId, userId === createdBy && type === 'group' ? 'owner' : 'member');
    }
    return conversation;
  }

  const tellOfAddition = (conversation: StoredConversation, userId: string): void =>
    rooms.emitToUser(userId, 'conversation_added', show.conversation(conversation, userId));

  return {
    'POST /chat/conversations': ({ user, body: { memberIds, title } }) => {
      checkTitle(title);
      const refused = (isRefused: (id: string) => boolean) =>
        memberIds.flatMap((id, index) =>
          isRefused(id) ? [{ path: `memberIds.${index}`, message: id }] : [],
        );
      const unknown = refused((id) => !state.accounts.has(id));
      if (unknown.length > 0) refuse('USER_NOT_FOUND', { details: unknown });
      const unreachable = refused(
        (id) => id !== user.id && state.accounts.get(id)?.blocks.has(user.id) === true,
      );
      if (unreachable.length > 0) refuse('USER_NOT_REACHABLE', { details: unreachable });
      const conversation = create(user.id, memberIds, title ?? null);
      for (const userId of conversation.members.keys()) tellOfAddition(conversation, userId);
      return detail(conversation, user.id);
    },
    'GET /chat/conversations': ({ user, query: { type, archived, pinned, ...query } }) => {
      const listed = [...state.conversations.values()].filter((conversation) => {
        const settings = conversation.members.get(user.id)?.settings;
        if (!settings || conversation.type === 'thread') return false;
        const isUnseen = conversation.type === 'direct' && conversation.messages.length === 0;
        if (isUnseen && conversation.createdBy !== user.id) return false;
        if (type !== undefined && conversation.type !== type) return false;
        return isWanted(archived, settings.archivedAt) && isWanted(pinned, settings.pinnedAt);
      });
      listed.sort((a, b) => b.activity - a.activity);
      const { data, nextCursor } = pageOf(listed, query);
      return { data: data.map((conversation) => show.conversation(conversation, user.id)), nextCursor };
    },
    'GET /chat/conversations/:id': ({ user, params }) => detail(chat.open(params.id, user), user.id),
    'PATCH /chat/conversations/:id': ({ user, params, body }) => {
      checkTitle(body.title);
      const conversation = chat.openWhole(params.id, user);
      const { role } = show.memberOf(conversation, user.id);
      const isOfGroup = Object.entries(body).some(
        ([name, value]) => name !== 'metadata' && value !== undefined,
      );
      if (conversation.type === 'direct' && isOfGroup) refuse('DIRECT_CONVERSATION');
      chat.requireNoBlock(conversation);
      if (conversation.type === 'group' && role === 'member') refuse('CANNOT_CHANGE_CONVERSATION');
      const { title, ...settings } = changedFields(conversation, body);
      const changed = { ...(title !== undefined && { title }), ...settings } as object;
      if (Object.keys(changed).length > 0) {
        if (title !== undefined) conversation.title = title;
        Object.assign(conversation.settings, settings);
        const event = {
          kind: 'conversation_updated',
          actorId: user.id,
          subjectId: null,
          data: changed,
        } as const;
        const rev = chat.log(conversation, event);
        rooms.emitToRoom(conversation.id, 'conversation_updated', () => ({
          conversationId: conversation.id,
          rev,
          actorId: user.id,
          changed,
          conversation: show.shared(conversation),
        }));
      }
      return detail(conversation, user.id);
    },
    'DELETE /chat/conversations/:id': ({ user, params }) => {
      const conversation = chat.openWhole(params.id, user);
      if (conversation.type === 'direct') refuse('DIRECT_CONVERSATION');
      if (show.memberOf(conversation, user.id).role !== 'owner') refuse('CANNOT_DELETE_CONVERSATION');
      deleteConversation(chat, conversation);
    },
    'PUT /chat/conversations/direct/:userId': ({ user, params, setStatus }) => {
      const other = state.accounts.get(params.userId) ?? refuse('USER_NOT_FOUND');
      if (chat.areBlocked(user.id, other.id)) refuse('USER_NOT_REACHABLE');
      const isPair = ({ type, members }: StoredConversation): boolean =>
        type === 'direct' &&
        members.size === new Set([user.id, other.id]).size &&
        members.has(user.id) &&
        members.has(other.id);
      const known = [...state.conversations.values()].find(isPair);
      const conversation = known ?? create(user.id, [other.id], null, 'direct');
      setStatus(known ? 200 : 201);
      if (!known) tellOfAddition(conversation, user.id);
      return detail(conversation, user.id);
    },
  };
}

/** It is gone for everybody, with its threads. */
export function deleteConversation({ state, rooms }: Chat, conversation: StoredConversation): void {
  for (const { id, parent } of state.conversations.values()) {
    if (id !== conversation.id && parent?.conversationId !== conversation.id) continue;
    state.conversations.delete(id);
    for (const userId of conversation.members.keys()) rooms.evict(id, userId);
  }
  for (const userId of conversation.members.keys()) {
    rooms.emitToUser(userId, 'conversation_removed', { conversationId: conversation.id, reason: 'deleted' });
  }
}

const isWanted = (wanted: 'true' | 'false' | undefined, time: string | undefined): boolean =>
  wanted === undefined || (wanted === 'true') === (time !== undefined);
