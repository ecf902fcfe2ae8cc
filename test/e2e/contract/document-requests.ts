import { form } from '../../fakes/avatar-client.js';
import { PNG, pngOf } from '../../fakes/avatar-images.js';
import { UNKNOWN_ID } from '../http/support.js';
import { type Context, type Foreign, UNKNOWN_TOKEN } from './operation-context.js';
import { PASSWORD } from './world.js';

export interface DocumentRequest {
  /** The id in the path. */
  readonly id?: string;
  /** The id behind it: of a user, of an invite. */
  readonly member?: string;
  /** The id of a message in the path, after the other one. */
  readonly message?: string;
  readonly query?: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** The token to use instead of the context's. */
  readonly token?: string;
  /** Requests of the same operation that are sent before it. */
  readonly after?: readonly DocumentRequest[];
}

/**
 * Each request under its expected answer: a status, and the code of a failure. A third word distinguishes requests with
 * the same answer.
 */
export type Requests = Readonly<
  Record<string, (mine: Context, other: Foreign) => DocumentRequest | Promise<DocumentRequest>>
>;

const WRONG = `${PASSWORD}!`;
const orphan =
  (request: DocumentRequest) =>
  (_: Context, { orphanToken }: Foreign) => ({
    ...request,
    token: orphanToken,
  });
const conversation = {
  '403 NOT_CONVERSATION_MEMBER': (_: Context, other: Foreign) => ({ id: other.conversation }),
  '404 CONVERSATION_NOT_FOUND': () => ({ id: UNKNOWN_ID }),
};
const ofThread = {
  '403 NOT_CONVERSATION_MEMBER': (_: Context, other: Foreign) => ({ id: other.thread }),
  '404 CONVERSATION_NOT_FOUND': () => ({ id: UNKNOWN_ID }),
};
const ofMessage: Requests = {
  '403 NOT_CONVERSATION_MEMBER': (_, other) => ({ id: other.conversation, message: other.message }),
  '404 CONVERSATION_NOT_FOUND': (mine) => ({ id: UNKNOWN_ID, message: mine.message }),
  '404 MESSAGE_NOT_FOUND': ({ conversation: id }) => ({ id, message: UNKNOWN_ID }),
};
const content = { content: 'New' };
const withBody = (requests: Requests): Requests =>
  Object.fromEntries(
    Object.entries(requests).map(([label, request]) => [
      label,
      async (mine: Context, other: Foreign) => ({ ...(await request(mine, other)), body: content }),
    ]),
  );
const pin: Requests = {
  '403 USER_NOT_REACHABLE': (_, { blockedDirect: id, directMessage: message }) => ({ id, message }),
  '403 CANNOT_PIN_MESSAGE': (_, { sharedConversation: id, sharedMessage }) => ({
    id,
    message: sharedMessage,
  }),
  '409 MESSAGE_DELETED': ({ conversation: id }, { deletedMessage }) => ({ id, message: deletedMessage }),
  ...ofMessage,
};
const reaction: Requests = {
  '409 MESSAGE_DELETED': ({ conversation: id }, { deletedMessage }) => ({ id, message: deletedMessage }),
  ...ofMessage,
};
const withMember = (requests: Requests): Requests =>
  Object.fromEntries(
    Object.entries(requests).map(([label, request]) => [
      label,
      async (mine: Context, other: Foreign) => ({ ...(await request(mine, other)), member: UNKNOWN_ID }),
    ]),
  );
const key = { 'idempotency-key': 'one' };
const named = { ...content, clientMessageId: 'one' };

/**
 * The first request of each operation succeeds, or would; all answers that any operation can give are tried with it.
 */
