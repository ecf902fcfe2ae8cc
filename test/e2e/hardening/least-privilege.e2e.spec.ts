import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { migrate } from '../../../src/arch/common/infrastructure/database/migrate.js';
import { TestServer } from '../../support/test-server.js';

// A role of this file alone on the PostgreSQL that the whole run shares.
const NAME = 'least_privilege_causerie';
const connection = { ...inject('postgres'), user: NAME, database: NAME, ssl: false as const };

let server: TestServer;

beforeAll(async () => {
  const [, statements] =
    readFileSync('docs/operations.md', 'utf8').match(/```sql\n(create role .*?)```/s) ?? [];
  await administrate(statements?.replaceAll(/\bcauserie\b/g, NAME) ?? '');
  await migrate(connection);
  server = await TestServer.start({}, async () => connection);
});
afterAll(async () => {
  await server.stop();
  await administrate(`drop database ${NAME} with (force); drop role ${NAME};`);
});

/** Runs one statement at a time: a database cannot be created within a transaction. */
async function administrate(statements: string): Promise<void> {
  const client = new Client({ ...inject('postgres'), database: 'postgres' });
  await client.connect();
  for (const statement of statements.split(';').filter((text) => text.trim() !== ''))
    await client.query(statement);
  await client.end();
}

it('migrates and serves as the role of the operations manual', async () => {
  const ada = await server.signUp('Ada');
  const conversationId = await server.createConversation(ada);
  const path = `/chat/conversations/${conversationId}/messages`;
  const sent = await server.call('POST', path, { token: ada.token, body: { content: 'Hello' } });
  expect(sent.status).toBe(201);
  const listed = await server.call('GET', path, { token: ada.token });
  expect(listed.body.data).toEqual([sent.body]);
});

it('a role that has no rights but on its own database', async () => {
  const client = new Client(connection);
  await client.connect();
  for (const statement of ['create database other', 'create role other', 'create table pg_catalog.other()']) {
    await expect(client.query(statement)).rejects.toThrow(/permission denied/);
  }
  await client.end();
});
