import { DEMO_CONVERSATION, DEMO_MESSAGES, DEMO_USERS } from '../../../../../common/domain/demo-data.js';
import { INVITE_USES_MAX } from '../../../domain/models/invite.model.js';

/** Examples of the API document, which its linter checks against the schemas: user1's view of the demo data. */
const NOON = '2026-01-31T12:00:00.000Z';
const [{ id: ME, displayName }] = DEMO_USERS;
const NEWEST = DEMO_MESSAGES.length;
const { id, by, content } = DEMO_MESSAGES[4];
const sender = DEMO_USERS[by];

export const messageExample = {
  id,
  conversationId: DEMO_CONVERSATION.id,
  senderId: sender.id,
  sender: { id: sender.id, displayName: sender.displayName, avatarUrl: null },
  content,
  createdAt: NOON,
  seq: NEWEST,
  rev: NEWEST,
  clientMessageId: null,
  editedAt: null,
  deletedAt: null,
};

export const epochExample = '4f1c09a7be52';

export const memberExample = {
  userId: ME,
  displayName,
  avatarUrl: null,
  role: 'owner' as const,
  joinedAt: NOON,
  lastReadSeq: NEWEST,
};

export const otherMemberExample = {
  userId: DEMO_USERS[1].id,
  displayName: DEMO_USERS[1].displayName,
  avatarUrl: null,
  role: 'member' as const,
  joinedAt: NOON,
  lastReadSeq: NEWEST - 1,
};

export const eventExample = {
  rev: NEWEST + 1,
  kind: 'member_added' as const,
  actorId: ME,
  subjectId: DEMO_USERS[2].id,
  afterSeq: NEWEST,
  createdAt: NOON,
  data: {
    member: {
      userId: DEMO_USERS[2].id,
      displayName: DEMO_USERS[2].displayName,
      avatarUrl: null,
      role: 'member' as const,
      joinedAt: NOON,
      lastReadSeq: NEWEST,
    },
  },
};

export const conversationExample = {
  ...DEMO_CONVERSATION,
  createdBy: ME,
  createdAt: NOON,
  updatedAt: NOON,
  lastSeq: NEWEST,
  rev: NEWEST,
  memberCount: 2,
  lastMessage: messageExample,
  me: { role: 'owner' as const, joinedAt: NOON, lastReadSeq: NEWEST, unreadCount: 0 },
};

export const threadExample = {
  id: '0197f1a0-0000-8000-8000-000000000002',
  type: 'thread' as const,
  parent: { conversationId: DEMO_CONVERSATION.id, messageId: messageExample.id, seq: NEWEST },
  createdBy: ME,
  title: null,
  createdAt: NOON,
  updatedAt: NOON,
  lastSeq: 3,
  rev: 3,
  memberCount: 2,
};

export const inviteExample = {
  id: '0197f1a0-0000-7000-8000-000000000001',
  createdBy: ME,
  createdAt: NOON,
  expiresAt: '2026-02-07T12:00:00.000Z',
  maxUses: INVITE_USES_MAX,
  uses: 0,
  history: 'all' as const,
};
/** The token of no invite. */
export const inviteTokenExample = 'AAAAAAAAAAAAAAAAAAAAAA';
