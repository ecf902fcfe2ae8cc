import { randomUUID } from 'node:crypto';
import { describe, expect } from 'vitest';
import { VisibilityReports } from '../../../src/arch/common/application/visibility-reports.js';
import { PresenceWatchers } from '../../../src/arch/modules/presence/application/presence-watchers.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import type { TestServer, TestUser } from '../../support/test-server.js';
import type { TestSocket } from '../../support/test-socket.js';

const it = apiTest
  .extend('variables', PER_FILE, { THROTTLE_WS_LIMIT: '1000', THROTTLE_GLOBAL_LIMIT: '5000' })
  /** New for each test: what one test has left behind would settle in the next one. */
  .extend('ada', ({ server }) => server.signUp('Ada'))
  .extend('bob', ({ server }) => server.signUp('Bob'))
  .extend('conversationId', ({ server, ada, bob }) => server.createConversation(ada, [bob]))
  .extend('steps', PER_FILE, ({ server }) => ({
    get: (user: TestUser, query: string) =>
      server.call('GET', `/users/presence?${query}`, { token: user.token }),
    show: (user: TestUser, presence: string) =>
      server.call('PUT', '/users/me', { token: user.token, body: { presence } }),
    /** Who removes itself leaves. */
    remove: (conversationId: string, { id }: TestUser, by: TestUser) =>
      server.call('DELETE', `/chat/conversations/${conversationId}/members/${id}`, { token: by.token }),
    add: (conversationId: string, { id }: TestUser, by: TestUser) =>
      server.call('POST', `/chat/conversations/${conversationId}/members`, {
        token: by.token,
        body: { userId: id },
      }),
    block: ({ token }: TestUser, { id }: TestUser) => server.call('PUT', `/users/me/blocks/${id}`, { token }),
    unblock: ({ token }: TestUser, { id }: TestUser) =>
      server.call('DELETE', `/users/me/blocks/${id}`, { token }),
  }));

/** Waits until a change of other people has been emitted, which is after those of earlier reports. */
async function expectNoMore(
  server: TestServer,
  connect: (user: TestUser) => Promise<TestSocket>,
): Promise<void> {
  const [eve, dan] = [await server.signUp('Eve'), await server.signUp('Dan')];
  await server.createConversation(eve, [dan]);
  const watching = await connect(eve);
  await watching.emit('subscribe_presence', { userIds: [dan.id] });
  await connect(dan);
  await watching.waitFor('presence', 1);
}

/** Milliseconds of a test: absence is shown 10 to 20 s after the last socket has gone, and a test may wait for it twice. */
const TIMEOUT = 60_000;

