import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterEach, expect, inject, it } from 'vitest';
import { callApi } from '../support/api.js';
import { signUp } from './demo.js';
import { ask } from './postmaster.js';
import { cleanUp, programFile, ServerProcess } from './server-process.js';
import { urlOf } from './test-postgres.js';
import { waitUntil } from './wait-until.js';

afterEach(cleanUp);

async function onServer(statement: string): Promise<void> {
  const client = new Client({ ...inject('postgres'), database: 'postgres' });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

it('servers that start together on one empty database take turns migrating it, and all serve', async () => {
  const connection = { ...inject('postgres'), database: `t_${randomUUID().replaceAll('-', '')}` };
  await onServer(`create database ${connection.database}`);
  try {
    const settings = {
      DATABASE_URL: urlOf(connection),
      JWT_ACCESS_SECRET: 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA-fault-tests',
    };
    const obstacle = new Client(connection);
    obstacle.on('error', () => undefined);
    await obstacle.connect();
    // The first object that a migration creates: all migrations wait until this transaction has ended.
    await obstacle.query('begin; create schema drizzle');
    await programFile('main');
    const starting = [1, 2, 3].map(() => ServerProcess.start(settings));
    // Servers that wait for it, for the lock of the migrations, or before the next attempt.
    const waiting = `select from pg_stat_activity where datname = current_database()
      and query ~ '^\\s*(create schema|select pg_advisory_xact_lock|rollback)'`;
    await waitUntil('three migrations', async () => (await ask(connection, waiting)).length === 3, 30_000);
    await obstacle.query('rollback');
    await obstacle.end();
    const servers = await Promise.all(starting);
    expect(servers.map(({ stderr }) => stderr)).toEqual(['', '', '']);
    const migrations = await ask(connection, 'select hash from drizzle.__drizzle_migrations');
    expect(new Set(migrations.map(({ hash }) => hash)).size).toBe(migrations.length);

    const owners = await Promise.all(servers.map(({ url }) => signUp(url)));
    const answers = await Promise.all(
      servers.flatMap(({ url }) =>
        owners.map(({ token, conversationId }) =>
          callApi(url, 'GET', `/chat/conversations/${conversationId}`, { token }),
        ),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(9).fill(200));
  } finally {
    await cleanUp();
    await onServer(`drop database ${connection.database} with (force)`);
  }
});
