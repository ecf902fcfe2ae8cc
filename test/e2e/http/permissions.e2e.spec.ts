import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { ALL_PERMISSIONS, forgeToken, insertUsers, refusal } from './support.js';

let server: TestServer;
let owner: TestUser;
let conversationId: string;
let newcomer: string;

beforeAll(async () => {
  server = await TestServer.start();
  owner = await server.signUp();
  conversationId = await server.createConversation(owner);
  [newcomer = ''] = await insertUsers(server, 1);
});
afterAll(() => server.stop());

const without = (resource: string, action: string) =>
  ALL_PERMISSIONS.map((permission) =>
    permission.resource === resource
      ? { resource, actions: permission.actions.filter((other) => other !== action) }
      : permission,
  );

describe.each([
  ['POST', '', 'conversations', 'create', 201, (): object | undefined => ({ memberIds: [] })],
  ['GET', '', 'conversations', 'read', 200, (): object | undefined => undefined],
  ['GET', '/:id', 'conversations', 'read', 200, (): object | undefined => undefined],
  ['POST', '/:id/members', 'conversations', 'update', 201, (): object | undefined => ({ userId: newcomer })],
  ['GET', '/:id/messages', 'messages', 'read', 200, (): object | undefined => undefined],
  ['GET', '/:id/changes', 'messages', 'read', 200, (): object | undefined => undefined],
  ['POST', '/:id/messages', 'messages', 'create', 201, (): object | undefined => ({ content: 'Hello' })],
] as const)('%s /chat/conversations%s', (method, path, resource, action, status, body) => {
  const call = async (permissions: object, id: string, sent: unknown) => {
    const token = await forgeToken(server, owner, { claims: { permissions } });
    return server.call(method, `/chat/conversations${path.replace(':id', id)}`, { token, body: sent });
  };

  it(`is refused without ${resource}:${action}, all others granted`, async () => {
    const answer = await call(without(resource, action), conversationId, body());
    expect(refusal(answer)).toBe('403 PERMISSION_DENIED');
  });

  it('is refused without any, and with permissions of the right words in the wrong place', async () => {
    const grants = [
      [],
      [{ resource, actions: [] }],
      [{ resource: action, actions: [resource] }],
      [{ resource, actions: [`${action}d`, action.toUpperCase(), '*'] }],
      [{ resource: '*', actions: [action] }],
    ];
    const answers = await Promise.all(grants.map((grant) => call(grant, conversationId, body())));
    expect(answers.map(refusal)).toEqual(grants.map(() => '403 PERMISSION_DENIED'));
  });

  it('is refused before anything is looked at: malformed id, body and query', async () => {
    const sent = method === 'POST' ? { nonsense: true } : undefined;
    const answer = await call(without(resource, action), 'malformed', sent);
    expect(refusal(answer)).toBe('403 PERMISSION_DENIED');
  });

  it(`is granted by ${resource}:${action} alone`, async () => {
    const answer = await call([{ resource, actions: [action] }], conversationId, body());
    expect(answer.status).toBe(status);
  });
});

it('stores nothing of what it refuses', async () => {
  const counts = () =>
    server.database.query(`select (select count(*) from conversations) as conversations,
      (select count(*) from conversation_members) as members, (select count(*) from messages) as messages`);
  const before = await counts();
  const token = await forgeToken(server, owner, { claims: { permissions: [] } });
  const answers = await Promise.all([
    server.call('POST', '/chat/conversations', { token, body: { memberIds: [] } }),
    server.call('POST', `/chat/conversations/${conversationId}/members`, {
      token,
      body: { userId: owner.id },
    }),
    server.call('POST', `/chat/conversations/${conversationId}/messages`, { token, body: { content: 'x' } }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
  expect(await counts()).toEqual(before);
});
