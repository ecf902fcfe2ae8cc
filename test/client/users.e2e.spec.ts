import { describe, expect } from 'vitest';
import { clientTest as it, online, until } from './client-test.js';

describe('other people', () => {
  it('have a name that follows its changes, and are online while they are', async ({
    clientOf,
    server,
    owner,
    member,
    stranger,
  }) => {
    const id = await server.createConversation(owner, [member]);
    const [ada, bob] = [await online(clientOf(owner)), await online(clientOf(member))];
    const { users } = ada;
    expect((await until(users.profile(member.id), (user) => user !== null))?.displayName).toBe('Bob');
    expect((await until(users.profile(stranger.id), (user) => user !== null))?.displayName).toBe('Eve');
    await until(users.presence(member.id), (state) => state?.status === 'online');
    await bob.session.updateProfile({ displayName: 'Robert' });
    await until(users.profile(member.id), (user) => user?.displayName === 'Robert');
    const { members } = ada.conversation(id);
    await members.load();
    expect(members.getSnapshot().items.map(({ displayName }) => displayName)).toEqual(['Ada', 'Robert']);
    expect((await ada.users.search('robert')).data).toMatchObject([{ id: member.id }]);
  });

  it('who are blocked write no more', async ({ clientOf, owner, member }) => {
    const [ada, bob] = [await online(clientOf(owner)), await online(clientOf(member))];
    const direct = await bob.conversations.openDirect(owner.id);
    await direct.send('hello').settled;
    await ada.users.block(member.id);
    await expect(direct.send('again').settled).rejects.toMatchObject({ code: 'USER_NOT_REACHABLE' });
    await ada.users.unblock(member.id);
    expect((await direct.send('thanks').settled).seq).toBe(2);
  });
});
