import { expect, it } from 'vitest';
import { settle } from '../support/fake-clock.ts';
import { fakeClient, refreshing, tokensOf, userNamed } from '../support/fake-client.ts';
import { answerOf } from '../support/fake-transport.ts';

async function online() {
  const client = fakeClient();
  client.transport.answer = refreshing('ada');
  await client.session.adopt(tokensOf('ada', 1));
  client.link.connect();
  await settle();
  client.transport.socket.accept();
  await settle();
  return client;
}

it('a name that another device has given is known, and kept', async () => {
  const { session, storage, transport } = await online();
  const named = { displayName: 'Ada L.', avatarUrl: '/uploads/avatars/a.png' };
  transport.socket.say('user_updated', { userId: 'bob', displayName: 'Bob', avatarUrl: null, version: 1 });
  transport.socket.say('user_updated', { userId: 'ada', version: 1, ...named });
  await settle();
  const user = { ...userNamed('ada'), ...named };
  expect(session.state.getSnapshot().user).toEqual(user);
  const reloaded = fakeClient({ storage });
  await reloaded.session.restore();
  expect(reloaded.session.state.getSnapshot().user).toEqual(user);
});

it('what is told of one’s own name again changes nothing', async () => {
  const { session, transport } = await online();
  const before = session.state.getSnapshot();
  transport.socket.say('user_updated', { userId: 'ada', displayName: 'ada', avatarUrl: null, version: 1 });
  await settle();
  expect(session.state.getSnapshot()).toBe(before);
});

it.each([
  ['a changed password', 'POST /auth/change-password'],
  ['a deleted account', 'DELETE /users/me'],
])('%s needs no logout: the server has ended the session', async (_, path) => {
  const { session, transport } = await online();
  transport.answer = () => answerOf(204, null);
  await (path.startsWith('POST')
    ? session.changePassword({ currentPassword: 'a', newPassword: 'b' })
    : session.deleteAccount('a'));
  expect(session.state.getSnapshot().status).toBe('signed-out');
  expect(transport.paths).toEqual([path]);
});
