import { describe, expect } from 'vitest';
import { refusedConnection } from '../ws/refused-connection.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { UNKNOWN_ID } from './support.js';

const it = apiTest.extend('steps', PER_FILE, ({ server, user }) => {
  /** The faults in `details`: `title is required`. */
  async function faults(method: string, path: string, body?: unknown): Promise<string[]> {
    const answer = await server.call(method, path, { token: user.token, body });
    expect(answer.body).toMatchObject({ statusCode: 400, code: 'VALIDATION_FAILED' });
    return answer.body.details.map((detail: { path: string; message: string }) =>
      `${detail.path} ${detail.message}`.trim(),
    );
  }

  return { faults };
});

describe('each fault has one detail, which names its place', () => {
  it.for<[string, string, unknown, string[]]>([
    ['POST', '/auth/signup', {}, ['email is required', 'password is required', 'displayName is required']],
    ['POST', '/auth/refresh', {}, ['refreshToken is required']],
    ['POST', '/chat/conversations', {}, ['memberIds is required']],
    [
      'POST',
      '/chat/conversations',
      { memberIds: 'x', title: 5 },
      ['title must be a string', 'memberIds must be an array'],
    ],
    [
      'POST',
      '/chat/conversations',
      { memberIds: [7, 'x', null] },
      [0, 1, 2].map((at) => `memberIds.${at} must be a UUID`),
    ],
    [
      'POST',
      '/chat/conversations',
      { memberIds: [], one: 1, other: 2 },
      ['one is not known here', 'other is not known here'],
    ],
    ['POST', '/chat/conversations', [], ['must be an object']],
    ['POST', '/chat/conversations', 'text', ['must be an object']],
    [
      'POST',
      '/posts',
      { title: 'a', content: 'b', visibility: 'some' },
      ['visibility must be public or private'],
    ],
    ['GET', '/users', undefined, ['search is required']],
    [
      'GET',
      '/chat/conversations?limit=0&what=1',
      undefined,
      ['limit must be a whole number from 1 to 100', 'what is not known here'],
    ],
    ['GET', '/chat/conversations/x', undefined, ['id must be a UUID']],
    ['GET', '/users/x', undefined, ['id must be a UUID']],
    ['DELETE', '/auth/sessions/x', undefined, ['id must be a UUID']],
    ['PATCH', '/posts/x', { title: 'a' }, ['id must be a UUID']],
    ['POST', `/chat/conversations/${UNKNOWN_ID}/members`, {}, ['userId is required']],
  ])('%s %s with %j', async ([method, path, body, expected], { steps }) => {
    expect((await steps.faults(method, path, body)).toSorted()).toEqual(expected.toSorted());
  });
});

/** The default texts of zod. */
const FOREIGN = /Invalid|Unrecognized|expected|received|Too (big|small)/;

it('no route answers in the words of the validation library, whatever it is sent', async ({ server }) => {
  // A request that logs out in between.
  const { token } = await server.signUp();
  const bodies = [
    {},
    [],
    'text',
    7,
    { email: 7, password: [], displayName: {}, title: {}, content: 7, bio: 1 },
  ];
  const { paths } = (await server.call('GET', '/api/docs-json')).body as unknown as { paths: object };
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods as object).map(
      (method) => [method.toUpperCase(), path.replaceAll(/\{[^}]+\}/g, UNKNOWN_ID)] as const,
    ),
  );
  expect(operations.length).toBeGreaterThan(25);
  for (const [method, path] of operations) {
    const query = method === 'GET' ? '?limit=a&page=0&cursor=&search=&since=&what=1' : '';
    for (const body of method === 'GET' || method === 'DELETE' ? [undefined] : bodies) {
      const answer = await server.call(method, path + query, { token, body });
      expect(JSON.stringify(answer.body ?? '')).not.toMatch(FOREIGN);
    }
  }
});

it.for(['join_room', 'send_message', 'mark_read', 'typing', 'authenticate', 'join_all'])(
  'nor does the event %s, and its `error` contains everything that its answer contains',
  async (event, { connect, user }) => {
    const socket = await connect(user);
    const id = { conversationId: UNKNOWN_ID };
    const wrong = [
      7,
      null,
      [],
      {},
      { content: 7, seq: 'x', isTyping: 1, token: 7, what: 1 },
      { ...id, seq: 1.5 },
      { ...id, seq: -1 },
    ];
    for (const payload of wrong) {
      const before = socket.all('error').length;
      const { ok, error } = await socket.emit(event, payload);
      expect(JSON.stringify(error ?? '')).not.toMatch(FOREIGN);
      expect(socket.all('error').slice(before)).toEqual(ok ? [] : [{ ...(error as object), event }]);
    }
    const { error } = await socket.emit('send_message', { what: 1 });
    expect(error?.details).toEqual([
      { path: 'conversationId', message: 'is required' },
      { path: 'content', message: 'is required' },
      { path: 'what', message: 'is not known here' },
    ]);
  },
);

describe('a token in the wrong place, or in the wrong form, is refused with the reason', () => {
  it.for([
    (token: string) => token,
    (token: string) => `Bearer Bearer ${token}`,
    (token: string) => `Basic ${token}`,
  ])('in the header: %s', async (write, { server, user }) => {
    const response = await fetch(`${server.url}/users/me`, { headers: { authorization: write(user.token) } });
    expect(await response.json()).toMatchObject({
      code: 'TOKEN_INVALID',
      message: 'The header must be `Authorization: Bearer <access token>`.',
    });
  });

  it('in the handshake, and in a renewal', async ({ server, connect, user }) => {
    const message = 'The access token stands alone here, without `Bearer`.';
    const token = `Bearer ${user.token}`;
    const refused = await refusedConnection(`${server.url}/chat`, { auth: { token } });
    expect(refused.data).toEqual({ code: 'TOKEN_INVALID', message });
    const socket = await connect(user);
    expect((await socket.emit('authenticate', { token })).error).toMatchObject({
      code: 'TOKEN_INVALID',
      message,
    });
  });
});
