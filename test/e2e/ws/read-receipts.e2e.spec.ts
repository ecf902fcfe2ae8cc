import { expect, vi } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import type { TestUser } from '../../support/test-server.js';
import type { TestSocket } from '../../support/test-socket.js';
import { sendMessages } from '../http/support.js';

const it = apiTest
  .extend('variables', PER_FILE, { THROTTLE_WS_LIMIT: '1000' })
  .extend('people', async ({ server }) => {
    const [owner, hiding, third] = [await server.signUp(), await server.signUp(), await server.signUp()];
    return { owner, hiding, third };
  })
  .extend('conversationId', ({ server, people }) =>
    server.createConversation(people.owner, [people.hiding, people.third]),
  )
  .extend('steps', ({ server, people, conversationId }) => ({
    set: (readReceipts: boolean, { token } = people.hiding) =>
      server.call('PUT', '/users/me', { token, body: { readReceipts } }),
    say: () => sendMessages(server, people.owner, conversationId, 1),
    positions: async ({ token }: TestUser) => {
      const path = `/chat/conversations/${conversationId}`;
      const answers = [
        await server.call('GET', `${path}/members`, { token }),
        await server.call('GET', path, { token }),
      ];
      return answers.map(({ body }) => {
        const members = body.data ?? body.members;
        const of = (id: string) => members.find((member) => member.userId === id)?.lastReadSeq;
        return [of(people.owner.id), of(people.hiding.id), of(people.third.id)];
      });
    },
  }));

it.afterEach(() => void vi.restoreAllMocks());

it('the profile says that they are off, and says nothing when they are on', async ({
  steps,
  server,
  people,
}) => {
  expect(await steps.set(false)).toMatchObject({ status: 200, body: { readReceipts: false } });
  const { body } = await server.call('GET', '/users/me', { token: people.hiding.token });
  expect(body).toMatchObject({ readReceipts: false });
  const { body: on } = await steps.set(true);
  expect(on).not.toHaveProperty('readReceipts');
  const { body: profile } = await server.call('GET', `/users/${people.hiding.id}`);
  expect(profile).not.toHaveProperty('readReceipts');
});

it.for(['before it connects', 'after it has joined'] as const)(
  'a socket whose user switches them off %s hears no `message_read`, and nobody hears the user’s',
  async (when, { steps, connect, people, conversationId }) => {
    if (when === 'before it connects') await steps.set(false);
    const joined = async (user: TestUser) => {
      const socket = await connect(user);
      await socket.emit('join_room', { conversationId });
      return socket;
    };
    const [owner, hiding, third] = [
      await joined(people.owner),
      await joined(people.hiding),
      await joined(people.third),
    ];
    const all = await connect(people.hiding);
    await all.emit('join_all');
    if (when !== 'before it connects') await steps.set(false);
    await steps.say();
    await third.emit('mark_read', { conversationId, seq: 1 });
    const { data } = await hiding.emit('mark_read', { conversationId, seq: 1 });
    expect(data).toEqual({ conversationId, lastReadSeq: 1, unreadCount: 0 });
    await owner.waitFor('message_read', 1);
    for (const socket of [owner, hiding, third, all]) await socket.settle();
    const own = { conversationId, userId: people.third.id, lastReadSeq: 1 };
    expect([owner, third].map((socket) => socket.all('message_read'))).toEqual([[own], [own]]);
    expect([hiding, all].map((socket) => socket.all('message_read'))).toEqual([[], []]);
    expect(all.all('me_updated')).toMatchObject([{ conversationId, me: { lastReadSeq: 1 } }]);
    expect(await steps.positions(people.owner)).toEqual([
      [1, 0, 1],
      [1, 0, 1],
    ]);
    expect(await steps.positions(people.hiding)).toEqual([
      [0, 1, 0],
      [0, 1, 0],
    ]);
  },
);

it('a socket hears `message_read` again once they are on again', async ({
  steps,
  connect,
  people,
  conversationId,
}) => {
  await steps.set(false);
  const [hiding, third] = [await connect(people.hiding), await connect(people.third)];
  for (const socket of [hiding, third]) await socket.emit('join_room', { conversationId });
  await steps.set(true);
  await steps.say();
  await third.emit('mark_read', { conversationId, seq: 1 });
  expect(await hiding.waitFor('message_read', 1)).toMatchObject([{ userId: people.third.id }]);
});

/** Of each event about a member that a socket has received, the member and the position. */
const membersIn = (socket: TestSocket) =>
  socket.everything().flatMap(({ event, payload }) => {
    const { member } = payload as { member?: { userId: string; lastReadSeq: number } };
    return member ? [[event, member.userId, member.lastReadSeq]] : [];
  });

