import { expect } from 'vitest';
import * as demo from '../../src/arch/common/domain/demo-data.js';
import { seedDemoData } from '../../src/arch/common/infrastructure/database/seed.dev.js';
import { apiTest as it } from '../support/api-test.js';
import { TestServer } from '../support/test-server.js';
import { type ApiDocument, loadDocument, operationsOf } from './contract/api-document.js';

const UUID = /0199d0a2-6c1e-7000-8000-[\da-f]{12}/g;
const NEW = 'correct horse battery';

let document: ApiDocument;
let token: string;

it.beforeAll(async ({ server }) => {
  await seedDemoData(server.database.connection);
  document = await loadDocument(server);
  const { body } = await server.call('POST', '/auth/login', { body: exampleOf('Login') });
  token = body.accessToken;
});

function exampleOf(schema: string): unknown {
  return document.components.schemas[schema]?.['example'];
}

it('every id of data in the examples of the API document is one that the seed makes', () => {
  const { DEMO_USERS, DEMO_MESSAGES, DEMO_POSTS, DEMO_CONVERSATION } = demo;
  const ids = new Set(
    [...DEMO_USERS, ...DEMO_MESSAGES, ...DEMO_POSTS, DEMO_CONVERSATION].map(({ id }): string => id),
  );
  const schemas = Object.entries(document.components.schemas).filter(([name]) => !/^Sessions?$/.test(name));
  const parameters = operationsOf(document).map((operation) => operation.parameters);
  const shown = [...JSON.stringify([schemas, parameters]).matchAll(UUID)].map(([id]) => id);
  expect(new Set(shown).size).toBeGreaterThan(5);
  expect(shown.filter((id) => !ids.has(id))).toEqual([]);
});

it('every GET of the document that needs an id answers 200 with the one that it shows', async ({
  server,
}) => {
  const answers: Record<string, number> = {};
  for (const { method, path, parameters = [] } of operationsOf(document)) {
    const exampleFor = (parameter: string) =>
      String(parameters.find(({ name }) => name === parameter)?.schema['example']);
    if (method !== 'GET' || !path.includes('{id}')) continue;
    const window = path.endsWith('/window') ? '?before=3' : '';
    const { status } = await server.call(
      'GET',
      path.replace(/\{(\w+)\}/g, (_, name: string) => exampleFor(name)) + window,
      { token },
    );
    answers[path] = status;
  }
  expect(Object.keys(answers).length).toBeGreaterThan(5);
  expect(Object.entries(answers).filter(([, status]) => status !== 200)).toEqual([]);
});

it.for([
  ['POST', '/chat/conversations', 'CreateConversation', 201],
  ['POST', `/chat/conversations/${demo.DEMO_CONVERSATION.id}/members`, 'AddMember', 201],
  ['POST', `/chat/conversations/${demo.DEMO_CONVERSATION.id}/messages`, 'SendMessage', 201],
  ['POST', '/posts', 'CreatePost', 201],
  ['PATCH', `/posts/${demo.DEMO_POSTS[0].id}`, 'UpdatePost', 200],
  ['PUT', '/users/me', 'UpdateProfile', 200],
  ['POST', '/auth/signup', 'Signup', 201],
] as const)('%s %s takes the example %s', async ([method, path, schema, status], { server }) => {
  expect((await server.call(method, path, { token, body: exampleOf(schema) })).status).toBe(status);
});

it('the examples show what the seed makes', async () => {
  const path = `/chat/conversations/${demo.DEMO_CONVERSATION.id}`;
  const other = await TestServer.start();
  await seedDemoData(other.database.connection);
  const { body: login } = await other.call('POST', '/auth/login', { body: exampleOf('Login') });
  const { body } = await other.call('GET', path, { token: login.accessToken });
  const instant = expect.stringMatching(/^\d{4}-/);
  const shown = JSON.parse(JSON.stringify(exampleOf('ConversationDetail')), (key, value) =>
    key.endsWith('At') && value !== null ? instant : value,
  ) as object;
  await other.stop();
  expect(body).toEqual(shown);
});

const PAGES = ['/api/docs/errors.md', '/api/docs/realtime.md'];

it('the links of the document lead to pages of this server', async ({ server }) => {
  const links = [...JSON.stringify(document).matchAll(/\]\((\/[^)]+)\)/g)].map(([, link = '']) => link);
  expect(new Set(links)).toEqual(new Set([...PAGES, '/api/docs/socket']));
  // The last path is the one of an earlier version.
  for (const link of [...PAGES, '/api/docs/socket.md']) {
    const answer = await fetch(server.url + link);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(await answer.text()).toMatch(/^# /);
  }
});

it('the examples of changing the password and deleting the account fit the demo accounts', async ({
  server,
}) => {
  const { body: other } = await server.call('POST', '/auth/login', {
    body: { email: demo.DEMO_USERS[2].email, password: demo.DEMO_PASSWORD },
  });
  const changed = await server.call('POST', '/auth/change-password', {
    token: other.accessToken,
    body: { ...(exampleOf('ChangePassword') as object), newPassword: NEW },
  });
  expect(changed.status).toBe(204);
  const deleted = await server.call('DELETE', '/users/me', { token, body: exampleOf('DeleteAccount') });
  expect(deleted.status).toBe(204);
});
