import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { BusFake } from '../../../../../../test/fakes/bus.fake.js';
import { TestDatabase } from '../../../../../../test/support/test-database.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { ProfileChangesAdapter } from './profile-changes.adapter.js';
import { ProfileRepositoryAdapter } from './profile-repository.adapter.js';
import { UserRepositoryAdapter } from './user-repository.adapter.js';

let postgres: TestDatabase;
let database: Database;
let profiles: ProfileRepositoryAdapter;
let changes: ProfileChangesAdapter;
let bus: BusFake;
let ada: string;

beforeAll(async () => {
  postgres = await TestDatabase.create();
  database = new Database(postgres.connection, 4);
  profiles = new ProfileRepositoryAdapter(database);
});
beforeEach(async () => {
  bus = new BusFake();
  changes = new ProfileChangesAdapter(database, bus);
  const users = new UserRepositoryAdapter(database);
  ada = (await users.create({ email: `${randomUUID()}@x.org`, displayName: 'Ada' })).id;
});
afterAll(async () => {
  await database.onApplicationShutdown();
  await postgres.drop();
});

const version = async () => (await changes.findProfile(ada))?.version ?? 0;

it.each([
  ['a name', () => profiles.updateProfile(ada, { displayName: 'Last' })],
  ['an avatar', () => profiles.changeAvatar(ada, '/last')],
])(
  'the version of %s is higher, though its transaction began before an earlier change',
  async (_label, change) => {
    let between = 0;
    await database.runInTransaction(async () => {
      // The transaction begins with its first statement.
      await database.query((db) => db.execute('select 1'));
      await postgres.query(
        "update users set display_name = 'First', updated_at = clock_timestamp() where id = $1",
        [ada],
      );
      between = await version();
      await change();
    });
    expect(await version()).toBeGreaterThan(between);
  },
);

it('the version is higher after each change, though the clock was set back', async () => {
  await postgres.query("update users set updated_at = now() + interval '1 day' where id = $1", [ada]);
  const before = await version();
  await profiles.updateProfile(ada, { displayName: 'Eve' });
  expect(await version()).toBe(before + 1);
  await profiles.changeAvatar(ada, '/a');
  expect(await version()).toBe(before + 2);
});

it('the other nodes are told who has changed, and hear of it from them', () => {
  const heard: string[] = [];
  changes.onChange((userId) => heard.push(userId));
  changes.announceChange(ada);
  expect(bus.published).toEqual([{ channel: 'profiles', message: ada }]);
  const eve = randomUUID();
  for (const message of [eve, '', 'Eve', '{}']) bus.deliverMessage('profiles', message);
  expect(heard).toEqual([ada, eve]);
});