it.for(['before they connect', 'after they have joined'] as const)(
  'events and answers about members show no position from or to a user who switches them off %s',
  async (when, { steps, server, connect, people, conversationId }) => {
    const { owner, hiding, third } = people;
    const [late, next, secret] = [await server.signUp(), await server.signUp(), await server.signUp()];
    await steps.set(false, secret);
    if (when === 'before they connect') await steps.set(false);
    const [ofOwner, ofHiding, ofThird, second] = [
      await connect(owner),
      await connect(hiding),
      await connect(third),
      await connect(hiding),
    ];
    for (const socket of [ofOwner, ofHiding, ofThird]) await socket.emit('join_room', { conversationId });
    await second.emit('join_all');
    if (when === 'after they have joined') await steps.set(false);
    await steps.say();
    for (const socket of [ofHiding, ofThird]) await socket.emit('mark_read', { conversationId, seq: 1 });

    const path = `/chat/conversations/${conversationId}`;
    const add = async (by: TestUser, { id: userId }: TestUser) =>
      (await server.call('POST', `${path}/members`, { token: by.token, body: { userId } })).body;
    const promote = async ({ id }: TestUser) =>
      (await server.call('PATCH', `${path}/members/${id}`, { token: owner.token, body: { role: 'admin' } }))
        .body;
    const answers = [
      await promote(third),
      await promote(hiding),
      await add(owner, late),
      await add(hiding, next),
      await add(owner, secret),
    ];
    expect(answers.map(({ userId, lastReadSeq }) => [userId, lastReadSeq])).toEqual([
      [third.id, 1],
      [hiding.id, 0],
      [late.id, 1],
      [next.id, 0],
      [secret.id, 0],
    ]);
    const { body: invite } = await server.call('POST', `${path}/invites`, { token: owner.token, body: {} });
    const invited = await server.signUp();
    await server.call('POST', `/chat/invites/${invite.token}/join`, { token: invited.token });

    for (const socket of [ofOwner, ofHiding, ofThird, second]) await socket.settle();
    const events = (shown: number, own: number) => [
      ['member_updated', third.id, shown],
      ['member_updated', hiding.id, own],
      ['member_added', late.id, shown],
      ['member_added', next.id, shown],
      ['member_added', secret.id, 0],
      ['member_added', invited.id, shown],
    ];
    for (const socket of [ofOwner, ofThird]) expect(membersIn(socket)).toEqual(events(1, 0));
    for (const socket of [ofHiding, second]) expect(membersIn(socket)).toEqual(events(0, 1));
  },
);

it('events of the log show no position of former members to a user who has switched them off', async ({
  steps,
  server,
  people,
  conversationId,
}) => {
  await steps.set(false);
  await steps.say();
  const path = `/chat/conversations/${conversationId}`;
  const { id: userId } = await server.signUp();
  const { token } = people.owner;
  await server.call('POST', `${path}/members`, { token, body: { userId } });
  await server.call('DELETE', `${path}/members/${userId}`, { token });
  const positions = async (reader: TestUser) => {
    const { body } = await server.call('GET', `${path}/changes?since=0&events=true`, { token: reader.token });
    return body.events.flatMap(({ data }) => {
      const { member } = data as { member?: { lastReadSeq: number } };
      return member ? [member.lastReadSeq] : [];
    });
  };
  expect(await positions(people.owner)).toEqual([1]);
  expect(await positions(people.hiding)).toEqual([0]);
});

it('a member with another role is shown as the requester may see it', async ({
  steps,
  server,
  people,
  conversationId,
}) => {
  await steps.set(false, people.owner);
  await steps.say();
  const path = `/chat/conversations/${conversationId}`;
  await server.call('PATCH', `${path}/me`, { token: people.third.token, body: { lastReadSeq: 1 } });
  const { body } = await server.call('PATCH', `${path}/members/${people.third.id}`, {
    token: people.owner.token,
    body: { role: 'admin' },
  });
  expect(body).toMatchObject({ role: 'admin', lastReadSeq: 0 });
});

it('a position that waits for its second is not emitted any more', async ({
  steps,
  server,
  connect,
  people,
  conversationId,
}) => {
  const [owner, hiding] = [await connect(people.owner), await connect(people.hiding)];
  await owner.emit('join_room', { conversationId });
  await steps.say();
  await steps.say();
  // The second position waits as long as time stands still.
  const time = vi.spyOn(performance, 'now').mockReturnValue(performance.now());
  for (const seq of [1, 2]) await hiding.emit('mark_read', { conversationId, seq });
  await steps.set(false);
  time.mockRestore();
  await owner.waitFor('message_read', 1);
  // The second position of another member waits for a second too, and for one that begins later.
  const { token } = people.third;
  for (const body of [{ lastReadSeq: 1 }, { lastReadSeq: 2 }])
    await server.call('PATCH', `/chat/conversations/${conversationId}/me`, { token, body });
  await owner.waitFor('message_read', 3);
  const own = owner.all('message_read').filter(({ userId }) => userId === people.hiding.id);
  expect(own).toMatchObject([{ lastReadSeq: 1 }]);
});