describe('subscribe_presence', { timeout: TIMEOUT }, () => {
  // These three wait for ten seconds and more: at the same time, with people of their own.
  it.concurrent('answers who is online, and emits who comes and goes, with the time to the minute', async ({
    connect,
    ada,
    bob,
    conversationId,
    steps,
  }) => {
    expect(conversationId).toBeDefined();
    const watching = await connect(ada);
    const [bobOffline, bobOnline] = ['offline', 'online'].map((status) => ({ userId: bob.id, status }));
    expect(await watching.emit('subscribe_presence', { userIds: [bob.id] })).toEqual({
      ok: true,
      data: { presence: [bobOffline] },
    });
    const bobsSocket = await connect(bob);
    expect(await watching.waitFor('presence', 1)).toEqual([bobOnline]);
    expect((await steps.get(ada, `ids=${bob.id}`)).body).toEqual({ presence: [bobOnline] });
    bobsSocket.close();
    const [, gone] = await watching.waitFor('presence', 2);
    expect(gone).toEqual({
      ...bobOffline,
      lastSeenAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000Z$/),
    });
    expect((await steps.get(ada, `ids=${bob.id}`)).body).toEqual({ presence: [gone] });
  });

  it.concurrent('two tabs are one user, and a reconnection within ten seconds is no change', async ({
    server,
    connect,
    ada,
    bob,
  }) => {
    const eve = await server.signUp('Eve');
    await server.createConversation(ada, [bob, eve]);
    const [first, second, eves] = [await connect(bob), await connect(bob), await connect(eve)];
    const watching = await connect(ada);
    const { data } = await watching.emit('subscribe_presence', { userIds: [bob.id, eve.id] });
    expect(data.presence.map(({ status }) => status)).toEqual(['online', 'online']);
    first.close();
    second.close();
    await connect(bob);
    eves.close();
    // Bob's change would have been emitted before Eve's.
    expect(await watching.waitFor('presence', 1)).toMatchObject([{ userId: eve.id, status: 'offline' }]);
  });

  it.concurrent('who is a member again, or is not blocked any more, is shown again', async ({
    connect,
    ada,
    bob,
    server,
    conversationId,
    steps,
  }) => {
    const eve = await server.signUp('Eve');
    await steps.add(conversationId, eve, ada);
    const watching = await connect(ada);
    await Promise.all([connect(bob), connect(eve)]);
    await watching.emit('subscribe_presence', { userIds: [bob.id, eve.id] });
    await steps.remove(conversationId, bob, ada);
    await steps.block(eve, ada);
    await watching.waitFor('presence', 2);
    await steps.add(conversationId, bob, ada);
    await steps.unblock(eve, ada);
    // Ten seconds after the other events.
    const shown = await watching.waitFor('presence', 4);
    expect(new Set(shown.slice(2))).toEqual(
      new Set([bob.id, eve.id].map((userId) => ({ userId, status: 'online' }))),
    );
  });

  it('a subscription replaces that before, and ends with its socket', async ({
    server,
    connect,
    ada,
    bob,
    conversationId,
  }) => {
    const watchers = server.app.get(PresenceWatchers, { strict: false });
    const eve = await server.signUp('Eve');
    await server.call('POST', `/chat/conversations/${conversationId}/members`, {
      token: ada.token,
      body: { userId: eve.id },
    });
    const watching = await connect(ada);
    await watching.emit('subscribe_presence', { userIds: [bob.id] });
    await watching.emit('subscribe_presence', { userIds: [eve.id, eve.id] });
    expect([watchers.isWatched(bob.id), watchers.isWatched(eve.id)]).toEqual([false, true]);
    await connect(bob);
    await connect(eve);
    expect(await watching.waitFor('presence', 1)).toEqual([{ userId: eve.id, status: 'online' }]);
    watching.close();
    await expect.poll(() => watchers.isWatched(eve.id), { timeout: 10_000 }).toBe(false);
  });

  it('leaving ends the events of both, and a block does', async ({ server, connect, ada, bob, steps }) => {
    const [eve, dan] = [await server.signUp('Eve'), await server.signUp('Dan')];
    const conversationId = await server.createConversation(ada, [bob, eve, dan]);
    const watching = await Promise.all([connect(bob), connect(eve), connect(dan)]);
    for (const socket of watching) await socket.emit('subscribe_presence', { userIds: [ada.id] });
    await steps.remove(conversationId, bob, bob);
    await steps.block(ada, eve);
    await connect(ada);
    const [, , dans] = watching;
    expect(await dans?.waitFor('presence', 1)).toEqual([{ userId: ada.id, status: 'online' }]);
    for (const socket of watching) await socket.settle();
    expect(watching.map((socket) => socket.all('presence').length)).toEqual([0, 0, 1]);
  });

  describe('who saw somebody online is sent one last offline without a time, and nothing afterwards', () => {
    it.for([
      'leaves',
      'is removed',
      'is left alone',
      'hides',
      'is the one who looks, and hides',
      'is blocked',
      'blocks',
      'is in a conversation that is deleted',
    ] as const)('when somebody %s', async (what, { server, connect, ada, bob, conversationId, steps }) => {
      const changes = {
        leaves: () => steps.remove(conversationId, bob, bob),
        'is removed': () => steps.remove(conversationId, bob, ada),
        'is left alone': () => steps.remove(conversationId, ada, ada),
        hides: () => steps.show(bob, 'nobody'),
        'is the one who looks, and hides': () => steps.show(ada, 'nobody'),
        'is blocked': () => steps.block(ada, bob),
        blocks: () => steps.block(bob, ada),
        'is in a conversation that is deleted': () =>
          server.call('DELETE', `/chat/conversations/${conversationId}`, { token: ada.token }),
      };
      await server.database.query(
        'insert into last_seen_times select id, now() from users on conflict do nothing',
      );
      const both = [await connect(ada), await connect(bob)] as const;
      await both[0].emit('subscribe_presence', { userIds: [bob.id] });
      await both[1].emit('subscribe_presence', { userIds: [ada.id] });
      await changes[what]();
      expect(await both[0].waitFor('presence', 1)).toEqual([{ userId: bob.id, status: 'offline' }]);
      expect(await both[1].waitFor('presence', 1)).toEqual([{ userId: ada.id, status: 'offline' }]);
      server.app.get(VisibilityReports).reportChange(bob.id);
      await expectNoMore(server, connect);
      expect(both.map((socket) => socket.all('presence').length)).toEqual([1, 1]);
    });

    it('when somebody deletes the account', async ({ server, connect, ada, bob, conversationId }) => {
      expect(conversationId).toBeDefined();
      await connect(bob);
      const watching = await connect(ada);
      await watching.emit('subscribe_presence', { userIds: [bob.id] });
      await server.call('DELETE', '/users/me', {
        token: bob.token,
        body: { password: 'correct horse battery' },
      });
      expect(await watching.waitFor('presence', 1)).toEqual([{ userId: bob.id, status: 'offline' }]);
    });
  });

  it.for([
    [{ userIds: Array.from({ length: 201 }, () => randomUUID()) }, 'userIds'],
    [{ userIds: ['one'] }, 'userIds.0'],
    [{ userIds: 'one' }, 'userIds'],
    [{}, 'userIds'],
  ] as const)('refuses a bad list (%#)', async ([payload, path], { connect, ada }) => {
    const socket = await connect(ada);
    expect(await socket.emit('subscribe_presence', payload)).toMatchObject({
      ok: false,
      error: { code: 'VALIDATION_FAILED', details: [{ path }] },
    });
  });

  it('takes 200 users', async ({ connect, ada }) => {
    const userIds = Array.from({ length: 200 }, () => randomUUID());
    const { data } = await (await connect(ada)).emit('subscribe_presence', { userIds });
    expect(data.presence).toEqual(userIds.map((userId) => ({ userId, status: 'offline' })));
  });
});

