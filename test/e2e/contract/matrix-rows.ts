import { PNG } from '../../fakes/avatar-images.js';
import { form } from '../../fakes/avatar-client.js';
import { bearer, type Cells, open, optional } from './expectations.js';
import { UNKNOWN_ID } from '../http/support.js';
import { type Belongings, PASSWORD } from './world.js';

/** The data of the caller that a row needs. */
export interface Caller {
  /** The data of the caller's account. */
  readonly own: Belongings;
  /** A user who is a member of no conversation of the others. */
  readonly bystander: Belongings;
  /** A refresh token of the caller. */
  readonly refreshToken: string;
  /** A cursor of the requested list, as its owner received it. */
  readonly cursor: string;
}

interface Sent {
  /** Goes into the path behind the id. */
  readonly member?: string;
  /** The id in the path. */
  readonly id?: string;
  /** The id of a message in the path, after the other one. */
  readonly message?: string;
  readonly query?: string;
  readonly body?: object;
}

export interface Row {
  readonly expect: Cells;
  /** The request, for the id of a cell. */
  readonly send?: (of: Belongings, caller: Caller) => Sent;
  /** Whether the answer may show names and public posts of others. */
  readonly showsPeople?: true;
  /** Whether the body says whose data is requested, and proves the right to it. */
  readonly byBody?: true;
  /** Whether it ends sessions: each cell then has a session of its own. */
  readonly ownLogin?: true;
}

const user = ({ user: id }: Belongings): Sent => ({ id });
const conversation = ({ conversation: id }: Belongings): Sent => ({ id });
const message = ({ conversation: id, message: one }: Belongings): Sent => ({ id, message: one });
const thread = ({ thread: id }: Belongings): Sent => ({ id });
const privatePost = ({ privatePost: id }: Belongings): Sent => ({ id });
const cursor = (_: Belongings, caller: Caller): Sent => ({ query: `?cursor=${caller.cursor}` });
const invite = ({ invite: id }: Belongings): Sent => ({ id });
const BAD = { malformed: '400 VALIDATION_FAILED' };

/**
 * Answers for the `other` conversation: the stranger is no member, the member is one, the owner requests that of
 * another user.
 */
const others = (member: string) => ({
  stranger: '403 NOT_CONVERSATION_MEMBER',
  member,
  owner: '403 NOT_CONVERSATION_MEMBER',
});
const CONVERSATION = { unknown: '404 CONVERSATION_NOT_FOUND', ...BAD };
const POST = { unknown: '404 POST_NOT_FOUND', ...BAD };
const NO_INVITE = {
  unknown: '404 INVITE_NOT_FOUND',
  malformed: '404 INVITE_NOT_FOUND',
  deleted: '404 INVITE_NOT_FOUND',
};
const NOT_YOURS = '403 FORBIDDEN_POST_ACCESS';
const NO_MEMBER = { unknown: '404 MEMBER_NOT_FOUND', deleted: '404 MEMBER_NOT_FOUND', ...BAD };
const NO_USER = { unknown: '404 USER_NOT_FOUND', deleted: '404 USER_NOT_FOUND', ...BAD };

