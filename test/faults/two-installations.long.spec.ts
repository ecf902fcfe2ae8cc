import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { freshCheckout } from './fresh-checkout.js';
import { removeFolders } from './temporary-folder.js';
import { waitUntil } from './wait-until.js';

const children: ChildProcess[] = [];
let checkout: string;
beforeAll(() => {
  checkout = freshCheckout();
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(removeFolders);

/** The first installation of `start` (`server`) or `test` (`all`); no registry is used. */
function install(what: 'server' | 'all'): Promise<string> {
  const env = { ...process.env, pnpm_config_offline: 'true' };
  const child = spawn(process.execPath, ['scripts/packages.mjs', what], { cwd: checkout, env });
  children.push(child);
  return Promise.all([text(child.stderr), once(child, 'exit')]).then(([output, [status]]) => {
    expect({ output, status }).toMatchObject({ status: 0 });
    return output;
  });
}

it('start and test at the same time on a fresh checkout: the second waits, and both have their packages', async () => {
  const first = install('server');
  await waitUntil('the lock', () => existsSync(join(checkout, '.installing')));
  const second = install('all');
  expect(await first).toMatch(/^Installing the packages of the server …\n/);
  expect(await second).toMatch(
    /^Another process \(pid \d+\) installs packages here; waiting until it has finished …\nInstalling the packages of the server and of its tests …\n/,
  );
  expect(await install('all')).toBe('');
});

it('a missing link between two packages is detected, and all packages are installed again', async () => {
  const [link = ''] = globSync('node_modules/.pnpm/fastify@*/node_modules/avvio', { cwd: checkout });
  rmSync(join(checkout, link), { recursive: true });
  const output = await install('all');
  expect(output).toMatch(/^Installing the packages .*\n/);
  expect(output).toContain(
    'The installation is incomplete (avvio is missing). All packages are installed again.\n',
  );
  expect(existsSync(join(checkout, link))).toBe(true);
  expect(await install('all')).toBe('');
});
