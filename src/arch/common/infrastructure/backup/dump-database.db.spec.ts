import { setImmediate } from 'node:timers/promises';
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

it('whoever stops before a table is read may end the connection: no error is emitted that nobody listens to', async () => {
  await addUser('author@test.example');
  await database.query(`insert into posts (owner_id, title, content)
    select id, 'Noise', repeat(md5(random()::text), 5000) from users, generate_series(1, 50)
    where email = 'author@test.example'`);
  const own = new Client(database.connection);
  await own.connect();
  let unread: AsyncIterable<unknown> | undefined;
  for await (const { head, content } of dumpDatabase(own)) {
    unread = content;
    if (head.kind === 'table' && head.name === 'posts') break;
    for await (const _ of content);
  }
  await own.end();
  // The error is emitted in a later turn of the event loop.
  await setImmediate();
  const readAll = async () => {
    for await (const _ of unread ?? []);
  };
  await expect(readAll()).rejects.toThrow('Connection terminated');
});
