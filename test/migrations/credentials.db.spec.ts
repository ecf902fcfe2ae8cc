import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../src/arch/common/infrastructure/database/database.js';
import { migrate } from '../../src/arch/common/infrastructure/database/migrate.js';
import { CredentialsAdapter } from '../../src/arch/modules/auth/infrastructure/adapters/credentials.adapter.js';
import { ProfileRepositoryAdapter } from '../../src/arch/modules/user/infrastructure/adapters/profile-repository.adapter.js';
import { UserRepositoryAdapter } from '../../src/arch/modules/user/infrastructure/adapters/user-repository.adapter.js';
import type { TestDatabase } from '../support/test-database.js';
import { oldDatabase } from './old-database.js';

let postgres: TestDatabase;
let database: Database;
let before: string[];

beforeAll(async () => {
  postgres = await oldDatabase('0014_conversation_changes');
  before = [await oldNode.signUp('first'), await oldNode.signUp('second'), await oldNode.signUp('!')];
  await migrate(postgres.connection);
  database = new Database(postgres.connection, 4);
});
afterAll(async () => {
  await database.onApplicationShutdown();
  await postgres.drop();
});

/** The statements of the previous version. */
const oldNode = {
  async signUp(hash: string): Promise<string> {
    const id = randomUUID();
    await postgres.query(
      `insert into users (id, email, password_hash, display_name, search_name, search_folding)
       values ($1, $2, $3, 'Ada', 'ada', 1)`,
      [id, `${id}@x.org`, hash],
    );
    return id;
  },
  changePassword: (id: string, hash: string) =>
    postgres.query('update users set password_hash = $2, updated_at = now() where id = $1', [id, hash]),
  async hash(id: string): Promise<string | undefined> {
    const [row] = await postgres.query<{ hash: string }>(
      'select password_hash as hash from users where id = $1 and deleted_at is null',
      [id],
    );
    return row?.hash;
  },
  anonymise: (id: string) =>
    postgres.query(
      `update users set email = 'deleted-' || $1::text || '@invalid', password_hash = '!', display_name = 'Deleted user',
         search_name = 'deleted user', search_folding = 1, deleted_at = now(), updated_at = now() where id = $1::uuid`,
      [id],
    ),
};

const newNode = {
  credentials: () => new CredentialsAdapter(database),
  async signUp(hash: string): Promise<string> {
    const users = new UserRepositoryAdapter(database);
    return database.runInTransaction(async () => {
      const { id } = await users.create({ email: `${randomUUID()}@x.org`, displayName: 'Ada' });
      await newNode.credentials().createCredentials(id, hash);
      return id;
    });
  },
  hash: (id: string) => newNode.credentials().findPasswordHash(id),
};

const both = async (id: string) => [await oldNode.hash(id), await newNode.hash(id)];

it('existing passwords are copied, and an account without one has no credentials', async () => {
  expect(await Promise.all(before.map(newNode.hash))).toEqual(['first', 'second', null]);
});

describe('a node of the previous version, running at the same time', () => {
  it('signs a user up, and both accept the password', async () => {
    expect(await both(await oldNode.signUp('old'))).toEqual(['old', 'old']);
    expect(await both(await newNode.signUp('new'))).toEqual(['new', 'new']);
  });

  it('changes passwords, one after another, and both accept the last', async () => {
    const id = await newNode.signUp('one');
    await oldNode.changePassword(id, 'two');
    expect(await both(id)).toEqual(['two', 'two']);
    await newNode.credentials().changePassword(id, 'three');
    expect(await both(id)).toEqual(['three', 'three']);
    await oldNode.changePassword(id, 'four');
    expect(await both(id)).toEqual(['four', 'four']);
  });

  it('a change moves updatedAt for both, and changes no other user', async () => {
    const [id, other] = [await newNode.signUp('one'), await newNode.signUp('of another')];
    await postgres.query("update users set updated_at = '2026-01-31Z' where id = any($1)", [[id, other]]);
    await newNode.credentials().changePassword(id, 'two');
    const moved = await postgres.query(
      "select id from users where id = any($1) and updated_at > '2026-01-31Z'",
      [[id, other]],
    );
    expect(moved).toEqual([{ id }]);
    expect(await both(other)).toEqual(['of another', 'of another']);
  });

  it('deletes an account, and neither accepts a password', async () => {
    const [byOld, byNew] = [await newNode.signUp('one'), await oldNode.signUp('one')];
    await oldNode.anonymise(byOld);
    expect(await newNode.hash(byOld)).toBeNull();
    await database.runInTransaction(async () => {
      await newNode.credentials().eraseCredentials(byNew);
      await new ProfileRepositoryAdapter(database).anonymiseAccount(byNew);
    });
    const left = 'select password_hash, deleted_at is null as open from users where id = any($1)';
    expect(await postgres.query(left, [[byOld, byNew]])).toEqual([
      { password_hash: '!', open: false },
      { password_hash: '!', open: false },
    ]);
    expect(await newNode.hash(byNew)).toBeNull();
  });

  it('waits with a change while a login of the new node locks the password', async () => {
    const id = await newNode.signUp('one');
    const old = new Client({ ...postgres.connection, application_name: 'old' });
    await old.connect();
    const changed = await database.runInTransaction(async () => {
      expect(await newNode.credentials().holdPassword(id, 'one')).toBe(true);
      const change = old.query('update users set password_hash = $2 where id = $1', [id, 'two']);
      await expect
        .poll(() =>
          postgres.query(
            "select from pg_stat_activity where application_name = 'old' and wait_event_type = 'Lock'",
          ),
        )
        .toHaveLength(1);
      return { change };
    });
    await changed.change;
    await old.end();
    expect(await both(id)).toEqual(['two', 'two']);
  });

  it('of many simultaneous changes by both one remains, the same for both', async () => {
    const id = await newNode.signUp('none');
    const settled = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        index % 2 === 0
          ? oldNode.changePassword(id, `old ${index}`)
          : newNode.credentials().changePassword(id, `new ${index}`),
      ),
    );
    expect(settled.some(({ status }) => status === 'fulfilled')).toBe(true);
    const [old, current] = await both(id);
    expect(old).toMatch(/^(old|new) \d+$/);
    expect(current).toBe(old);
  });
});
