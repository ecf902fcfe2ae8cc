import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { broughtBy, freshCheckout, manifest, megabytesOf, ROOT } from './fresh-checkout.js';
import { removeFolders } from './temporary-folder.js';

afterAll(removeFolders);

/** What `start` installs on a machine whose Node reports this version; no registry is used. */
async function installedOn(version: string): Promise<string> {
  const checkout = freshCheckout();
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '${version}' })`;
  const options = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, 'scripts/packages.mjs'];
  await promisify(execFile)(process.execPath, options, {
    cwd: checkout,
    env: { ...process.env, pnpm_config_offline: 'true' },
    timeout: 60_000,
  });
  return checkout;
}

/** What the web client is made of is needed to start, too; types of React come with a package that mentions them. */
const OF_WEB = new Set([
  ...Object.keys(manifest(join(ROOT, 'web'))['devDependencies'] ?? {}),
  '@types/react',
]);

/** The maximum that ADR 39 allows, in MB. */
const LARGEST = { '20.20.2': 320, '26.0.0': 170 };

it.each(Object.entries(LARGEST))(
  'with Node %s, start installs compiler and server, a Node only where needed, and less than %i MB',
  async (version, largest) => {
    const checkout = await installedOn(version);
    const { devDependencies: tools = {} } = manifest(join(checkout, 'tools'));
    const brought = broughtBy(checkout);
    expect(Object.keys(tools).filter((name) => brought.has(name) && !OF_WEB.has(name))).toEqual([]);
    const modules = join(checkout, 'node_modules');
    const needed = ['fastify', 'oxc-transform', 'causerie-postgres'];
    expect(needed.filter((name) => !existsSync(join(modules, name)))).toEqual([]);
    expect(existsSync(join(modules, '.bin/node'))).toBe(version === '20.20.2');
    expect(megabytesOf(checkout)).toBeLessThan(largest);
  },
);
