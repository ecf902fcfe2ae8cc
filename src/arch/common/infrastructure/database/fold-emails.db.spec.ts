import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { TestDatabase } from '../../../../../test/support/test-database.js';

const MIGRATION = readFileSync(new URL('./migrations/0005_fold_emails.sql', import.meta.url), 'utf8');

let database: TestDatabase;
beforeAll(async () => {
  database = await TestDatabase.create();
});
afterAll(() => database.drop());

/** The table before the migration, without the index, so that it holds rows that only another locale would accept. */
beforeEach(async () => {
  await database.query('delete from users');
  await database.query('alter table users drop constraint users_email_check');
  await database.query('drop index users_email_key');
  await database.query('alter table users alter column email type varchar(320) collate "default"');
  await database.query('create index users_email_key on users (lower(email))');
});

const add = (email: string) =>
  database.query("insert into users (email, password_hash, display_name) values ($1, '!', 'A')", [email]);
const emails = async () => {
  const rows = await database.query<{ email: string }>('select email from users order by email collate "C"');
  return rows.map(({ email }) => email);
};

it('accounts keep their addresses, folded, and from then on no other form can be stored', async () => {
  for (const email of ['Ada@Example.com', 'grace@example.com', 'É@Example.com', 'İ@x.io', 'i@x.io'])
    await add(email);
  await database.query(MIGRATION);
  expect(await emails()).toEqual([
    'ada@example.com',
    'grace@example.com',
    'i@x.io',
    'É@example.com',
    'İ@x.io',
  ]);
  await expect(add('ada@example.com')).rejects.toThrow('users_email_key');
  await expect(add('Eve@example.com')).rejects.toThrow('users_email_check');
  await add('é@example.com');
});

it('of accounts that would have the same address afterwards nothing is changed, and their ids are reported', async () => {
  for (const email of ['I@x.io', 'i@x.io', 'Ada@example.com']) await add(email);
  await expect(database.query(`begin; ${MIGRATION}`)).rejects.toThrow(
    /differ only in case: users [0-9a-f-]{36} and [0-9a-f-]{36}\./,
  );
  expect(await emails()).toEqual(['Ada@example.com', 'I@x.io', 'i@x.io']);
  await database.query('delete from users');
  await database.query(MIGRATION);
});
