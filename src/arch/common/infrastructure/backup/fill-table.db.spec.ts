import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitUntil } from '../../../../../test/faults/wait-until.js';
import { TestDatabase } from '../../../../../test/support/test-database.js';
import { fillTable } from './fill-table.js';

/** Bytes of a chunk; 32 MiB in total. */
const CHUNK = 65_536;
const CHUNKS = 512;

let database: TestDatabase;
let client: Client;
beforeAll(async () => {
  database = await TestDatabase.empty();
  await database.query(`create table large (id int primary key, body text);
    create table parents (id int primary key);
    create table children (parent int references parents)`);
  client = new Client(database.connection);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const head = (name: string, ...columns: string[]) => ({ kind: 'table' as const, name, columns });

it('a backup is read no faster than PostgreSQL stores it', async () => {
  const other = new Client(database.connection);
  await other.connect();
  let chunks = 0;
  async function* rows(): AsyncGenerator<Uint8Array> {
    // Not earlier: disabling triggers waits for transactions that write to the table.
    await other.query('begin; insert into large values (0)');
    for (; chunks < CHUNKS; chunks += 1) yield Buffer.from(`${chunks}\t${'x'.repeat(CHUNK)}\n`);
  }
  const filled = fillTable(client, head('large', 'id', 'body'), rows());
  // A row with the number that the other transaction may take.
  const waiting = `select from pg_stat_activity where datname = current_database() and query like 'copy "large"%' and wait_event_type = 'Lock'`;
  await waitUntil('a COPY that waits', async () => (await database.query(waiting)).length > 0);
  let same = 0;
  let last = 0;
  await waitUntil('full buffers', () => {
    same = chunks === last ? same + 1 : 0;
    last = chunks;
    return same > 20;
  });
  expect(chunks).toBeLessThan(CHUNKS / 8);
  await other.query('rollback');
  await other.end();
  expect(await filled).toBe(CHUNKS);
});

it('foreign keys are looked at after each part: PostgreSQL keeps no list of all rows in memory', async () => {
  let asked = 0;
  async function* rows(): AsyncGenerator<Uint8Array> {
    for (; asked < 100; asked += 1) yield Buffer.from('1\n');
  }
  await expect(fillTable(client, head('children', 'parent'), rows(), 8)).rejects.toMatchObject({
    code: '23503',
  });
  expect(asked).toBeLessThan(10);

  await database.query('insert into parents values (1)');
  asked = 0;
  expect(await fillTable(client, head('children', 'parent'), rows(), 8)).toBe(100);
  expect(await database.query('select count(*)::int as count from children')).toEqual([{ count: 100 }]);
});
