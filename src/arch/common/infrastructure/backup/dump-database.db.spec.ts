import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestDatabase } from '../../../../../test/support/test-database.js';
import { dumpDatabase } from './dump-database.js';

let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await TestDatabase.create();
  client = new Client(database.connection);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const addUser = (email: string) =>
  database.query("insert into users (email, password_hash, display_name) values ($1, '-', 'Somebody')", [
    email,
  ]);

it('what is written while a backup is made is not in it: all tables are as they were when it began', async () => {
  await addUser('before@test.example');
  let rows: Readonly<Record<string, number>> = {};
  for await (const { head, content } of dumpDatabase(client)) {
    // At the first entry the snapshot exists, and no table has been read.
    if (head.kind === 'backup') await addUser('meanwhile@test.example');
    for await (const _ of content);
    if (head.kind === 'end') rows = head.rows;
  }
  expect(rows['users']).toBe(1);
  expect(await database.query('select count(*)::int as count from users')).toEqual([{ count: 2 }]);
});
