import { ownDefaults, type StoredMember, toDate } from '../fakes/chat-state.js';
import { FakeChat } from '../fakes/fake-chat.js';
import type { ChatSubject } from './chat-subject.js';

export async function fakeChatSubject(): Promise<ChatSubject> {
  return fakeChatOf(new FakeChat());
}

export function fakeChatOf(chat: FakeChat): ChatSubject {
  const { state } = chat;
  const member = (conversationId: string, userId: string): StoredMember => {
    const found = state.member(conversationId, userId);
    if (!found) throw new Error('There is no such member.');
    return found;
  };
  return {
    conversations: chat.conversations,
    members: chat.members,
    memberships: chat.memberships,
    directs: chat.directs,
    blocks: chat.blocks,
    reach: chat.reach,
    audiences: chat.audiences,
    messages: chat.messages,
    mentions: chat.mentions,
    readers: chat.readers,
    positions: chat.positions,
    change: chat.change,
    messageChange: chat.messageChange,
    threads: chat.threads,
    pins: chat.pins,
    versions: chat.versions,
    reactions: chat.reactions,
    bans: chat.bans,
    invites: chat.invites,
    changes: chat.changes,
    timeline: chat.timeline,
    heads: chat.heads,
    users: chat.users,
    transactions: chat.transactions,

    async setAddableBy(userId, addableBy) {
      const user = state.users.get(userId);
      if (user) user.addableBy = addableBy;
    },
    async removeMember(conversationId, userId) {
      state.members.get(conversationId)?.delete(userId);
      state.endFollowing(conversationId, userId);
    },
    async addUnlogged(conversationId, userId) {
      const conversation = state.conversation(conversationId);
      conversation.memberCount += 1;
      conversation.membersRev = conversation.rev += 1;
      const joined = { joinedAt: toDate(state.now()), lastReadSeq: 0 };
      state.members.get(conversationId)?.set(userId, { ...ownDefaults(), userId, role: 'member', ...joined });
    },
    async raiseRev(conversationId, seq) {
      const message = state.messagesOf(conversationId)[seq - 1];
      if (message) message.rev = state.conversation(conversationId).rev += 1;
    },
    async restrict(conversationId, settings) {
      Object.assign(state.conversation(conversationId), settings);
    },
    async decorate(conversationId, seq, details) {
      const message = state.messagesOf(conversationId)[seq - 1];
      if (!message) return;
      Object.assign(message, details);
      const rows = details.reactions?.flatMap(({ emoji, userIds }) =>
        userIds.map((userId) => ({ key: emoji, userId, emoji, createdAt: toDate(state.now()) })),
      );
      if (rows) state.reactions.set(message.id, rows);
    },
    async setRole(conversationId, userId, role) {
      member(conversationId, userId).role = role;
    },
    async setActivity(conversationId, microseconds) {
      state.conversation(conversationId).activity = microseconds;
    },
    async makeDirect(conversationId) {
      state.conversation(conversationId).type = 'direct';
    },
    async setReadReceipts(userId, areOn) {
      const user = state.users.get(userId);
      if (user) user.readReceipts = areOn;
    },
    async followersOf(threadId) {
      const followers = [...(state.followers.get(threadId) ?? [])];
      return Object.fromEntries(followers.map(([userId, { lastReadSeq }]) => [userId, lastReadSeq]));
    },
    async hideBefore(conversationId, userId, seq) {
      member(conversationId, userId).visibleFromSeq = seq;
    },
    async blockUser(blockerId, blockedId) {
      state.blocks.set(`${blockerId} ${blockedId}`, new Date());
    },
    async expireInvite(id) {
      Object.assign(state.invites.get(id) ?? {}, { expiresAt: toDate(state.now()) });
    },
    async age(conversationId, seconds) {
      state.conversation(conversationId).activity -= seconds * 1_000_000;
      for (const message of state.messagesOf(conversationId)) {
        message.createdAt = new Date(message.createdAt.getTime() - seconds * 1_000);
      }
    },
    async fill(conversationId, memberCount) {
      const conversation = state.conversation(conversationId);
      for (; conversation.memberCount < memberCount; conversation.memberCount += 1) {
        const userId = await chat.signUp();
        const joinedAt = new Date();
        state.members
          .get(conversationId)
          ?.set(userId, { ...ownDefaults(), userId, role: 'member', joinedAt, lastReadSeq: 0 });
      }
    },
    async membersRev(conversationId) {
      return state.conversation(conversationId).membersRev;
    },
    async logOf(conversationId) {
      return structuredClone(state.logOf(conversationId));
    },
    async close() {},
  };
}