/** The order is: rows that read, rows that write, rows that end sessions. After `|` follows the kind of the id. */
export const ROWS: Readonly<Record<string, Row>> = {
  'GET /health': { expect: open({ own: '200' }) },
  'GET /health/live': { expect: open({ own: '200' }) },
  'GET /health/ready': { expect: open({ own: '200' }) },
  'GET /users/me': { expect: bearer({ own: '200' }) },
  'GET /users/presence': {
    // Everybody is answered for anybody; what is shown of strangers is compared in test/e2e/ws/presence.e2e.spec.ts.
    expect: bearer({ own: '200', other: '200', unknown: '200', ...BAD }),
    send: (of) => ({ query: `?ids=${of.user}` }),
  },
  'GET /users': {
    expect: bearer({ own: '200', other: '200', malformed: '400 CURSOR_INVALID' }),
    send: (_, caller) => ({ query: `?search=canary&cursor=${caller.cursor}` }),
    showsPeople: true,
  },
  'GET /users/{id}': {
    expect: open({ own: '200', other: '200', ...NO_USER }, { 'deleted × own': '404 USER_NOT_FOUND' }),
    send: user,
    showsPeople: true,
  },
  'GET /uploads/avatars/{name}': {
    expect: open(
      { own: '200', other: '200', unknown: '404 ROUTE_NOT_FOUND', malformed: '404 ROUTE_NOT_FOUND' },
      { 'deleted × own': '404 ROUTE_NOT_FOUND' },
    ),
    send: ({ avatar }) => ({ id: avatar }),
  },
  'GET /auth/sessions': { expect: bearer({ own: '200' }) },
  'GET /chat/conversations': {
    expect: bearer({ own: '200', other: '200', malformed: '400 CURSOR_INVALID' }),
    send: cursor,
    showsPeople: true,
  },
  'GET /chat/conversations/{id}': {
    expect: bearer({ own: '200', other: others('200'), ...CONVERSATION }),
    send: conversation,
    showsPeople: true,
  },
  'GET /chat/conversations/{id}/members': {
    expect: bearer({ own: '200', other: others('200'), ...CONVERSATION }),
    send: conversation,
    showsPeople: true,
  },
  'GET /chat/conversations/{id}/messages': {
    expect: bearer({ own: '200', other: others('200'), ...CONVERSATION }),
    send: conversation,
    showsPeople: true,
  },
  'GET /chat/conversations/{id}/messages/window': {
    expect: bearer({ own: '200', other: others('200'), ...CONVERSATION }),
    send: (of) => ({ ...conversation(of), query: '?around=1' }),
    showsPeople: true,
  },
  'GET /chat/conversations/{id}/changes': {
    expect: bearer({ own: '200', other: others('200'), ...CONVERSATION }),
    send: conversation,
    showsPeople: true,
  },
  'GET /chat/conversations/{id}/messages/{messageId}/readers': {
    expect: bearer({ own: '200', other: others('200'), ...CONVERSATION }),
    send: message,
    showsPeople: true,
  },
  'GET /chat/conversations/{id}/messages/{messageId}': {
    expect: bearer({ own: '200', other: others('200'), ...CONVERSATION }),
    send: message,
    showsPeople: true,
  },
  'GET /chat/conversations/{id}/messages/{messageId}/versions': {
    expect: bearer({ own: '200', other: others('403 NOT_MESSAGE_AUTHOR'), ...CONVERSATION }),
    send: message,
  },
  'GET /chat/conversations/{id}/messages/{messageId}/reactions': {
    expect: bearer({ own: '200', other: others('200'), ...CONVERSATION }),
    send: message,
  },
  'GET /chat/conversations/{id}/pins': {
    expect: bearer({ own: '200', other: others('200'), ...CONVERSATION }),
    send: conversation,
    showsPeople: true,
  },
  'GET /chat/conversations/{id}/threads': {
    expect: bearer({ own: '200', other: others('200'), ...CONVERSATION }),
    send: conversation,
    showsPeople: true,
  },
  'POST /chat/changes': {
    expect: bearer({ own: '200', other: '200', unknown: '200', ...BAD }),
    send: ({ conversation: id }) => ({ body: { since: { [id]: 0 } } }),
    showsPeople: true,
  },
  'GET /chat/threads': { expect: bearer({ own: '200' }), showsPeople: true },
  'GET /chat/unread': { expect: bearer({ own: '200' }) },
  'GET /chat/mentions': { expect: bearer({ own: '200' }), showsPeople: true },
  'GET /posts': { expect: open({ own: '200' }), showsPeople: true },
  'GET /posts/{id}': {
    expect: {
      ...optional({ own: '200', other: NOT_YOURS, ...POST }, { own: NOT_YOURS, other: NOT_YOURS, ...POST }),
      // The avatar was deleted with its account.
      'deleted × own': '404 POST_NOT_FOUND',
    },
    send: privatePost,
    showsPeople: true,
  },
  'GET /posts/{id} | a public one': {
    expect: open({ own: '200', other: '200' }),
    send: ({ publicPost: id }) => ({ id }),
    showsPeople: true,
  },

  'PUT /users/me': { expect: bearer({ own: '200' }), send: () => ({ body: { bio: 'Changed.' } }) },
  'POST /users/me/avatar': { expect: bearer({ own: '200' }), send: () => ({ body: form(PNG) }) },
  'DELETE /users/me/avatar': { expect: bearer({ own: '204' }) },
  'POST /posts': {
    expect: bearer({ own: '201' }),
    send: () => ({ body: { title: 'New', content: 'New' } }),
    showsPeople: true,
  },
  'PATCH /posts/{id}': {
    expect: bearer({ own: '200', other: NOT_YOURS, ...POST }),
    send: ({ privatePost: id }) => ({ id, body: { visibility: 'private' } }),
    showsPeople: true,
  },
  'PATCH /posts/{id} | a public one': {
    expect: bearer({ own: '200', other: NOT_YOURS }),
    send: ({ publicPost: id }) => ({ id, body: { visibility: 'public' } }),
    showsPeople: true,
  },
  'DELETE /posts/{id}': { expect: bearer({ own: '204', other: NOT_YOURS, ...POST }), send: privatePost },
  'DELETE /posts/{id} | a public one': {
    expect: bearer({ own: '204', other: NOT_YOURS }),
    send: ({ publicPost: id }) => ({ id }),
  },
  'PUT /chat/conversations/{id}/messages/{messageId}/reactions/{emoji}': {
    expect: bearer({ own: '200', other: others('200'), ...CONVERSATION }),
    send: message,
    showsPeople: true,
  },
  'DELETE /chat/conversations/{id}/messages/{messageId}/reactions/{emoji}': {
    expect: bearer({ own: '200', other: others('200'), ...CONVERSATION }),
    send: message,
    showsPeople: true,
  },
  'DELETE /chat/conversations/{id}/messages/{messageId}/reactions/{emoji}/{userId}': {
    expect: bearer({ own: '204', other: others('403 CANNOT_REMOVE_REACTION'), ...CONVERSATION }),
    send: (of) => ({ ...message(of), member: UNKNOWN_ID }),
  },
  'PUT /chat/conversations/{id}/messages/{messageId}/pin': {
    expect: bearer({ own: '200', other: others('403 CANNOT_PIN_MESSAGE'), ...CONVERSATION }),
    send: message,
    showsPeople: true,
  },
  'DELETE /chat/conversations/{id}/messages/{messageId}/pin': {
    expect: bearer({ own: '200', other: others('403 CANNOT_PIN_MESSAGE'), ...CONVERSATION }),
    send: message,
    showsPeople: true,
  },
  'PUT /chat/conversations/{id}/messages/{messageId}/thread': {
    expect: bearer({ own: '200', other: others('200'), ...CONVERSATION }),
    send: message,
    showsPeople: true,
  },
  'PATCH /chat/conversations/{id}/messages/{messageId}': {
    expect: bearer({ own: '200', other: others('403 NOT_MESSAGE_AUTHOR'), ...CONVERSATION }),
    send: (of) => ({ ...message(of), body: { content: 'New' } }),
    showsPeople: true,
  },
  'DELETE /chat/conversations/{id}/messages/{messageId}': {
    expect: bearer({ own: '204', other: others('403 CANNOT_DELETE_MESSAGE'), ...CONVERSATION }),
    send: message,
  },
  'PUT /chat/conversations/{id}/follow': {
    expect: bearer({ own: '204', other: others('204'), ...CONVERSATION }),
    send: thread,
  },
  'DELETE /chat/conversations/{id}/follow': {
    expect: bearer({ own: '204', other: others('204'), ...CONVERSATION }),
    send: thread,
  },
  'PATCH /chat/conversations/{id}/me': {
    expect: bearer({ own: '200', other: others('200'), ...CONVERSATION }),
    send: ({ conversation: id }) => ({ id, body: { pinned: true } }),
  },
  'POST /chat/conversations/{id}/clear': {
    expect: bearer({ own: '204', other: others('204'), ...CONVERSATION }),
    send: conversation,
  },
  'POST /chat/conversations/{id}/messages': {
    expect: bearer({ own: '201', other: others('201'), ...CONVERSATION }),
    send: ({ conversation: id }) => ({ id, body: { content: 'New' } }),
    showsPeople: true,
  },
  'POST /chat/conversations/{id}/members': {
    expect: bearer({ own: '201', other: others('403 CANNOT_ADD_MEMBER'), ...CONVERSATION }),
    send: ({ conversation: id }, { bystander }) => ({ id, body: { userId: bystander.user } }),
    showsPeople: true,
  },
  'POST /chat/conversations/{id}/members | of a user': {
    expect: bearer({ own: '409 ALREADY_CONVERSATION_MEMBER', other: '201', ...NO_USER }),
    send: (of, { own }) => ({ id: own.conversation, body: { userId: of.user } }),
    showsPeople: true,
  },
  'PATCH /chat/conversations/{id}': {
    expect: bearer({ own: '200', other: others('403 CANNOT_CHANGE_CONVERSATION'), ...CONVERSATION }),
    send: ({ conversation: id }) => ({ id, body: { metadata: { colour: 'blue' } } }),
    showsPeople: true,
  },
  'PATCH /chat/conversations/{id}/members/{userId}': {
    expect: bearer({ own: '200', other: others('403 CANNOT_CHANGE_ROLE'), ...CONVERSATION }),
    send: ({ conversation: id }, { bystander }) => ({ id, member: bystander.user, body: { role: 'admin' } }),
    showsPeople: true,
  },
  'PATCH /chat/conversations/{id}/members/{userId} | of a user': {
    expect: bearer({ own: '403 CANNOT_CHANGE_ROLE', other: '200', ...NO_MEMBER }),
    send: (of, { own }) => ({ id: own.conversation, member: of.user, body: { role: 'member' } }),
    showsPeople: true,
  },
  'PUT /chat/conversations/{id}/bans/{userId}': {
    expect: bearer({ own: '204', other: others('403 CANNOT_REMOVE_MEMBER'), ...CONVERSATION }),
    send: ({ conversation: id }, { bystander }) => ({ id, member: bystander.user, body: {} }),
  },
  'GET /chat/conversations/{id}/bans': {
    expect: bearer({ own: '200', other: others('403 CANNOT_REMOVE_MEMBER'), ...CONVERSATION }),
    send: conversation,
    showsPeople: true,
  },
  'DELETE /chat/conversations/{id}/bans/{userId}': {
    expect: bearer({ own: '204', other: others('403 CANNOT_REMOVE_MEMBER'), ...CONVERSATION }),
    send: ({ conversation: id }, { bystander }) => ({ id, member: bystander.user }),
  },
  'POST /chat/conversations/{id}/members | after a ban': {
    expect: bearer({ own: '201', other: others('403 CANNOT_ADD_MEMBER') }),
    send: ({ conversation: id }, { bystander }) => ({ id, body: { userId: bystander.user } }),
    showsPeople: true,
  },
  'GET /chat/conversations/{id}/invites': {
    expect: bearer({ own: '200', other: others('403 CANNOT_ADD_MEMBER'), ...CONVERSATION }),
    send: conversation,
  },
  'POST /chat/conversations/{id}/invites': {
    expect: bearer({ own: '201', other: others('403 CANNOT_ADD_MEMBER'), ...CONVERSATION }),
    send: ({ conversation: id }) => ({ id, body: {} }),
  },
  'DELETE /chat/conversations/{id}/invites/{inviteId}': {
    expect: bearer({ own: '204', other: others('403 CANNOT_ADD_MEMBER'), ...CONVERSATION }),
    send: ({ conversation: id }) => ({ id, member: UNKNOWN_ID }),
  },
  'GET /chat/invites/{token}': { expect: bearer({ own: '200', other: '200', ...NO_INVITE }), send: invite },
  'POST /chat/invites/{token}/join': {
    expect: bearer({ own: '200', other: '200', ...NO_INVITE }),
    send: invite,
  },
  'DELETE /chat/conversations/{id}/members/{userId}': {
    expect: bearer({ own: '204', other: others('403 CANNOT_REMOVE_MEMBER'), ...CONVERSATION }),
    send: ({ conversation: id }, { bystander }) => ({ id, member: bystander.user }),
  },
  // Who removes oneself leaves, so this row is the last one about the conversation.
  'DELETE /chat/conversations/{id}/members/{userId} | of a user': {
    expect: bearer({ own: '204', other: '204', ...NO_MEMBER }),
    send: (of, { own }) => ({ id: own.conversation, member: of.user }),
  },
  'DELETE /chat/conversations/{id}': {
    expect: bearer({ own: '204', other: '403 NOT_CONVERSATION_MEMBER', ...CONVERSATION }),
    send: ({ ownConversation: id }) => ({ id }),
  },
  'POST /chat/conversations': {
    expect: bearer({ own: '201', other: '201', ...NO_USER }),
    send: (of) => ({ body: { memberIds: [of.user] } }),
    showsPeople: true,
  },
  'PUT /chat/conversations/direct/{userId}': {
    expect: bearer({ own: '201', other: '201', ...NO_USER }),
    send: user,
    showsPeople: true,
  },

  'GET /users/me/blocks': { expect: bearer({ own: '200' }), showsPeople: true },
  'PUT /users/me/blocks/{userId}': {
    expect: bearer({ own: '400 VALIDATION_FAILED', other: '204', ...NO_USER }),
    send: user,
  },
  'DELETE /users/me/blocks/{userId}': {
    expect: bearer({ own: '204', other: '204', unknown: '204', deleted: '204', ...BAD }),
    send: user,
  },

  'POST /auth/signup': {
    expect: open(
      { own: '409 EMAIL_ALREADY_USED', other: '409 EMAIL_ALREADY_USED', ...BAD },
      // The address of a deleted account is free.
      { 'deleted × own': '201' },
    ),
    send: ({ email }) => ({ body: { email, password: PASSWORD, displayName: 'New' } }),
    byBody: true,
  },
  'POST /auth/login': {
    expect: open({ own: '200', unknown: '401 INVALID_CREDENTIALS', malformed: '401 INVALID_CREDENTIALS' }),
    send: ({ email }) => ({ body: { email, password: PASSWORD } }),
    byBody: true,
  },
  'POST /auth/login | with another password': {
    expect: open({ own: '401 INVALID_CREDENTIALS', other: '401 INVALID_CREDENTIALS' }),
    send: ({ email }) => ({ body: { email, password: `${PASSWORD}!` } }),
  },
  'POST /auth/refresh': {
    expect: open(
      { own: '200', unknown: '401 REFRESH_TOKEN_INVALID', malformed: '401 REFRESH_TOKEN_INVALID' },
      { 'deleted × own': '401 REFRESH_TOKEN_INVALID', 'revoked × own': '401 REFRESH_TOKEN_INVALID' },
    ),
    send: (of, caller) => ({
      body: { refreshToken: of === caller.own ? caller.refreshToken : of.refreshToken },
    }),
    byBody: true,
    ownLogin: true,
  },
  'POST /auth/logout': { expect: bearer({ own: '204' }), ownLogin: true },
  'DELETE /auth/sessions/{id}': {
    expect: bearer({ own: '204', other: '404 SESSION_NOT_FOUND', unknown: '404 SESSION_NOT_FOUND', ...BAD }),
    send: ({ session: id }) => ({ id }),
    ownLogin: true,
  },
  'POST /auth/change-password': {
    expect: bearer({ own: '204' }),
    send: () => ({ body: { currentPassword: PASSWORD, newPassword: PASSWORD } }),
    ownLogin: true,
  },
  'DELETE /users/me': {
    expect: bearer({ own: '204' }),
    send: () => ({ body: { password: PASSWORD } }),
    ownLogin: true,
  },
};
