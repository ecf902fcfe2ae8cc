import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { PNG } from '../../../../../../test/fakes/avatar-images.js';
import { chunks } from '../../../../../../test/fakes/avatar-store.fake.js';
import { FakeAccounts } from '../../../../../../test/fakes/fake-accounts.js';
import { GetAvatarHandler, GetAvatarQuery } from './get-avatar.query.js';
import { GetUserHandler, GetUserQuery } from './get-user.query.js';
import { SearchUsersHandler, SearchUsersQuery } from './search-users.query.js';

let accounts: FakeAccounts;

beforeEach(() => {
  accounts = new FakeAccounts();
});

it('a user is found until the account is deleted', async () => {
  const handler = new GetUserHandler(accounts.users);
  const user = await accounts.signUp();
  expect(await handler.execute(new GetUserQuery(user.id))).toEqual(user);
  await accounts.profiles.anonymiseAccount(user.id);
  for (const id of [user.id, randomUUID()]) {
    await expect(handler.execute(new GetUserQuery(id))).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
  }
});

it('a search continues where it stopped', async () => {
  const handler = new SearchUsersHandler(accounts.search);
  for (const name of ['Ada', 'Adam', 'Bob']) await accounts.signUp(name);
  const first = await handler.execute(new SearchUsersQuery('ad', 1));
  const rest = await handler.execute(new SearchUsersQuery('ad', 1, first.nextCursor ?? ''));
  expect([...first.data, ...rest.data].map(({ displayName }) => displayName)).toEqual(['Ada', 'Adam']);
  expect(rest.nextCursor).toBeNull();
});

it.each(['', 'a\0', '\ud83d', 'x'.repeat(101)])('a search for %j is refused', async (term) => {
  const query = new SearchUsersQuery(term, 1);
  await expect(new SearchUsersHandler(accounts.search).execute(query)).rejects.toMatchObject({
    details: [{ path: 'search' }],
  });
});

it('an avatar is what was saved under its name, and every other name is no route', async () => {
  const handler = new GetAvatarHandler(accounts.avatars);
  const name = await accounts.avatars.saveImage(chunks(PNG));
  expect(await handler.execute(new GetAvatarQuery(name))).toMatchObject({ type: 'image/png' });
  await expect(handler.execute(new GetAvatarQuery('../x.png'))).rejects.toMatchObject({
    code: 'ROUTE_NOT_FOUND',
  });
});
