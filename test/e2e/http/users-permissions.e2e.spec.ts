import { describe, expect } from 'vitest';
import { withPermissions } from '../../fakes/fewer-permissions.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';

const it = apiTest.extend('steps', PER_FILE, ({ server, user }) => ({
  call: async (method: string, path: string, body: object | undefined, permissions: object[]) => {
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
  },
}));

const others = [
  { resource: 'posts', actions: ['create', 'read', 'update', 'delete'] },
  { resource: 'conversations', actions: ['create', 'read', 'update', 'delete'] },
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
  it(`needs user:${action}, before anything is looked at`, async ({ steps }) => {
    const other = action === 'read' ? 'update' : 'read';
    expect(await steps.call(method, path, body, [...others, { resource: 'user', actions: [other] }])).toBe(
      '403 PERMISSION_DENIED',
    );
    expect(await steps.call(method, path, body, [])).toBe('403 PERMISSION_DENIED');
  });

  it(`needs nothing but user:${action}`, async ({ steps }) => {
    expect(await steps.call(method, path, body, [{ resource: 'user', actions: [action] }])).not.toContain(
      '403',
    );
  });
});
