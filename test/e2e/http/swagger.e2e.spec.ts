import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { TestServer } from '../../support/test-server.js';

type Content = { 'application/json': { schema: { $ref?: string; anyOf?: object[] } } };

/** The part of an OpenAPI document that these tests read. */
interface Document {
  paths: Record<
    string,
    Record<
      string,
      {
        tags: string[];
        summary: string;
        security?: object[];
        requestBody?: { content: Content };
        responses: Record<number, { content: Content }>;
      }
    >
  >;
}

const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://localhost/not-used-by-the-test-server',
};

const it = apiTest.extend(
  'document',
  PER_FILE,
  async ({ server }) => (await (await fetch(`${server.url}/api/docs-json`)).json()) as Document,
);

const chat = '/chat/conversations';
const reading = [400, 401, 403];
const writing = [...reading, 404, 413, 415];

it.for([
  ['post', '/auth/signup', 'auth', [201, 400, 409, 413, 415]],
  ['post', '/auth/login', 'auth', [200, 400, 401, 413, 415]],
  ['post', chat, 'chat', [201, ...writing]],
  ['get', chat, 'chat', [200, ...reading]],
  ['get', `${chat}/{id}`, 'chat', [200, ...reading, 404]],
  ['post', `${chat}/{id}/members`, 'chat', [201, ...writing, 409]],
  ['get', `${chat}/{id}/messages`, 'chat', [200, ...reading, 404]],
  ['post', `${chat}/{id}/messages`, 'chat', [200, 201, ...writing, 409]],
] as const)(
  'documents %s %s: tag, security, schemas, and every status that these tests meet',
  ([method, path, tag, statuses], { document }) => {
    const operation = document.paths[path]?.[method];
    if (!operation) throw new Error('It is not documented.');
    expect(operation.tags).toEqual([tag]);
    expect(operation.summary).toMatch(/./);
    expect(operation.security ?? []).toEqual(tag === 'chat' ? [{ bearer: [] }] : []);
    expect(Object.keys(operation.responses).map(Number)).toEqual(expect.arrayContaining([...statuses]));
    for (const status of statuses) {
      const schema = operation.responses[status]?.content['application/json'].schema ?? {};
      expect(schema.$ref ?? schema.anyOf).toBeTruthy();
      expect(schema.$ref === '#/components/schemas/ApiError').toBe(status >= 400);
    }
    const bodySchema = operation.requestBody?.content['application/json'].schema.$ref;
    expect(bodySchema === undefined).toBe(method === 'get');
  },
);

it.each([
  [{ NODE_ENV: 'development' }, 200],
  [{ NODE_ENV: 'development', API_DOCS: 'false' }, 404],
  [PRODUCTION, 404],
  [{ ...PRODUCTION, API_DOCS: 'true' }, 200],
])('is served in development, in production when wanted (%o): %i', async (variables, status) => {
  const other = await TestServer.start(variables);
  for (const path of ['/api/docs', '/api/docs-json']) {
    expect((await fetch(other.url + path)).status).toBe(status);
  }
  await other.stop();
});

it('names the chat routes of the seed, those of membership, direct conversations, invites, unread totals and readers, single messages, pins, reactions, threads, the changes, the windows, and no other', ({
  document,
}) => {
  const routes = Object.entries<object>(document.paths).flatMap(([path, operations]) =>
    path.startsWith('/chat') ? Object.keys(operations).map((method) => `${method} ${path}`) : [],
  );
  expect(new Set(routes)).toEqual(
    new Set([
      `post ${chat}`,
      `get ${chat}`,
      `get ${chat}/{id}`,
      `patch ${chat}/{id}`,
      `delete ${chat}/{id}`,
      `post ${chat}/{id}/members`,
      `get ${chat}/{id}/members`,
      `patch ${chat}/{id}/members/{userId}`,
      `delete ${chat}/{id}/members/{userId}`,
      `get ${chat}/{id}/bans`,
      `put ${chat}/{id}/bans/{userId}`,
      `delete ${chat}/{id}/bans/{userId}`,
      `get ${chat}/{id}/messages`,
      `get ${chat}/{id}/messages/window`,
      `post ${chat}/{id}/messages`,
      `get ${chat}/{id}/changes`,
      'post /chat/changes',
      `patch ${chat}/{id}/me`,
      `post ${chat}/{id}/clear`,
      `get ${chat}/{id}/messages/{messageId}/readers`,
      `get ${chat}/{id}/messages/{messageId}`,
      `patch ${chat}/{id}/messages/{messageId}`,
      `delete ${chat}/{id}/messages/{messageId}`,
      `get ${chat}/{id}/messages/{messageId}/versions`,
      `get ${chat}/{id}/messages/{messageId}/reactions`,
      `put ${chat}/{id}/messages/{messageId}/reactions/{emoji}`,
      `delete ${chat}/{id}/messages/{messageId}/reactions/{emoji}`,
      `delete ${chat}/{id}/messages/{messageId}/reactions/{emoji}/{userId}`,
      `put ${chat}/{id}/messages/{messageId}/pin`,
      `delete ${chat}/{id}/messages/{messageId}/pin`,
      `get ${chat}/{id}/pins`,
      `put ${chat}/{id}/messages/{messageId}/thread`,
      `get ${chat}/{id}/threads`,
      `put ${chat}/{id}/follow`,
      `delete ${chat}/{id}/follow`,
      'get /chat/threads',
      `get ${chat}/{id}/invites`,
      `post ${chat}/{id}/invites`,
      `delete ${chat}/{id}/invites/{inviteId}`,
      `put ${chat}/direct/{userId}`,
      'get /chat/invites/{token}',
      'post /chat/invites/{token}/join',
      'get /chat/unread',
      'get /chat/mentions',
    ]),
  );
});

it.for([
  ['range', 'bytes=99999999-'],
  ['range', 'bytes=0-9'],
  ['if-match', '"another"'],
  ['if-unmodified-since', 'Thu, 01 Jan 1970 00:00:00 GMT'],
] as const)(
  'its files are sent completely, whatever part or version is requested: %s %s',
  async ([name, value], { server }) => {
    const response = await fetch(`${server.url}/api/docs/swagger-ui.css`, { headers: { [name]: value } });
    expect([response.status, response.headers.get('content-range')]).toEqual([200, null]);
    expect((await response.text()).length).toBeGreaterThan(10_000);
  },
);
