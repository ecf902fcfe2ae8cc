import { expect } from 'vitest';
import { ProfileUpdates } from '../../../src/arch/modules/chat/application/profile-updates.js';
import { PNG } from '../../fakes/avatar-images.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import type { TestServer, TestUser } from '../../support/test-server.js';
import type { TestSocket } from '../../support/test-socket.js';
import { PASSWORD } from '../auth/support.js';
import { request } from '../http/support.js';

const it = apiTest
  .extend('ada', ({ server }) => server.signUp('Ada'))
  .extend('bob', ({ server }) => server.signUp('Bob'))
  .extend(
    'rename',
    PER_FILE,
    ({ server }) =>
      ({ token }: TestUser, displayName: string) =>
        server.call('PUT', '/users/me', { token, body: { displayName } }),
  )
  /** Connects a socket of the user that joins these conversations. */
  .extend('join', ({ connect }) => async (user: TestUser, ...rooms: string[]) => {
    const socket = await connect(user);
    for (const conversationId of rooms) await socket.emit('join_room', { conversationId });
    return socket;
  });

const names = (socket: TestSocket) =>
  socket.all<{ displayName: string }>('user_updated').map(({ displayName }) => displayName);

/**
 * The changes so far have been emitted, and have arrived: a change of somebody else, in a room that all of the sockets are in,
 * comes after them.
 */
async function fence(server: TestServer, sockets: readonly TestSocket[], by: TestUser): Promise<void> {
  await server.call('PUT', '/users/me', { token: by.token, body: { displayName: 'Last' } });
  for (const socket of sockets) {
    await expect.poll(() => names(socket), { timeout: 10_000 }).toContain('Last');
  }
}

it('everybody who shares a joined room hears once of another name, and so does each own socket', async ({
  server,
  ada,
  bob,
  join,
  rename,
}) => {
  const rooms = await Promise.all(Array.from({ length: 5 }, () => server.createConversation(ada, [bob])));
  const hearing = [
    await join(bob, ...rooms),
    await join(bob, rooms[2] ?? ''),
    await join(ada),
    await join(ada),
  ];
  const { body } = await rename(ada, 'Ada L.');
  for (const socket of hearing) await socket.waitFor('user_updated', 1);
  const fencing = await server.signUp('Fence');
  const all = await server.createConversation(fencing, [ada, bob]);
  for (const socket of hearing) await socket.emit('join_room', { conversationId: all });
  await fence(server, hearing, fencing);
  for (const socket of hearing) expect(names(socket)).toEqual(['Ada L.', 'Last']);
  const [payload] = hearing[0]?.all('user_updated') ?? [];
  const version = Math.floor(Number(payload?.['version']) / 1_000);
  expect(payload).toEqual({
    userId: ada.id,
    displayName: 'Ada L.',
    avatarUrl: null,
    version: expect.any(Number),
  });
  expect(new Date(version).toISOString()).toBe(body.updatedAt);
});

it('nobody else hears of it: without a common room, not in the room, gone from it, blocked', async ({
  server,
  ada,
  bob,
  join,
  rename,
}) => {
  const [eve, dan, fay, gus] = [
    await server.signUp('Eve'),
    await server.signUp('Dan'),
    await server.signUp('Fay'),
    await server.signUp('Gus'),
  ];
  const shared = await server.createConversation(ada, [bob, dan, fay, gus]);
  const fencing = await server.signUp('Fence');
  const all = await server.createConversation(fencing, [bob, eve, dan, fay, gus]);
  const hearing = await join(bob, shared, all);
  const gone = await join(gus, shared, all);
  const deaf = [
    await join(eve, all),
    await join(bob, all),
    await join(dan, shared, all),
    await join(fay, shared, all),
    gone,
  ];
  await gone.emit('leave_room', { conversationId: shared });
  await server.call('PUT', `/users/me/blocks/${dan.id}`, { token: ada.token });
  await server.call('PUT', `/users/me/blocks/${ada.id}`, { token: fay.token });
  await rename(ada, 'Ada L.');
  await hearing.waitFor('user_updated', 1);
  await fence(server, [hearing, ...deaf], fencing);
  expect(names(hearing)).toEqual(['Ada L.', 'Last']);
  for (const socket of deaf) expect(names(socket)).toEqual(['Last']);
});

