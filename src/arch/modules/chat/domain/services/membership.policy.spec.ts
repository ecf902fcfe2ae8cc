import { UserNotFoundError } from '../../../../common/domain/errors/user-not-found.error.js';
import { describe, expect, it } from 'vitest';

import { AlreadyConversationMemberError } from '../errors/already-conversation-member.error.js';
import { CannotAddMemberError } from '../errors/cannot-add-member.error.js';
import { ConversationFullError } from '../errors/conversation-full.error.js';
import { ConversationNotFoundError } from '../errors/conversation-not-found.error.js';
import { DirectConversationError } from '../errors/direct-conversation.error.js';
import { MemberNotFoundError } from '../errors/member-not-found.error.js';
import { NotConversationMemberError } from '../errors/not-conversation-member.error.js';
import { DEFAULT_SETTINGS } from '../models/conversation-settings.model.js';
import type { Conversation } from '../models/conversation.model.js';
import {
  canAccessConversation,
  requireAccess,
  requireGroup,
  requireMember,
  requireRightToAddMember,
  requireConversationExists,
  requireAccount,
  requireConversation,
  requireMembership,
  requireNoMembership,
  requirePlace,
} from './membership.policy.js';

const CONVERSATION: Conversation = {
  ...DEFAULT_SETTINGS,
  id: 'c1',
  type: 'group',
  createdBy: 'u1',
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

describe('requireAccess', () => {
  const members = { isMember: async (_: string, userId: string) => userId === 'u1' };
  const access = (userId: string, exists = true) =>
    requireAccess('c1', userId, { exists: async () => exists }, members);

  it('allows a member', async () => {
    await expect(access('u1')).resolves.toBeUndefined();
  });
  it('refuses first an unknown conversation, then a user who is not a member', async () => {
    await expect(access('u2', false)).rejects.toThrow(ConversationNotFoundError);
    await expect(access('u2')).rejects.toThrow(NotConversationMemberError);
  });
});

describe('requireRightToAddMember', () => {
  it.each([
    ['owner', 'admins', true],
    ['admin', 'admins', true],
    ['member', 'admins', false],
    ['owner', 'all', true],
    ['admin', 'all', true],
    ['member', 'all', true],
  ] as const)('of the %s, where %s may add: %s', (role, adding, expected) => {
    const refusal = (() => {
      try {
        requireRightToAddMember(role, { ...DEFAULT_SETTINGS, adding });
        return undefined;
      } catch (error) {
        return error;
      }
    })();
    expect(refusal instanceof CannotAddMemberError).toBe(!expected);
    expect(refusal === undefined).toBe(expected);
  });
});

describe('requireGroup and requireMember', () => {
  it('refuse a direct conversation, and somebody who is not a member', () => {
    expect(() => requireGroup(CONVERSATION)).not.toThrow();
    expect(() => requireGroup({ ...CONVERSATION, type: 'direct' })).toThrow(DirectConversationError);
    expect(requireMember('admin')).toBe('admin');
    for (const role of [null, undefined]) expect(() => requireMember(role)).toThrow(MemberNotFoundError);
  });
});

describe('what is decided behind the lock', () => {
  it('requires a membership, whatever the role', () => {
    for (const role of ['owner', 'admin', 'member'] as const)
      expect(() => requireMembership(role)).not.toThrow();
    expect(() => requireMembership(null)).toThrow(NotConversationMemberError);
  });

  it('requires an account that is there, and answers its role', () => {
    const subjects = new Map([
      ['u1', 'admin' as const],
      ['u2', null],
    ]);
    expect([requireAccount('u1', subjects), requireAccount('u2', subjects)]).toEqual(['admin', null]);
    expect(() => requireAccount('u3', subjects)).toThrow(UserNotFoundError);
  });

  it('refuses a user who is a member already', () => {
    expect(() => requireNoMembership(null)).not.toThrow();
    for (const role of ['owner', 'admin', 'member'] as const)
      expect(() => requireNoMembership(role)).toThrow(AlreadyConversationMemberError);
  });

  it('refuses one more than 5,000', () => {
    expect(() => requirePlace({ ...CONVERSATION, memberCount: 4_999 })).not.toThrow();
    for (const memberCount of [5_000, 5_001])
      expect(() => requirePlace({ ...CONVERSATION, memberCount })).toThrow(ConversationFullError);
  });
});
