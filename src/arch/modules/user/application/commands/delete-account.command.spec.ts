import { beforeEach, describe, expect, it } from 'vitest';
import { AccountDepartureFake } from '../../../../../../test/fakes/account-departure.fake.js';
import { FakeChat } from '../../../../../../test/fakes/fake-chat.js';
import { IdempotencyFake } from '../../../../../../test/fakes/idempotency.fake.js';
import { PNG } from '../../../../../../test/fakes/avatar-images.js';
import { chunks } from '../../../../../../test/fakes/avatar-store.fake.js';
import { FakeAccounts } from '../../../../../../test/fakes/fake-accounts.js';
import { PasswordCheckFake } from '../../../../../../test/fakes/password-check.fake.js';
import { PostRepositoryFake } from '../../../../../../test/fakes/post-repository.fake.js';
import { SessionEnderFake } from '../../../../../../test/fakes/session-ender.fake.js';
import { avatarUrl } from '../../domain/models/avatar.model.js';
import type { User } from '../../domain/models/user.model.js';
import { DeleteAccountCommand, DeleteAccountHandler } from './delete-account.command.js';

let accounts: FakeAccounts;
let sessions: SessionEnderFake;
let conversations: AccountDepartureFake;
let posts: PostRepositoryFake;
let keys: IdempotencyFake;
let user: User;

beforeEach(async () => {
  accounts = new FakeAccounts();
  sessions = new SessionEnderFake();
  conversations = new AccountDepartureFake();
  posts = new PostRepositoryFake();
  keys = new IdempotencyFake(new FakeChat().transactions);
  user = await accounts.signUp('Ada', 'hash of secret');
  posts.users.set(user.id, user);
  await write('private');
  await ask();
  await accounts.profiles.changeAvatar(user.id, avatarUrl(await accounts.avatars.saveImage(chunks(PNG))));
  conversations.conversations.set('c', { rev: 3, membersRev: 0, members: new Map([[user.id, 'owner']]) });
});

const write = (visibility: 'public' | 'private') =>
  posts.create({ ownerId: user.id, title: 'A post', content: 'Of mine.', visibility });

const ask = () =>
  keys.runOnce(
    { userId: user.id, route: 'POST /posts', key: 'one', bodySha256: Buffer.alloc(32) },
    async () => ({
      status: 201,
      body: '{"content":"Of mine."}',
    }),
  );

const remove = (password = 'secret') =>
  new DeleteAccountHandler(
    accounts.users,
    new PasswordCheckFake(accounts.users),
    sessions,
    conversations,
    posts,
    keys,
    accounts.profiles,
    accounts.avatars,
  ).execute(new DeleteAccountCommand(user.id, password, '203.0.113.7'));

const expectGone = async () => {
  expect(await accounts.users.findById(user.id)).toBeNull();
  expect(accounts.state.accounts.get(user.id)).toMatchObject({ displayName: 'Deleted user', bio: null });
  expect(accounts.avatars.images.size).toBe(0);
  expect(conversations.conversations.get('c')).toMatchObject({ rev: 4, members: new Map() });
  expect(posts.stored.size).toBe(0);
  expect(keys.kept.size).toBe(0);
  expect(sessions.ended).toContain(user.id);
};

it('leaves nobody logged in, no membership, no avatar and an account that is nobody’s', async () => {
  expect(await remove()).toBeUndefined();
  await expectGone();
});

it('refuses a wrong password and changes nothing', async () => {
  await expect(remove('guess')).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
  expect(await accounts.users.findById(user.id)).toMatchObject({ displayName: 'Ada' });
  expect(accounts.avatars.images.size).toBe(1);
  expect([sessions.ended, conversations.asked]).toEqual([[], []]);
  expect([posts.stored.size, keys.kept.size]).toEqual([1, 1]);
});

it('ends sessions and memberships, and deletes private posts and kept answers, that came into being until the account was gone', async () => {
  const anonymise = accounts.profiles.anonymiseAccount.bind(accounts.profiles);
  accounts.profiles.anonymiseAccount = async (id) => {
    sessions.ended.length = 0;
    conversations.conversations.set('d', { rev: 0, membersRev: 0, members: new Map([[id, 'member']]) });
    await write('private');
    await ask();
    return anonymise(id);
  };
  await remove();
  await expectGone();
  expect(conversations.conversations.get('d')?.members.size).toBe(0);
});

it('removes an avatar that was uploaded until the account was gone', async () => {
  const anonymise = accounts.profiles.anonymiseAccount.bind(accounts.profiles);
  accounts.profiles.anonymiseAccount = async (id) => {
    await accounts.profiles.changeAvatar(id, avatarUrl(await accounts.avatars.saveImage(chunks(PNG))));
    expect(accounts.avatars.images.size).toBe(1);
    return anonymise(id);
  };
  await remove();
  await expectGone();
});

describe('interrupted', () => {
  const interruptions: readonly (readonly [string, () => object, string])[] = [
    ['when sessions end', () => sessions, 'endAllOf'],
    ['when memberships end', () => conversations, 'leaveAllConversations'],
    ['when private posts go', () => posts, 'deletePrivateOf'],
    ['when kept answers go', () => keys, 'eraseOf'],
    ['when the avatar goes', () => accounts.avatars, 'removeImage'],
    ['when the account goes', () => accounts.profiles, 'anonymiseAccount'],
  ];

  it.each(interruptions)('%s, it is whole for its user and can be repeated', async (_label, port, method) => {
    Object.assign(port(), { [method]: () => Promise.reject(new Error('interrupted')) });
    await expect(remove()).rejects.toThrow('interrupted');
    expect(await accounts.users.findCredentials(user.email)).not.toBeNull();
    Reflect.deleteProperty(port(), method);
    await remove();
    await expectGone();
  });

  it('after the account went, a session that is left repeats and so ends itself', async () => {
    await accounts.profiles.anonymiseAccount(user.id);
    await expect(remove()).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
    expect(sessions.ended).toEqual([user.id]);
    expect(conversations.conversations.get('c')?.members.size).toBe(0);
  });
});