describe('GET /users/presence', () => {
  it('answers each user once, in order, in either case', async ({ ada, bob, conversationId, steps }) => {
    expect(conversationId).toBeDefined();
    const answer = await steps.get(ada, `ids=${bob.id.toUpperCase()},${ada.id},${bob.id}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.body.presence.map(({ userId }) => userId)).toEqual([bob.id, ada.id]);
  });

  it.for([
    '',
    'ids=',
    'ids=one',
    `ids=${randomUUID()},`,
    `ids=${randomUUID()}&ids=${randomUUID()}`,
    `ids[]=${randomUUID()}`,
    `ids=${Array.from({ length: 201 }, () => randomUUID()).join()}`,
    `ids=${randomUUID()}&more=1`,
  ])('refuses a bad list (%#)', async (query, { ada, steps }) => {
    const { status, body } = await steps.get(ada, query);
    expect([status, body.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect(body.details[0].message).toMatch(
      /^(must be given once: 1 to 200 UUIDs|is required|is not known here)/,
    );
  });
});

it(
  'strangers, people who hide, blocked, deleted and unknown users look alike, to the byte',
  { timeout: TIMEOUT },
  async ({ server, connect, steps }) => {
    const names = ['ada', 'hidden', 'choosy', 'blocked', 'blocker', 'stranger', 'deleted', 'left'] as const;
    const people = await Promise.all(names.map((name) => server.signUp(name)));
    const [ada, hidden, choosy, blocked, blocker, stranger, deleted, left] = people as [
      TestUser,
      TestUser,
      TestUser,
      TestUser,
      TestUser,
      TestUser,
      TestUser,
      TestUser,
    ];
    const conversationId = await server.createConversation(
      ada,
      people.filter((user) => user !== ada && user !== stranger),
    );
    for (const user of people) await connect(user);
    // All of them have a time that could be shown.
    await server.database.query(
      'insert into last_seen_times select id, now() from users on conflict do nothing',
    );
    expect((await steps.show(hidden, 'nobody')).body.presence).toBe('nobody');
    await steps.show(choosy, 'contacts');
    await steps.block(ada, blocked);
    await steps.block(blocker, ada);
    await steps.remove(conversationId, left, left);
    await server.call('DELETE', '/users/me', {
      token: deleted.token,
      body: { password: 'correct horse battery' },
    });
    const looking = await connect(ada);
    const answersFor = async (id: string) => {
      const overHttp = JSON.stringify((await steps.get(ada, `ids=${id}`)).body);
      const overSocket = JSON.stringify(await looking.emit('subscribe_presence', { userIds: [id] }));
      return [overHttp, overSocket].map((text) => text.replaceAll(id, 'ID'));
    };
    const unknown = await answersFor(randomUUID());
    expect(unknown).toEqual([
      '{"presence":[{"userId":"ID","status":"offline"}]}',
      '{"ok":true,"data":{"presence":[{"userId":"ID","status":"offline"}]}}',
    ]);
    for (const { id } of [hidden, choosy, blocked, blocker, stranger, deleted, left]) {
      expect(await answersFor(id)).toEqual(unknown);
    }
    // Who hides sees nobody; who shows it again sees as before.
    const states = async () =>
      (await steps.get(hidden, `ids=${ada.id},${blocker.id}`)).body.presence.map(({ status }) => status);
    expect(await states()).toEqual(['offline', 'offline']);
    expect('presence' in (await steps.show(hidden, 'everyone')).body).toBe(false);
    expect(await states()).toEqual(['online', 'online']);
  },
);
