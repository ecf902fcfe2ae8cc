/** Shown in the API document; also checked against the schemas by its linter. */
const ADA = '0199d0a2-6c1e-7000-8000-000000000001';
const CONVERSATION = '0199d0a2-6c1e-7000-8000-0000000000c1';
const NOON = '2026-01-31T12:00:00.000Z';

export const messageExample = {
  id: '0199d0a2-6c1e-7000-8000-0000000000a1',
  conversationId: CONVERSATION,
  senderId: ADA,
  sender: { id: ADA, displayName: 'Ada', avatarUrl: null },
  content: 'Hello!',
  createdAt: NOON,
  seq: 1,
  rev: 1,
  clientMessageId: 'b7e6f0',
  editedAt: null,
  deletedAt: null,
};

export const epochExample = '4f1c09a7be52';

export const memberExample = {
  userId: ADA,
  displayName: 'Ada',
  avatarUrl: null,
  role: 'owner' as const,
  joinedAt: NOON,
  lastReadSeq: 1,
};

export const conversationExample = {
  id: CONVERSATION,
  createdBy: ADA,
  title: 'Discussion',
  createdAt: NOON,
  updatedAt: NOON,
  lastSeq: 1,
  rev: 1,
  memberCount: 1,
  lastMessage: messageExample,
  me: { role: 'owner' as const, joinedAt: NOON, lastReadSeq: 1, unreadCount: 0 },
};
