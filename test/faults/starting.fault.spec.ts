import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { TestDatabase } from '../support/test-database.js';
import { signUp } from './demo.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';
import { urlOf } from './test-postgres.js';
import { SOON_MS, timeExit, waitForLine } from './timed-exit.js';

afterAll(cleanUp);

const SECRET = 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA-fault-tests';
const isRoot = process.getuid?.() === 0;
/** Root may write anywhere, unless this capability is dropped. */
const withoutRights = isRoot ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : [];
/** Makes the program process 1 of a namespace of its own, as in a container. */
const asFirst = [
  'unshare',
  ...(isRoot ? [] : ['--user', '--map-root-user']),
  '--pid',
  '--fork',
  '--kill-child',
];

it.concurrent.each(['while it starts', 'when it serves'])(
  'the first process of a container reacts to SIGTERM %s',
  async (when) => {
    const database = await TestDatabase.create();
    const variables = { DATABASE_URL: urlOf(database.connection) };
    const server = await ServerProcess.spawn(variables, { prefix: asFirst });
    await waitForLine(server, when === 'when it serves' ? 'Causerie listens on' : 'Loading the application');
    const { pid = 0 } = server.child;
    const [first = ''] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
    const { code, milliseconds } = await timeExit(server, () => process.kill(Number(first), 'SIGTERM'));
    expect(code).toBe(0);
    expect(milliseconds).toBeLessThan(SOON_MS);
    await database.drop();
  },
);

it.concurrent('a server without a writable folder serves everything except uploads, logs it in one line, and notices when it can write', async () => {
  const database = await TestDatabase.create();
  const cwd = temporaryFolder();
  chmodSync(cwd, 0o500);
  const UPLOAD_DIR = join(cwd, 'uploads');
  const variables = { DATABASE_URL: urlOf(database.connection), UPLOAD_DIR, JWT_ACCESS_SECRET: SECRET };
  const server = await ServerProcess.start(variables, { cwd, prefix: withoutRights });
  const warnings = server.log.filter(({ level }) => level > 30).map(({ msg }) => msg);
  expect(warnings).toEqual([
    `UPLOAD_DIR ${join(UPLOAD_DIR, 'avatars')} cannot be written to (EACCES): avatars are refused with 503 until it can.`,
  ]);
  const { token } = await signUp(server.url);
  expect(await upload(server.url, token)).toBe('503 UNAVAILABLE');
  chmodSync(cwd, 0o700);
  expect(await upload(server.url, token)).toBe('200 undefined');
  // The cause may also be another one, such as a mount that is missing.
  execFileSync('rm', ['-r', UPLOAD_DIR]);
  writeFileSync(UPLOAD_DIR, 'no folder');
  expect(await upload(server.url, token)).toBe('503 UNAVAILABLE');
  await server.stop();
  await database.drop();
});

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** The status and the code of the answer. */
async function upload(url: string, token: string): Promise<string> {
  const body = new FormData();
  body.set('avatar', new Blob([Buffer.from(PIXEL, 'base64')], { type: 'image/png' }), 'pixel.png');
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}/users/me/avatar`, { method: 'POST', headers, body });
  const { code } = (await answer.json()) as { code?: string };
  return `${answer.status} ${code}`;
}