it('a former member hears nothing, and nobody hears of a former member', async ({
  server,
  ada,
  bob,
  join,
  rename,
}) => {
  const eve = await server.signUp('Eve');
  const shared = await server.createConversation(ada, [bob, eve]);
  const fencing = await server.signUp('Fence');
  const all = await server.createConversation(fencing, [bob, eve]);
  const [bobs, eves] = [await join(bob, shared, all), await join(eve, shared, all)];
  await server.call('DELETE', `/chat/conversations/${shared}/members/${eve.id}`, { token: ada.token });
  await rename(ada, 'Ada L.');
  await bobs.waitFor('user_updated', 1);
  await server.call('DELETE', `/chat/conversations/${all}/members/${eve.id}`, { token: fencing.token });
  await rename(eve, 'Eve L.');
  await eves.waitFor('user_updated', 1);
  await fence(server, [bobs], fencing);
  expect(names(bobs)).toEqual(['Ada L.', 'Last']);
  expect(names(eves)).toEqual(['Eve L.']);
});

it('a new avatar, and its removal, are emitted with a higher version', async ({ server, ada, bob, join }) => {
  const id = await server.createConversation(ada, [bob]);
  const socket = await join(bob, id);
  const image = new FormData();
  image.set('avatar', new Blob([PNG]), 'avatar.png');
  const headers = { authorization: `Bearer ${ada.token}` };
  const { body } = await request(server.url, '/users/me/avatar', { method: 'POST', headers, body: image });
  await socket.waitFor('user_updated', 1);
  endMinute(server);
  await server.call('DELETE', '/users/me/avatar', { token: ada.token });
  await socket.waitFor('user_updated', 2);
  const [first, second] = socket.all<{ avatarUrl: string | null; version: number }>('user_updated');
  expect([first?.avatarUrl, second?.avatarUrl]).toEqual([body.avatarUrl, null]);
  expect(second?.version).toBeGreaterThan(first?.version ?? Infinity);
});

it('of five changes within a minute the first is emitted at once, and the last at its end', async ({
  server,
  ada,
  bob,
  join,
  rename,
}) => {
  const fencing = await server.signUp('Fence');
  const id = await server.createConversation(ada, [bob, fencing]);
  const socket = await join(bob, id);
  for (const name of ['A', 'B', 'C', 'D', 'E']) await rename(ada, name);
  await fence(server, [socket], fencing);
  expect(names(socket)).toEqual(['A', 'Last']);
  endMinute(server);
  await socket.waitFor('user_updated', 3);
  expect(names(socket)).toEqual(['A', 'Last', 'E']);
});

it('what is no part of the name or the avatar is not emitted', async ({ server, ada, bob, join }) => {
  const fencing = await server.signUp('Fence');
  const id = await server.createConversation(ada, [bob, fencing]);
  const socket = await join(bob, id);
  const { token } = ada;
  await server.call('PUT', '/users/me', { token, body: { bio: 'Counts.', readReceipts: false } });
  await server.call('DELETE', '/users/me/avatar', { token });
  await fence(server, [socket], fencing);
  expect(names(socket)).toEqual(['Last']);
});

it('a deleted account is emitted as such to those who see its messages', async ({
  server,
  ada,
  bob,
  join,
}) => {
  const eve = await server.signUp('Eve');
  const fencing = await server.signUp('Fence');
  const id = await server.createConversation(bob, [ada, eve]);
  const all = await server.createConversation(fencing, [ada, bob, eve]);
  await server.call('POST', `/chat/conversations/${id}/messages`, {
    token: ada.token,
    body: { content: 'Hello!' },
  });
  const [bobs, eves] = [await join(bob, id, all), await join(eve, all)];
  const deleted = await server.call('DELETE', '/users/me', {
    token: ada.token,
    body: { password: PASSWORD },
  });
  expect(deleted.status).toBe(204);
  expect(await bobs.waitFor('user_updated', 1)).toEqual([
    { userId: ada.id, displayName: 'Deleted user', avatarUrl: null, version: expect.any(Number) },
  ]);
  await fence(server, [bobs, eves], fencing);
  expect([names(bobs), names(eves)]).toEqual([['Deleted user', 'Last'], ['Last']]);
});

/** As if a minute had passed. */
function endMinute(server: TestServer): void {
  const paced = server.app.get(ProfileUpdates, { strict: false })['paced'];
  for (const minute of paced['intervals'].values()) minute.endsAt = 0;
  paced['endDue']();
}
