import { describe, expect, it } from 'vitest';
import { CannotAddMemberError } from '../errors/cannot-add-member.error.js';
import { ConversationNotFoundError } from '../errors/conversation-not-found.error.js';
import { NotConversationMemberError } from '../errors/not-conversation-member.error.js';
import type { Conversation } from '../models/conversation.model.js';
import {
  canAccessConversation,
  requireRightToAddMember,
  requireConversationExists,
  requireConversation,
} from './membership.policy.js';

const CONVERSATION: Conversation = {
  id: 'c1',
  createdBy: 'u1',
  title: null,
  createdAt: new Date(0),
  updatedAt: new Date(0),
  lastSeq: 0,
  rev: 0,
  memberCount: 1,
};

describe('requireConversation', () => {
  const conversations = { findById: async (id: string) => (id === 'c1' ? CONVERSATION : null) };

  it('answers the conversation', async () => {
    expect(await requireConversation('c1', conversations)).toBe(CONVERSATION);
  });
  it('refuses an unknown one', async () => {
    await expect(requireConversation('c2', conversations)).rejects.toThrow(ConversationNotFoundError);
  });
});

describe('requireConversationExists', () => {
  const conversations = { exists: async (id: string) => id === 'c1' };

  it('lets one pass that exists', async () => {
    await expect(requireConversationExists('c1', conversations)).resolves.toBeUndefined();
  });
  it('refuses an unknown one', async () => {
    await expect(requireConversationExists('c2', conversations)).rejects.toThrow(ConversationNotFoundError);
  });
});

describe('canAccessConversation', () => {
  const members = {
    isMember: async (conversationId: string, userId: string) => conversationId === 'c1' && userId === 'u1',
  };

  it('lets a member in', async () => {
    await expect(canAccessConversation('c1', 'u1', members)).resolves.toBeUndefined();
  });
  it.each([
    ['c1', 'u2'],
    ['c2', 'u1'],
    ['u1', 'c1'],
  ])('refuses in %s the user %s', async (conversationId, userId) => {
    await expect(canAccessConversation(conversationId, userId, members)).rejects.toThrow(
      NotConversationMemberError,
    );
  });
});

describe('requireRightToAddMember', () => {
  it.each(['owner', 'admin'] as const)('lets the %s', (role) => {
    expect(() => requireRightToAddMember(role)).not.toThrow();
  });
  it.each(['member', null] as const)('refuses %s', (role) => {
    expect(() => requireRightToAddMember(role)).toThrow(CannotAddMemberError);
  });
});
