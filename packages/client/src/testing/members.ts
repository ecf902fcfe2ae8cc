import type { Chat } from './chat.ts';
import { deleteConversation } from './conversations.ts';
import { senderOf } from './accounts.ts';
import { refuse } from './refusal.ts';
import { pageOf } from './lists.ts';
import type { RouteTable } from './routes.ts';
import { newestSeq } from './show.ts';
import type { Account, StoredConversation, StoredMember } from './state.ts';

export interface Members {
  readonly routes: RouteTable;
  add(
    conversation: StoredConversation,
    userId: string,
    actor: Account,
    history: 'all' | 'none',
    via?: 'invite',
  ): StoredMember;
  remove(
    conversation: StoredConversation,
    userId: string,
    actor: Account,
    reason: 'left' | 'removed' | 'banned',
  ): void;
}

export function createMembers(chat: Chat): Members {
  const { state, rooms, show } = chat;

  const openGroup = (id: string, user: Account): StoredConversation => {
    const conversation = chat.openWhole(id, user);
    return conversation.type === 'direct' ? refuse('DIRECT_CONVERSATION') : conversation;
  };

  function add(
    conversation: StoredConversation,
    userId: string,
    actor: Account,
    history: 'all' | 'none',
    via?: 'invite',
  ): StoredMember {
    const member = chat.newMember(conversation, userId, 'member');
    if (history === 'none') member.visibleFromSeq = newestSeq(conversation) + 1;
    const data = { member: show.member(member, ''), ...(via && { via }) };
    const rev = chat.log(conversation, { kind: 'member_added', actorId: actor.id, subjectId: userId, data });
    conversation.membersRev = rev;
    if (history === 'none') member.eventsFrom = rev;
    rooms.emitToRoom(conversation.id, 'member_added', (readerId) => ({
      conversationId: conversation.id,
      rev,
      member: show.member(member, readerId),
      ...(via && { via }),
    }));
    rooms.emitToUser(userId, 'conversation_added', show.conversation(conversation, userId));
    return member;
  }

  function remove(
    conversation: StoredConversation,
    userId: string,
    actor: Account,
    reason: 'left' | 'removed' | 'banned',
  ): void {
    const member = conversation.members.get(userId) ?? refuse('MEMBER_NOT_FOUND');
    const { id: conversationId } = conversation;
    if (conversation.members.size === 1) return deleteConversation(chat, conversation);
    conversation.members.delete(userId);
    for (const thread of state.conversations.values()) {
      if (thread.parent?.conversationId !== conversationId) continue;
      thread.members.delete(userId);
      rooms.evict(thread.id, userId);
    }
    rooms.evict(conversationId, userId);
    const others = [...conversation.members.values()];
    const heir =
      member.role === 'owner' ? (others.find(({ role }) => role === 'admin') ?? others[0]) : undefined;
    if (heir) Object.assign(heir, { role: 'owner', changes: heir.changes + 1 });
    const heirs = heir ? { heirId: heir.userId } : {};
    const user = senderOf(state.accounts.get(userId) ?? refuse('USER_NOT_FOUND'));
    const data = { user, reason, ...heirs };
    const rev = chat.log(conversation, {
      kind: 'member_removed',
      actorId: actor.id,
      subjectId: userId,
      data,
    });
    conversation.membersRev = rev;
    const payload = { conversationId, rev, userId, reason, actorId: actor.id, ...heirs };
    rooms.emitToUser(userId, 'conversation_removed', { conversationId, reason });
    rooms.emitToRoom(conversationId, 'member_removed', () => payload);
  }

  function changeRole(
    conversation: StoredConversation,
    member: StoredMember,
    role: StoredMember['role'],
    actor: Account,
  ): void {
    Object.assign(member, { role, changes: member.changes + 1 });
    const { userId } = member;
    const data = { member: show.member(member, '') };
    const rev = chat.log(conversation, {
      kind: 'member_updated',
      actorId: actor.id,
      subjectId: userId,
      data,
    });
    conversation.membersRev = rev;
    rooms.emitToRoom(conversation.id, 'member_updated', (readerId) => ({
      conversationId: conversation.id,
      rev,
      member: show.member(member, readerId),
      actorId: actor.id,
    }));
  }

  return {
    add,
    remove,
    routes: {
      'GET /chat/conversations/:id/members': ({ user, params, query }) => {
        const conversation = chat.open(params.id, user);
        return pageOf(show.members(conversation, user.id), { limit: 100, ...query });
      },
      'POST /chat/conversations/:id/members': ({ user, params, body: { userId, history = 'all' } }) => {
        const conversation = openGroup(params.id, user);
        const { role } = show.memberOf(conversation, user.id);
        if (role === 'member' && conversation.settings.adding !== 'all') refuse('CANNOT_ADD_MEMBER');
        const account = state.accounts.get(userId) ?? refuse('USER_NOT_FOUND');
        if (conversation.members.has(userId)) refuse('ALREADY_CONVERSATION_MEMBER');
        if (account.blocks.has(user.id)) refuse('USER_NOT_REACHABLE');
        return show.member(add(conversation, userId, user, history), user.id);
      },
      'PATCH /chat/conversations/:id/members/:userId': ({ user, params, body: { role } }) => {
        const conversation = openGroup(params.id, user);
        const own = show.memberOf(conversation, user.id);
        if (own.role !== 'owner') refuse('CANNOT_CHANGE_ROLE');
        const member = conversation.members.get(params.userId) ?? refuse('MEMBER_NOT_FOUND');
        if (member.role !== role) {
          if (member === own) refuse('CANNOT_CHANGE_ROLE');
          if (role === 'owner') changeRole(conversation, own, 'admin', user);
          changeRole(conversation, member, role, user);
        }
        return show.member(member, user.id);
      },
      'DELETE /chat/conversations/:id/members/:userId': ({ user, params: { id, userId } }) => {
        const conversation = openGroup(id, user);
        if (userId === user.id) return remove(conversation, userId, user, 'left');
        const { role } = show.memberOf(conversation, user.id);
        if (role === 'member') refuse('CANNOT_REMOVE_MEMBER');
        const member = conversation.members.get(userId) ?? refuse('MEMBER_NOT_FOUND');
        if (role === 'admin' && member.role !== 'member') refuse('CANNOT_REMOVE_MEMBER');
        return remove(conversation, userId, user, 'removed');
      },
    },
  };
}
