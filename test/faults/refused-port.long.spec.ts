import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestDatabase } from '../support/test-database.js';
import { LOOPBACK } from './addresses.js';
import { postmasterOf } from './postmaster.js';
import { refusal } from './refusal.js';
import { cleanUp } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';
import { urlOf } from './test-postgres.js';

const others: Server[] = [];
let database: TestDatabase;
let DATABASE_URL: string;
beforeAll(async () => {
  database = await TestDatabase.create();
  DATABASE_URL = urlOf(database.connection);
});
afterAll(async () => {
  for (const other of others) other.close();
  await cleanUp();
  await database.drop();
});

async function takenPort(host: string): Promise<string> {
  const other = createServer().listen(0, host);
  await once(other, 'listening');
  others.push(other);
  return String((other.address() as AddressInfo).port);
}

it.concurrent.each(LOOPBACK)(
  'reports in one line which PORT is taken on %s, and what to do',
  async (host) => {
    const PORT = await takenPort(host);
    expect(await refusal({ DATABASE_URL, PORT })).toBe(
      `PORT ${PORT} is taken: another program listens on ${host}. Stop it, or set PORT to a free one; 0 takes any.`,
    );
  },
);

it.concurrent('stops its own PostgreSQL again when PORT is taken', async () => {
  const DATA_DIR = join(temporaryFolder(), 'data');
  await refusal({ DATA_DIR, PORT: await takenPort('127.0.0.1') });
  expect(postmasterOf(DATA_DIR)).toBeUndefined();
});

it.concurrent.each([
  // Without a name server the lookup of an unknown name fails in another way.
  ['no-such-host.invalid', /^HOST is a name (of no address\.|whose address cannot be found now)/],
  ['999.1.1.1', /^HOST is a name (of no address\.|whose address cannot be found now)/],
  ['192.0.2.1', /^HOST is not an address of this machine\./],
  ['2001:db8::1', /^HOST is (not an address of this machine|of an IP version that this machine)/],
  ['fe80::1', /^HOST is (an address that is good on one interface only|not an address|of an IP version)/],
])('says in one line what is wrong with HOST=%s', async (HOST, words) => {
  expect(await refusal({ DATABASE_URL, HOST })).toMatch(words);
});
