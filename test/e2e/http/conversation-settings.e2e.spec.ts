import { describe, expect } from 'vitest';
import type { AnswerBody } from '../../support/answer-body.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';

const it = apiTest
  .extend('conversationId', ({ server, owner, member }) => server.createConversation(owner, [member]))
  .extend('steps', PER_FILE, ({ server, owner }) => ({
    change: (id: string, body: unknown, token = owner.token) =>
      server.call('PATCH', `/chat/conversations/${id}`, { token, body }),
    changeWith: async (id: string, json: string) => {
      const response = await fetch(`${server.url}/chat/conversations/${id}`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${owner.token}`, 'content-type': 'application/json' },
        body: json,
      });
      return { status: response.status, body: (await response.json()) as AnswerBody };
    },
  }));

describe('PATCH /chat/conversations/:id', () => {
  it('changes settings, which everybody in the room receives and everybody reads', async ({
    steps,
    server,
    connect,
    owner,
    member,
    conversationId,
  }) => {
    const socket = await connect(member);
    await socket.emit('join_room', { conversationId });
    const settings = {
      title: 'New',
      posting: 'admins',
      adding: 'all',
      slowModeSeconds: 21_600,
      metadata: { b: 1, a: { deep: ['é'] } },
    };
    const { status, body } = await steps.change(conversationId, settings);
    expect([status, body]).toMatchObject([
      200,
      { ...settings, rev: 1, me: { role: 'owner' }, memberCount: 2 },
    ]);
    await socket.settle();
    const [event] = socket.all<{ conversation: object }>('conversation_updated');
    expect(event).toMatchObject({ conversationId, rev: 1, actorId: owner.id, changed: settings });
    expect(event?.conversation).toMatchObject({ id: conversationId, ...settings, rev: 1 });
    expect(event?.conversation).not.toHaveProperty('me');
    const read = await server.call('GET', `/chat/conversations/${conversationId}`, { token: member.token });
    expect(read.body).toMatchObject(settings);
  });

  it('shows no setting that has its default again', async ({ steps, conversationId }) => {
    await steps.change(conversationId, {
      title: 'New',
      posting: 'admins',
      adding: 'all',
      slowModeSeconds: 1,
      metadata: {},
    });
    const { body } = await steps.change(conversationId, {
      title: null,
      posting: 'all',
      adding: 'admins',
      slowModeSeconds: 0,
      metadata: null,
    });
    expect(body).toMatchObject({ title: null, rev: 2 });
    for (const name of ['adding', 'metadata', 'type', 'posting', 'slowModeSeconds'])
      expect(body).not.toHaveProperty(name);
  });

  it('takes no rev and emits nothing when nothing differs', async ({
    steps,
    connect,
    owner,
    conversationId,
  }) => {
    await steps.change(conversationId, { title: 'New', metadata: { a: 1, b: 2 } });
    const socket = await connect(owner);
    await socket.emit('join_room', { conversationId });
    const { status, body } = await steps.change(conversationId, { title: 'New', metadata: { b: 2, a: 1 } });
    expect([status, body.rev]).toEqual([200, 1]);
    await socket.settle();
    expect(socket.all('conversation_updated')).toEqual([]);
  });

  it.for([
    '{}',
    '{"title":""}',
    '{"title":1}',
    '{"adding":"nobody"}',
    '{"posting":"nobody"}',
    '{"posting":null}',
    '{"slowModeSeconds":-1}',
    '{"slowModeSeconds":21601}',
    '{"slowModeSeconds":0.5}',
    '{"slowModeSeconds":"30"}',
    '{"slowModeSeconds":null}',
    '{"rev":1}',
    '{"mentionAll":"all"}',
    '{"retentionDays":1}',
    '{"externalId":"one"}',
    '{"metadata":[]}',
    '{"metadata":"text"}',
    '{"metadata":{"a":1e400}}',
    '{"metadata":{"a":"\\u0000"}}',
    '{"metadata":{"a\\u0000":1}}',
    '{"metadata":{"a":"\\ud800"}}',
    '{"metadata":{"\\udfff":1}}',
    '{"metadata":{"a":[[[[[[[[]]]]]]]]}}',
    `{"metadata":{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`,
    `{"metadata":{"a":"${'x'.repeat(4_089)}"}}`,
    `{"metadata":{"a":[${Array(20).fill('1e300').join()}]}}`,
  ])('refuses %s, and changes nothing', async (json, { steps, conversationId }) => {
    expect(await steps.changeWith(conversationId, json)).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION_FAILED' },
    });
    expect((await steps.change(conversationId, { title: null })).body.rev).toBe(0);
  });

  it.for([
    '{"metadata":{}}',
    '{"metadata":{"a":[[[[[[[]]]]]]],"b":null}}',
    `{"metadata":{"a":"${'x'.repeat(4_088)}"}}`,
    '{"metadata":{"a":1e-320,"b":-1.5e+300,"c":9007199254740993}}',
    `{"title":"${'😀'.repeat(255)}","metadata":{"a":[${Array(2_044).fill('1').join()}]}}`,
  ])('accepts %s, and answers the same', async (json, { steps, conversationId }) => {
    const { status, body } = await steps.changeWith(conversationId, json);
    expect([status, body.metadata]).toEqual([200, JSON.parse(json).metadata]);
    const again = await steps.changeWith(conversationId, json);
    expect(again.body).toMatchObject({ rev: 1 });
  });
});

it('where all may add members, an ordinary member does', async ({
  steps,
  server,
  member,
  stranger,
  conversationId,
}) => {
  const add = () =>
    server.call('POST', `/chat/conversations/${conversationId}/members`, {
      token: member.token,
      body: { userId: stranger.id },
    });
  expect((await add()).body.code).toBe('CANNOT_ADD_MEMBER');
  await steps.change(conversationId, { adding: 'all' });
  expect((await add()).status).toBe(201);
});
