import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestDatabase } from '../../../../../test/support/test-database.js';
import { Database } from './database.js';
import { SESSION_SETTINGS } from './session-settings.js';
import { withClient } from './with-client.js';

/** Other values that a server, a database or a role may have. */
const OTHERWISE: Record<string, string> = {
  standard_conforming_strings: 'off',
  array_nulls: 'off',
  DateStyle: 'German, DMY',
  IntervalStyle: 'iso_8601',
  TimeZone: 'Africa/Monrovia',
  bytea_output: 'escape',
  extra_float_digits: '-5',
  default_transaction_isolation: 'serializable',
};

const LOOK = {
  text: 'select name, current_setting(name) as value from unnest($1::text[]) as name',
  values: [Object.keys(SESSION_SETTINGS)],
};

let postgres: TestDatabase;
let database: Database;
beforeAll(async () => {
  postgres = await TestDatabase.create();
  for (const [name, value] of Object.entries(OTHERWISE)) {
    await postgres.query(`alter database ${postgres.connection.database} set ${name} = '${value}'`);
  }
  database = new Database(postgres.connection, 2);
});
afterAll(async () => {
  await database.onApplicationShutdown();
  await postgres.drop();
});

it('the database of this test has all of them otherwise', async () => {
  expect(Object.keys(OTHERWISE)).toEqual(Object.keys(SESSION_SETTINGS));
  for (const { name, value } of await postgres.query<{ name: string; value: string }>(LOOK.text, LOOK.values))
    expect(value).toBe(OTHERWISE[name]);
});

it.each(['general', 'messages'] as const)(
  'every connection of the lane for %s has the settings that statements and answers need',
  async (lane) => {
    const rows = await database.execute<{ name: string; value: string }>(LOOK, lane);
    expect(Object.fromEntries(rows.map(({ name, value }) => [name, value]))).toEqual(SESSION_SETTINGS);
  },
);

it('so has every connection of a start', async () => {
  await withClient(postgres.connection, async (client) => {
    const { rows } = await client.query<{ name: string; value: string }>(LOOK);
    expect(Object.fromEntries(rows.map(({ name, value }) => [name, value]))).toEqual(SESSION_SETTINGS);
  });
});

it('an instant, bytes and an array are read as they were written', async () => {
  const [row] = await database.execute({
    text: 'select $1::timestamptz as instant, $2::bytea as bytes, $3::text[] as texts',
    values: ['2026-11-27T02:03:04.005Z', Buffer.from([0, 255]), ['a', null, 'NULL']],
  });
  expect(row).toEqual({
    instant: new Date('2026-11-27T02:03:04.005Z'),
    bytes: Buffer.from([0, 255]),
    texts: ['a', null, 'NULL'],
  });
});
