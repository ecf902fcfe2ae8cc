import { expect, it } from 'vitest';
import { FakeAccounts } from '../../../../../../test/fakes/fake-accounts.js';
import { VisibilityReports } from '../../../../common/application/visibility-reports.js';
import { UpdateProfileCommand, UpdateProfileHandler } from './update-profile.command.js';

const accounts = new FakeAccounts();
const visibility = new VisibilityReports();
const handler = new UpdateProfileHandler(accounts.profiles, visibility, accounts.receipts, accounts.changes);

it('answers the profile as it is now', async () => {
  const user = await accounts.signUp('Ada');
  const changed = await handler.execute(new UpdateProfileCommand(user.id, { bio: '' }));
  expect(changed).toMatchObject({ id: user.id, displayName: 'Ada', bio: '' });
  expect(await accounts.users.findById(user.id)).toEqual(changed);
});

it('reports that other people may see the user, and only that', async () => {
  const reported: string[] = [];
  visibility.onReport((userId) => reported.push(userId));
  const { id } = await accounts.signUp();
  await handler.execute(new UpdateProfileCommand(id, { displayName: 'Bea' }));
  expect(reported).toEqual([]);
  await handler.execute(new UpdateProfileCommand(id, { presence: 'nobody' }));
  expect(reported).toEqual([id]);
});

it('announces another name once it is stored, and nothing else', async () => {
  const { id } = await accounts.signUp();
  await handler.execute(new UpdateProfileCommand(id, { bio: 'Counts.', presence: 'everyone' }));
  expect(accounts.changes.announced).not.toContain(id);
  await handler.execute(new UpdateProfileCommand(id, { displayName: 'Bea' }));
  expect(accounts.changes.announced.filter((userId) => userId === id)).toHaveLength(1);
});

it('needs an account that has not been deleted', async () => {
  const { id } = await accounts.signUp();
  await accounts.profiles.anonymiseAccount(id);
  const command = new UpdateProfileCommand(id, { displayName: 'Back' });
  await expect(handler.execute(command)).rejects.toMatchObject({ code: 'USER_NOT_FOUND' });
});

it.each([
  { displayName: 'a\0' },
  { displayName: 'a\ud83d' },
  { displayName: '\u202eadA' },
  { displayName: 'DELETED user' },
  { bio: 'a\0' },
  { bio: '\udd8a' },
  { bio: 'x'.repeat(501) },
])('refuses %j, and changes nothing', async (change) => {
  const user = await accounts.signUp('Ada');
  await expect(handler.execute(new UpdateProfileCommand(user.id, change))).rejects.toMatchObject({
    details: [{ path: Object.keys(change)[0] }],
  });
  expect(await accounts.users.findById(user.id)).toEqual(user);
});

it('announces another setting of read receipts once it is stored, and nothing else', async () => {
  const { id } = await accounts.signUp();
  const heard: (readonly [string, boolean])[] = [];
  accounts.receipts.onChange((...change) => heard.push(change));
  await handler.execute(new UpdateProfileCommand(id, { displayName: 'Bob' }));
  expect(heard).toEqual([]);
  for (const readReceipts of [false, true])
    await handler.execute(new UpdateProfileCommand(id, { readReceipts }));
  expect(heard).toEqual([
    [id, false],
    [id, true],
  ]);
});
