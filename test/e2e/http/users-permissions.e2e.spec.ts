import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withPermissions } from '../../fakes/fewer-permissions.js';
import { TestServer, type TestUser } from '../../support/test-server.js';

let server: TestServer;
let user: TestUser;

beforeAll(async () => {
  server = await TestServer.start();
  user = await server.signUp();
});
afterAll(() => server.stop());

const others = [
  { resource: 'posts', actions: ['create', 'read', 'update', 'delete'] },
  { resource: 'conversations', actions: ['create', 'read', 'update'] },
];

/** Requests that would fail validation: permissions are checked first. */
describe.each([
  ['GET', '/users/me', 'read', undefined],
  ['GET', '/users?limit=0', 'read', undefined],
  ['PUT', '/users/me', 'update', { nonsense: true }],
  ['DELETE', '/users/me', 'update', { nonsense: true }],
  ['DELETE', '/users/me/avatar', 'update', undefined],
  ['POST', '/users/me/avatar', 'update', new FormData()],
])('%s %s', (method, path, action, body) => {
  const call = async (permissions: object[]) => {
    const token = await withPermissions(server, user, permissions);
    const response = await fetch(server.url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && !(body instanceof FormData) ? { 'content-type': 'application/json' } : {}),
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return text === '' ? String(response.status) : `${response.status} ${JSON.parse(text).code}`;
  };

  it(`needs user:${action}, before anything is looked at`, async () => {
    const other = action === 'read' ? 'update' : 'read';
    expect(await call([...others, { resource: 'user', actions: [other] }])).toBe('403 PERMISSION_DENIED');
    expect(await call([])).toBe('403 PERMISSION_DENIED');
  });

  it(`needs nothing but user:${action}`, async () => {
    expect(await call([{ resource: 'user', actions: [action] }])).not.toContain('403');
  });
});