export const REQUESTS: Readonly<Record<string, Requests>> = {
  'GET /health': { '200': () => ({}) },
  'GET /health/live': { '200': () => ({}) },
  'GET /health/ready': { '200': () => ({}) },
  'GET /users/me': { '200': () => ({}), '404 USER_NOT_FOUND': orphan({}) },
  'PUT /users/me': {
    '200': () => ({ body: { displayName: 'Grace', bio: null } }),
    '404 USER_NOT_FOUND': orphan({ body: { bio: 'x' } }),
  },
  'DELETE /users/me': {
    '204': () => ({ body: { password: PASSWORD } }),
    '401 INVALID_CREDENTIALS': () => ({ body: { password: WRONG } }),
    '404 USER_NOT_FOUND': orphan({ body: { password: PASSWORD } }),
  },
  'POST /users/me/avatar': {
    '200': () => ({ body: form(PNG) }),
    '400 VALIDATION_FAILED': () => ({ body: form(PNG, 'picture') }),
    '404 USER_NOT_FOUND': orphan({ body: form(PNG) }),
    '413 PAYLOAD_TOO_LARGE': () => ({ body: form(pngOf(2_097_153)) }),
    '415 UNSUPPORTED_MEDIA_TYPE content': () => ({ body: form(Buffer.from('text')) }),
  },
  'DELETE /users/me/avatar': { '204': () => ({}), '404 USER_NOT_FOUND': orphan({}) },
  'GET /users/presence': {
    '200': ({ user: id }) => ({ query: `?ids=${id}` }),
    '400 VALIDATION_FAILED': () => ({ query: '?ids=one' }),
  },
  'GET /users': {
    '200': () => ({ query: '?search=a&limit=100' }),
    '400 CURSOR_INVALID': () => ({ query: '?search=a&cursor=x' }),
  },
  'GET /users/{id}': {
    '200': ({ user: id }) => ({ id }),
    '404 USER_NOT_FOUND': () => ({ id: UNKNOWN_ID }),
  },
  'GET /uploads/avatars/{name}': {
    '200': ({ avatar: id }) => ({ id }),
    '400 VALIDATION_FAILED': () => ({ id: '%zz' }),
    '404 ROUTE_NOT_FOUND': () => ({ id: 'x' }),
  },
  'POST /auth/signup': {
    '201': () => ({
      body: { email: `${crypto.randomUUID()}@test.example`, password: PASSWORD, displayName: 'Eve' },
    }),
    '409 EMAIL_ALREADY_USED': ({ email }) => ({ body: { email, password: PASSWORD, displayName: 'Eve' } }),
  },
  'POST /auth/login': {
    '200': ({ email }) => ({ body: { email, password: PASSWORD } }),
    '401 INVALID_CREDENTIALS': ({ email }) => ({ body: { email, password: WRONG } }),
  },
  'POST /auth/refresh': {
    '200': ({ refreshToken }) => ({ body: { refreshToken } }),
    '401 REFRESH_TOKEN_INVALID': () => ({ body: { refreshToken: 'x' } }),
    '401 REFRESH_TOKEN_REUSED': (_, { reusedToken }) => ({ body: { refreshToken: reusedToken } }),
  },
  'POST /auth/logout': { '204': () => ({}), '204 ended before': orphan({}) },
  'POST /auth/change-password': {
    '204': () => ({ body: { currentPassword: PASSWORD, newPassword: `${PASSWORD} staple` } }),
    '401 INVALID_CREDENTIALS': () => ({ body: { currentPassword: WRONG, newPassword: PASSWORD } }),
  },
  'GET /auth/sessions': { '200': () => ({}), '400 CURSOR_INVALID': () => ({ query: '?cursor=x' }) },
  'DELETE /auth/sessions/{id}': {
    '204': ({ session: id }) => ({ id }),
    '404 SESSION_NOT_FOUND': (_, { session: id }) => ({ id }),
  },
  'POST /chat/conversations': {
    '201': ({ newcomer }) => ({ body: { title: 'Title', memberIds: [newcomer] } }),
    '403 USER_NOT_REACHABLE': (_, { hermit }) => ({ body: { memberIds: [hermit] } }),
    '404 USER_NOT_FOUND': () => ({ body: { memberIds: [UNKNOWN_ID] } }),
    '409 IDEMPOTENCY_KEY_REUSED': () => ({
      body: { title: 'Other', memberIds: [] },
      headers: key,
      after: [{ body: { memberIds: [] }, headers: key }],
    }),
  },
  'GET /users/me/blocks': { '200': () => ({}), '400 CURSOR_INVALID': () => ({ query: '?cursor=x' }) },
  'PUT /users/me/blocks/{userId}': {
    '204': (_, { hermit: id }) => ({ id }),
    '400 VALIDATION_FAILED self': ({ user: id }) => ({ id }),
    '404 USER_NOT_FOUND': () => ({ id: UNKNOWN_ID }),
  },
  'DELETE /users/me/blocks/{userId}': {
    '204': (_, { user: id }) => ({ id }),
    '404 USER_NOT_FOUND': ({ newcomer: id }, { orphanToken: token }) => ({ id, token }),
  },
  'PUT /chat/conversations/direct/{userId}': {
    '201': ({ newcomer: id }) => ({ id }),
    '200': ({ user: id }) => ({ id, after: [{ id }] }),
    '403 USER_NOT_REACHABLE': (_, { hermit: id }) => ({ id }),
    '404 USER_NOT_FOUND': () => ({ id: UNKNOWN_ID }),
  },
  'GET /chat/conversations': {
    '200': () => ({}),
    '400 CURSOR_INVALID': () => ({ query: '?cursor=x' }),
  },
  'GET /chat/conversations/{id}': { '200': ({ conversation: id }) => ({ id }), ...conversation },
  'PATCH /chat/conversations/{id}': {
    '200': ({ conversation: id }) => ({ id, body: { title: null, metadata: { a: [1] }, adding: 'all' } }),
    '400 VALIDATION_FAILED nothing': ({ conversation: id }) => ({ id, body: {} }),
    '400 VALIDATION_FAILED metadata': ({ conversation: id }) => ({ id, body: { metadata: { a: '\0' } } }),
    '403 NOT_CONVERSATION_MEMBER': (_, { conversation: id }) => ({ id, body: { title: 'New' } }),
    '403 CANNOT_CHANGE_CONVERSATION': (_, { sharedConversation: id }) => ({ id, body: { title: 'New' } }),
    '404 CONVERSATION_NOT_FOUND': () => ({ id: UNKNOWN_ID, body: { title: 'New' } }),
    '403 USER_NOT_REACHABLE': (_, { blockedDirect: id }) => ({ id, body: { metadata: { a: 1 } } }),
    '409 DIRECT_CONVERSATION': (_, { blockedDirect: id }) => ({ id, body: { title: 'New' } }),
    '409 THREAD_NOT_ALLOWED': ({ thread: id }) => ({ id, body: { title: 'New' } }),
  },
  'DELETE /chat/conversations/{id}': {
    '204': ({ conversation: id }) => ({ id }),
    '403 CANNOT_DELETE_CONVERSATION': (_, { sharedConversation: id }) => ({ id }),
    '409 DIRECT_CONVERSATION': (_, { blockedDirect: id }) => ({ id }),
    '409 THREAD_NOT_ALLOWED': ({ thread: id }) => ({ id }),
    ...conversation,
  },
  'GET /chat/conversations/{id}/members': {
    '200': ({ conversation: id }) => ({ id, query: '?limit=1' }),
    '400 CURSOR_INVALID': ({ conversation: id }) => ({ id, query: '?cursor=x' }),
    ...conversation,
  },
  'POST /chat/conversations/{id}/members': {
    '201': ({ conversation: id, newcomer }) => ({ id, body: { userId: newcomer } }),
    '403 NOT_CONVERSATION_MEMBER': ({ newcomer }, { conversation: id }) => ({
      id,
      body: { userId: newcomer },
    }),
    '403 CANNOT_ADD_MEMBER': ({ newcomer }, { sharedConversation: id }) => ({
      id,
      body: { userId: newcomer },
    }),
    '403 USER_NOT_REACHABLE': ({ conversation: id }, { hermit }) => ({ id, body: { userId: hermit } }),
    '404 CONVERSATION_NOT_FOUND': ({ newcomer }) => ({ id: UNKNOWN_ID, body: { userId: newcomer } }),
    '404 USER_NOT_FOUND': ({ conversation: id }) => ({ id, body: { userId: UNKNOWN_ID } }),
    '403 MEMBER_BANNED': ({ conversation: id }, { banned: userId }) => ({ id, body: { userId } }),
    '409 ALREADY_CONVERSATION_MEMBER': ({ conversation: id, user }) => ({ id, body: { userId: user } }),
    '409 CONVERSATION_FULL': ({ newcomer }, { fullConversation: id }) => ({
      id,
      body: { userId: newcomer },
    }),
    '409 DIRECT_CONVERSATION': ({ newcomer }, { blockedDirect: id }) => ({
      id,
      body: { userId: newcomer },
    }),
    '409 THREAD_NOT_ALLOWED': ({ thread: id, newcomer }) => ({
      id,
      body: { userId: newcomer },
    }),
  },
  'GET /chat/conversations/{id}/bans': {
    '200': ({ conversation: id }) => ({ id, query: '?limit=1' }),
    '400 CURSOR_INVALID': ({ conversation: id }) => ({ id, query: '?cursor=x' }),
    '403 CANNOT_REMOVE_MEMBER': (_, { sharedConversation: id }) => ({ id }),
    '409 THREAD_NOT_ALLOWED': ({ thread: id }) => ({ id }),
    ...conversation,
  },
  'PUT /chat/conversations/{id}/bans/{userId}': {
    '204': ({ conversation: id, newcomer: member }) => ({
      id,
      member,
      body: { until: '9999-12-31T23:59:59.999Z', reason: 'Advertising' },
    }),
    '400 VALIDATION_FAILED until': ({ conversation: id, newcomer: member }) => ({
      id,
      member,
      body: { until: '2026-01-31T12:00:00Z' },
    }),
    '403 NOT_CONVERSATION_MEMBER': ({ newcomer: member }, { conversation: id }) => ({ id, member, body: {} }),
    '403 CANNOT_REMOVE_MEMBER': ({ newcomer: member }, { sharedConversation: id }) => ({
      id,
      member,
      body: {},
    }),
    '404 CONVERSATION_NOT_FOUND': ({ newcomer: member }) => ({ id: UNKNOWN_ID, member, body: {} }),
    '404 USER_NOT_FOUND': ({ conversation: id }) => ({ id, member: UNKNOWN_ID, body: {} }),
    '409 DIRECT_CONVERSATION': ({ newcomer: member }, { blockedDirect: id }) => ({ id, member, body: {} }),
    '409 THREAD_NOT_ALLOWED': ({ thread: id, newcomer: member }) => ({ id, member, body: {} }),
  },
  'DELETE /chat/conversations/{id}/bans/{userId}': {
    '204': ({ conversation: id, newcomer: member }) => ({ id, member }),
    '403 NOT_CONVERSATION_MEMBER': ({ newcomer: member }, { conversation: id }) => ({ id, member }),
    '403 CANNOT_REMOVE_MEMBER': ({ newcomer: member }, { sharedConversation: id }) => ({ id, member }),
    '404 CONVERSATION_NOT_FOUND': ({ newcomer: member }) => ({ id: UNKNOWN_ID, member }),
    '409 DIRECT_CONVERSATION': ({ newcomer: member }, { blockedDirect: id }) => ({ id, member }),
    '409 THREAD_NOT_ALLOWED': ({ thread: id, newcomer: member }) => ({ id, member }),
  },
  'GET /chat/conversations/{id}/invites': {
    '200': ({ conversation: id }) => ({ id }),
    '403 CANNOT_ADD_MEMBER': (_, { sharedConversation: id }) => ({ id }),
    '409 THREAD_NOT_ALLOWED': ({ thread: id }) => ({ id }),
    ...conversation,
  },
  'POST /chat/conversations/{id}/invites': {
    '201': ({ conversation: id }) => ({
      id,
      body: { expiresInSeconds: 2_592_000, maxUses: 5_000, history: 'none' },
    }),
    '201 defaults': ({ conversation: id }) => ({ id, body: {} }),
    '400 VALIDATION_FAILED time': ({ conversation: id }) => ({ id, body: { expiresInSeconds: 2_592_001 } }),
    '400 VALIDATION_FAILED uses': ({ conversation: id }) => ({ id, body: { maxUses: 0 } }),
    '403 NOT_CONVERSATION_MEMBER': (_, { conversation: id }) => ({ id, body: {} }),
    '403 CANNOT_ADD_MEMBER': (_, { sharedConversation: id }) => ({ id, body: {} }),
    '404 CONVERSATION_NOT_FOUND': () => ({ id: UNKNOWN_ID, body: {} }),
    '409 DIRECT_CONVERSATION': (_, { blockedDirect: id }) => ({ id, body: {} }),
    '409 THREAD_NOT_ALLOWED': ({ thread: id }) => ({ id, body: {} }),
    '409 TOO_MANY_INVITES': (_, { fullConversation: id }) => ({ id, body: {} }),
  },
  'DELETE /chat/conversations/{id}/invites/{inviteId}': {
    '204': ({ conversation: id }) => ({ id, member: UNKNOWN_ID }),
    '403 NOT_CONVERSATION_MEMBER': (_, { conversation: id }) => ({ id, member: UNKNOWN_ID }),
    '403 CANNOT_ADD_MEMBER': (_, { sharedConversation: id }) => ({ id, member: UNKNOWN_ID }),
    '404 CONVERSATION_NOT_FOUND': () => ({ id: UNKNOWN_ID, member: UNKNOWN_ID }),
    '409 DIRECT_CONVERSATION': (_, { blockedDirect: id }) => ({ id, member: UNKNOWN_ID }),
    '409 THREAD_NOT_ALLOWED': ({ thread: id }) => ({ id, member: UNKNOWN_ID }),
  },
  'GET /chat/invites/{token}': {
    '200': (_, { inviteToken: id }) => ({ id }),
    '403 MEMBER_BANNED': (_, { banningToken: id }) => ({ id }),
    '404 INVITE_NOT_FOUND': () => ({ id: UNKNOWN_TOKEN }),
  },
  'POST /chat/invites/{token}/join': {
    '200': (_, { inviteToken: id }) => ({ id }),
    '200 again': (_, { inviteToken: id }) => ({ id, after: [{ id }] }),
    '403 MEMBER_BANNED': (_, { banningToken: id }) => ({ id }),
    '404 INVITE_NOT_FOUND': () => ({ id: UNKNOWN_TOKEN }),
    '404 USER_NOT_FOUND': (_, { inviteToken: id, orphanToken }) => ({ id, token: orphanToken }),
    '409 CONVERSATION_FULL': (_, { fullToken: id }) => ({ id }),
  },
  'PATCH /chat/conversations/{id}/members/{userId}': {
    '200': ({ conversation: id, user: member }) => ({ id, member, body: { role: 'owner' } }),
    '400 VALIDATION_FAILED role': ({ conversation: id, user: member }) => ({
      id,
      member,
      body: { role: 'king' },
    }),
    '403 NOT_CONVERSATION_MEMBER': ({ user: member }, { conversation: id }) => ({
      id,
      member,
      body: { role: 'admin' },
    }),
    '403 CANNOT_CHANGE_ROLE': ({ user: member }, { sharedConversation: id }) => ({
      id,
      member,
      body: { role: 'admin' },
    }),
    '404 CONVERSATION_NOT_FOUND': ({ user: member }) => ({ id: UNKNOWN_ID, member, body: { role: 'admin' } }),
    '404 MEMBER_NOT_FOUND': ({ conversation: id, newcomer: member }) => ({
      id,
      member,
      body: { role: 'admin' },
    }),
    '409 DIRECT_CONVERSATION': ({ user: member }, { blockedDirect: id }) => ({
      id,
      member,
      body: { role: 'admin' },
    }),
    '409 THREAD_NOT_ALLOWED': ({ thread: id, user: member }) => ({
      id,
      member,
      body: { role: 'admin' },
    }),
  },
  'DELETE /chat/conversations/{id}/members/{userId}': {
    '204': ({ conversation: id, user: member }) => ({ id, member }),
    '403 NOT_CONVERSATION_MEMBER': ({ user: member }, { conversation: id }) => ({ id, member }),
    '403 CANNOT_REMOVE_MEMBER': ({ newcomer: member }, { sharedConversation: id }) => ({ id, member }),
    '404 CONVERSATION_NOT_FOUND': ({ user: member }) => ({ id: UNKNOWN_ID, member }),
    '404 MEMBER_NOT_FOUND': ({ newcomer: member }, { fullConversation: id }) => ({ id, member }),
    '409 DIRECT_CONVERSATION': ({ user: member }, { blockedDirect: id }) => ({ id, member }),
    '409 THREAD_NOT_ALLOWED': ({ thread: id, user: member }) => ({ id, member }),
  },
  'PATCH /chat/conversations/{id}/me': {
    '200': ({ conversation: id }) => ({ id, body: { notify: 'none', mutedUntil: null, lastReadSeq: 0 } }),
    '403 NOT_CONVERSATION_MEMBER': (_, { conversation: id }) => ({ id, body: { pinned: true } }),
    '404 CONVERSATION_NOT_FOUND': () => ({ id: UNKNOWN_ID, body: { archived: false } }),
    '409 THREAD_NOT_ALLOWED': ({ thread: id }) => ({ id, body: { pinned: true } }),
  },
  'POST /chat/conversations/{id}/clear': {
    '204': ({ conversation: id }) => ({ id }),
    '409 THREAD_NOT_ALLOWED': ({ thread: id }) => ({ id }),
    ...conversation,
  },
  'GET /chat/conversations/{id}/messages/{messageId}/readers': {
    '200': ({ conversation: id, message }) => ({ id, message, query: '?limit=1' }),
    '400 CURSOR_INVALID': ({ conversation: id, message }) => ({ id, message, query: '?cursor=x' }),
    '404 MESSAGE_NOT_FOUND': ({ conversation: id }) => ({ id, message: UNKNOWN_ID }),
    ...conversation,
  },
  'GET /chat/conversations/{id}/messages/{messageId}': {
    '200': ({ conversation: id, message }) => ({ id, message }),
    ...ofMessage,
  },
  'PATCH /chat/conversations/{id}/messages/{messageId}': {
    '200': ({ conversation: id, message: one }) => ({
      id,
      message: one,
      body: { ...content, expectedRev: 1 },
    }),
    '403 NOT_MESSAGE_AUTHOR': (_, { sharedConversation: id, sharedMessage }) => ({
      id,
      message: sharedMessage,
      body: content,
    }),
    '403 EDIT_WINDOW_CLOSED': ({ conversation: id }, { oldMessage }) => ({
      id,
      message: oldMessage,
      body: content,
    }),
    '403 POSTING_RESTRICTED': (_, { announcements: id, announcedMessage }) => ({
      id,
      message: announcedMessage,
      body: content,
    }),
    '403 USER_NOT_REACHABLE': (_, { blockedDirect: id, directMessage }) => ({
      id,
      message: directMessage,
      body: content,
    }),
    '403 CANNOT_MENTION_ALL': (_, { sharedConversation: id, ownSharedMessage }) => ({
      id,
      message: ownSharedMessage,
      body: { mentionsAll: true },
    }),
    '409 MESSAGE_DELETED': ({ conversation: id }, { deletedMessage }) => ({
      id,
      message: deletedMessage,
      body: content,
    }),
    '409 MESSAGE_CHANGED': ({ conversation: id, message: one }) => ({
      id,
      message: one,
      body: { ...content, expectedRev: 99 },
    }),
    ...withBody(ofMessage),
  },
  'DELETE /chat/conversations/{id}/messages/{messageId}': {
    '204': ({ conversation: id, message: one }) => ({ id, message: one }),
    '403 CANNOT_DELETE_MESSAGE': (_, { sharedConversation: id, sharedMessage }) => ({
      id,
      message: sharedMessage,
    }),
    ...ofMessage,
  },
  'GET /chat/conversations/{id}/messages/{messageId}/versions': {
    '200': ({ conversation: id, message: one }) => ({ id, message: one, query: '?limit=1' }),
    '400 CURSOR_INVALID': ({ conversation: id, message: one }) => ({ id, message: one, query: '?cursor=x' }),
    '403 NOT_MESSAGE_AUTHOR': (_, { sharedConversation: id, sharedMessage }) => ({
      id,
      message: sharedMessage,
    }),
    ...ofMessage,
  },
  'GET /chat/conversations/{id}/pins': {
    '200': ({ conversation: id }) => ({ id, query: '?limit=1' }),
    '400 CURSOR_INVALID': ({ conversation: id }) => ({ id, query: '?cursor=x' }),
    ...conversation,
  },
  'PUT /chat/conversations/{id}/messages/{messageId}/pin': {
    '200': ({ conversation: id, message: one }) => ({ id, message: one }),
    '409 TOO_MANY_PINS': (_, { fullConversation: id, fullMessage }) => ({ id, message: fullMessage }),
    ...pin,
  },
  'DELETE /chat/conversations/{id}/messages/{messageId}/pin': {
    '200': ({ conversation: id, message: one }) => ({ id, message: one }),
    ...pin,
  },
  'PUT /chat/conversations/{id}/messages/{messageId}/thread': {
    '201': ({ conversation: id }, { oldMessage }) => ({ id, message: oldMessage }),
    '200': ({ conversation: id, message: one }) => ({ id, message: one, after: [{ id, message: one }] }),
    '403 POSTING_RESTRICTED': (_, { announcements: id, announcedMessage }) => ({
      id,
      message: announcedMessage,
    }),
    '409 THREAD_NOT_ALLOWED': ({ conversation: id }, { deletedMessage }) => ({ id, message: deletedMessage }),
    ...ofMessage,
  },
  'GET /chat/conversations/{id}/threads': {
    '200': ({ conversation: id }) => ({ id, query: '?limit=1' }),
    '400 CURSOR_INVALID': ({ conversation: id }) => ({ id, query: '?cursor=x' }),
    ...conversation,
  },
  'PUT /chat/conversations/{id}/follow': { '204': ({ thread: id }) => ({ id }), ...ofThread },
  'DELETE /chat/conversations/{id}/follow': { '204': ({ thread: id }) => ({ id }), ...ofThread },
  'GET /chat/threads': {
    '200': () => ({ query: '?limit=1&unread=true' }),
    '400 CURSOR_INVALID': () => ({ query: '?cursor=x' }),
  },
  'GET /chat/mentions': {
    '200': () => ({ query: '?limit=1' }),
    '400 CURSOR_INVALID': () => ({ query: '?cursor=x' }),
  },
  'GET /chat/conversations/{id}/messages/{messageId}/reactions': {
    '200': ({ conversation: id, message: one }) => ({ id, message: one, query: '?limit=1&emoji=👍' }),
    '400 CURSOR_INVALID': ({ conversation: id, message: one }) => ({ id, message: one, query: '?cursor=x' }),
    ...ofMessage,
  },
  'PUT /chat/conversations/{id}/messages/{messageId}/reactions/{emoji}': {
    '200': ({ conversation: id, message: one }) => ({ id, message: one }),
    '403 POSTING_RESTRICTED': (_, { announcements: id, announcedMessage }) => ({
      id,
      message: announcedMessage,
    }),
    '403 USER_NOT_REACHABLE': (_, { blockedDirect: id, directMessage }) => ({ id, message: directMessage }),
    '409 TOO_MANY_REACTIONS': (_, { fullConversation: id, fullMessage }) => ({ id, message: fullMessage }),
    ...reaction,
  },
  'DELETE /chat/conversations/{id}/messages/{messageId}/reactions/{emoji}': {
    '200': ({ conversation: id, message: one }) => ({ id, message: one }),
    ...reaction,
  },
  'DELETE /chat/conversations/{id}/messages/{messageId}/reactions/{emoji}/{userId}': {
    '204': ({ conversation: id, message: one }) => ({ id, message: one, member: UNKNOWN_ID }),
    '403 CANNOT_REMOVE_REACTION': (_, { sharedConversation: id, sharedMessage }) => ({
      id,
      message: sharedMessage,
      member: UNKNOWN_ID,
    }),
    ...withMember(reaction),
  },
  'GET /chat/unread': { '200': () => ({}), '200 exact': () => ({ query: '?exact=true' }) },
  'GET /chat/conversations/{id}/messages': {
    '200': ({ conversation: id }) => ({ id, query: '?page=1&limit=1' }),
    ...conversation,
  },
  'GET /chat/conversations/{id}/messages/window': {
    '200': ({ conversation: id }) => ({ id, query: '?around=1' }),
    '200 before': ({ conversation: id }) => ({ id, query: '?before=1&limit=1' }),
    '200 events': ({ conversation: id }) => ({ id, query: '?around=1&events=true' }),
    '403 NOT_CONVERSATION_MEMBER': (_, { conversation: id }) => ({ id, query: '?around=1' }),
    '404 CONVERSATION_NOT_FOUND': () => ({ id: UNKNOWN_ID, query: '?after=1' }),
    '400 VALIDATION_FAILED none': ({ conversation: id }) => ({ id }),
    '400 VALIDATION_FAILED two': ({ conversation: id }) => ({ id, query: '?before=1&after=1' }),
  },
  'GET /chat/conversations/{id}/changes': {
    '200': ({ conversation: id }) => ({ id }),
    '200 events': ({ conversation: id }) => ({ id, query: '?events=true' }),
    '200 reads': ({ conversation: id }) => ({ id, query: '?reads=true' }),
    '400 CURSOR_INVALID': ({ conversation: id }) => ({ id, query: '?since=1000000' }),
    ...conversation,
  },
  'POST /chat/changes': {
    '200': ({ conversation: id }) => ({ body: { since: { [id]: 0, [UNKNOWN_ID]: 1 } } }),
    '200 beyond': ({ conversation: id }) => ({ body: { since: { [id]: 1_000_000 } } }),
    '400 CURSOR_INVALID': ({ conversation: id }) => ({ body: { since: { [id]: 0 }, epoch: 'another' } }),
    '400 VALIDATION_FAILED': () => ({ body: { since: { ['no id']: 0 } } }),
  },
  'POST /chat/conversations/{id}/messages': {
    '201': ({ conversation: id }) => ({ id, body: content }),
    '200': ({ conversation: id }) => ({ id, body: named, after: [{ id, body: named }] }),
    '403 NOT_CONVERSATION_MEMBER': (_, { conversation: id }) => ({ id, body: content }),
    '404 CONVERSATION_NOT_FOUND': () => ({ id: UNKNOWN_ID, body: content }),
    '409 CLIENT_MESSAGE_ID_REUSED': ({ conversation: id }) => ({
      id,
      body: { ...named, content: 'Other' },
      after: [{ id, body: named }],
    }),
    '403 POSTING_RESTRICTED': (_, { announcements: id }) => ({ id, body: content }),
    '403 USER_NOT_REACHABLE': (_, { blockedDirect: id }) => ({ id, body: content }),
    '403 CANNOT_MENTION_ALL': (_, { sharedConversation: id }) => ({
      id,
      body: { ...content, mentionsAll: true },
    }),
    '404 MESSAGE_NOT_FOUND': ({ conversation: id }) => ({ id, body: { ...content, replyToId: UNKNOWN_ID } }),
    '429 SLOW_MODE': (_, { slowConversation: id }) => ({ id, body: content, after: [{ id, body: content }] }),
  },
  'GET /posts': { '200': () => ({}) },
  'POST /posts': {
    '201': () => ({ body: { title: 'Title', content: 'Content' } }),
    '409 IDEMPOTENCY_KEY_REUSED': () => ({
      body: { title: 'Other', content: 'Content' },
      headers: key,
      after: [{ body: { title: 'Title', content: 'Content' }, headers: key }],
    }),
  },
  'GET /posts/{id}': {
    '200': ({ post: id }) => ({ id }),
    '403 FORBIDDEN_POST_ACCESS': (_, { post: id }) => ({ id }),
    '404 POST_NOT_FOUND': () => ({ id: UNKNOWN_ID }),
  },
  'PATCH /posts/{id}': {
    '200': ({ post: id }) => ({ id, body: { title: 'New' } }),
    '403 FORBIDDEN_POST_ACCESS': (_, { post: id }) => ({ id, body: { title: 'New' } }),
    '404 POST_NOT_FOUND': () => ({ id: UNKNOWN_ID, body: { title: 'New' } }),
  },
  'DELETE /posts/{id}': {
    '204': ({ post: id }) => ({ id }),
    '403 FORBIDDEN_POST_ACCESS': (_, { post: id }) => ({ id }),
    '404 POST_NOT_FOUND': () => ({ id: UNKNOWN_ID }),
  },
};
