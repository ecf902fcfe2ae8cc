import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PNG } from '../../../../../../test/fakes/avatar-images.js';
import { chunks } from '../../../../../../test/fakes/avatar-store.fake.js';
import { FakeAccounts } from '../../../../../../test/fakes/fake-accounts.js';
import { PasswordCheckFake } from '../../../../../../test/fakes/password-check.fake.js';
import { PersonalDataFake } from '../../../../../../test/fakes/personal-data.fake.js';
import { TransactionRunnerFake } from '../../../../../../test/fakes/transaction-runner.fake.js';
import { avatarUrl } from '../../../user/domain/models/avatar.model.js';
import type { User } from '../../../user/domain/models/user.model.js';
import { UserDataAdapter } from '../../../user/infrastructure/adapters/user-data.adapter.js';
import { DeleteAccountCommand, DeleteAccountHandler } from './delete-account.command.js';

let accounts: FakeAccounts;
let sessions: PersonalDataFake;
let posts: PersonalDataFake;
let profile: UserDataAdapter;
let transactions: TransactionRunnerFake;
let user: User;

const uploadAvatar = async () => {
  const url = avatarUrl(await accounts.avatars.saveImage(chunks(PNG)));
  return accounts.profiles.changeAvatar(user.id, url);
};

beforeEach(async () => {
  accounts = new FakeAccounts();
  sessions = new PersonalDataFake();
  posts = new PersonalDataFake();
  profile = new UserDataAdapter(accounts.users, accounts.profiles, accounts.avatars, accounts.changes);
  transactions = new TransactionRunnerFake(accounts.state);
  user = await accounts.signUp('Ada');
  await uploadAvatar();
  sessions.add(user.id, 'session', 'a laptop');
  posts.add(user.id, 'post', 'private post');
  posts.add(user.id, 'post', 'public post', true);
});

const remove = (password = 'secret', userId = user.id) =>
  new DeleteAccountHandler(
    accounts.users,
    new PasswordCheckFake(accounts.users, new Map([[user.id, 'secret']])),
    { all: [sessions, posts, profile] },
    transactions,
  ).execute(new DeleteAccountCommand(userId, password, '203.0.113.7'));

const expectErased = async () => {
  expect(await accounts.users.findById(user.id)).toBeNull();
  expect(accounts.state.accounts.get(user.id)).toMatchObject({ displayName: 'Deleted user', bio: null });
  expect(accounts.avatars.images.size).toBe(0);
  expect([sessions.texts(user.id), posts.texts(user.id)]).toEqual([[], ['public post']]);
};

it('erases the data of every module, and leaves an anonymous account', async () => {
  expect(await remove()).toBeUndefined();
  await expectErased();
  expect([sessions.closed, posts.closed]).toEqual([[user.id], [user.id]]);
  expect(accounts.changes.announced).toEqual([user.id]);
});

it.each([
  ['a wrong password', () => remove('guess')],
  ['the password of another account', async () => remove('secret', (await accounts.signUp('Eve')).id)],
])('refuses %s and changes nothing', async (_label, attempt) => {
  await expect(attempt()).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
  expect(await accounts.users.findById(user.id)).toMatchObject({ displayName: 'Ada' });
  expect(accounts.avatars.images.size).toBe(1);
  expect([sessions.texts(user.id), posts.texts(user.id)]).toEqual([
    ['a laptop'],
    ['private post', 'public post'],
  ]);
  expect(sessions.closed).toEqual([]);
});

it('erases as well what came into being until the account ended, its avatar included', async () => {
  const anonymise = accounts.profiles.anonymiseAccount.bind(accounts.profiles);
  accounts.profiles.anonymiseAccount = async (id) => {
    sessions.add(id, 'session', 'a phone');
    posts.add(id, 'post', 'another private post');
    await uploadAvatar();
    expect(accounts.avatars.images.size).toBe(1);
    return anonymise(id);
  };
  await remove();
  await expectErased();
});

it('removes no image, and announces nothing, before the commit', async () => {
  const anonymise = accounts.profiles.anonymiseAccount.bind(accounts.profiles);
  accounts.profiles.anonymiseAccount = async (id) => {
    await uploadAvatar();
    return anonymise(id);
  };
  vi.spyOn(transactions, 'runInTransaction').mockImplementation(async (work) => {
    await work();
    throw new Error('not committed');
  });
  await expect(remove()).rejects.toThrow('not committed');
  expect(accounts.avatars.images.size).toBe(1);
  expect(accounts.changes.announced).toEqual([]);
});

describe('interrupted', () => {
  const interruptions: readonly (readonly [string, () => object, string])[] = [
    ['when sessions end', () => sessions, 'erase'],
    ['when private posts are deleted', () => posts, 'erase'],
    ['when the avatar is removed', () => accounts.avatars, 'removeImage'],
    ['when a module closes the account', () => sessions, 'closeAccount'],
    ['when the account ends', () => accounts.profiles, 'anonymiseAccount'],
  ];

  it.each(interruptions)(
    '%s, the account is whole and its deletion can be repeated',
    async (...interruption) => {
      const [, port, method] = interruption;
      Object.assign(port(), { [method]: () => Promise.reject(new Error('interrupted')) });
      await expect(remove()).rejects.toThrow('interrupted');
      expect(await accounts.users.findByEmail(user.email)).not.toBeNull();
      Reflect.deleteProperty(port(), method);
      await remove();
      await expectErased();
    },
  );

  it('by a module that fails after the account was anonymised, it undoes that', async () => {
    Object.assign(profile, {
      closeAccount: async (id: string) => {
        await accounts.profiles.anonymiseAccount(id);
        throw new Error('interrupted');
      },
    });
    await expect(remove()).rejects.toThrow('interrupted');
    expect(await accounts.users.findById(user.id)).toMatchObject({ displayName: 'Ada' });
  });

  it('after the account ended, a session that is left repeats and so ends itself', async () => {
    await accounts.profiles.anonymiseAccount(user.id);
    await expect(remove()).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
    expect([sessions.texts(user.id), posts.texts(user.id)]).toEqual([[], ['public post']]);
  });
});
