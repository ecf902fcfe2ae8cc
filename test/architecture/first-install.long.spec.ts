import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { isNewEnough } from '../../scripts/node-version.mjs';

const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/** The script is tested with the version that Node reports; its abilities are those of the running Node. */
const VERSIONS = {
  '20.20.2': false,
  '24.9.0': false,
  '24.15.0': false,
  '24.16.0': true,
  '25.9.0': false,
  '26.0.0': true,
  '27.1.0': true,
};

it.each(Object.entries(VERSIONS))('Node %s is accepted: %s', async (version, will) => {
  expect(isNewEnough(version)).toBe(will);
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '${version}' })`;
  const options = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`];
  const required = await run(process.execPath, [...options, 'src/require-node.ts'], { cwd: root }).then(
    () => true,
    ({ code, stderr }: { code: number; stderr: string }) => {
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /^Causerie needs Node 24\.16 [^\n]+, this is [\d.]+: [^\n]*node_modules\/\.bin\/node\.\n$/,
      );
      return false;
    },
  );
  expect(required).toBe(will);
});

it('engines in package.json names the same versions', () => {
  const { engines } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as {
    engines: { node: string };
  };
  expect(engines.node).toBe('^24.16.0 || >=26.0.0');
});

it.each(globSync('src/*.ts', { cwd: root }).filter((file) => !file.includes('require-node')))(
  '%s checks the version before all other imports',
  (file) => {
    expect(readFileSync(resolve(root, file), 'utf8')).toMatch(/^import '\.\/require-node\.js';\n/);
  },
);

it.each([
  ['npm/11.19.1 node/v26.10.0 linux x64 workspaces/false', 1],
  ['yarn/1.22.22 npm/? node/v26.10.0 linux x64', 1],
  ['bun/1.4.5 npm/? node/v24.3.0 linux x64', 1],
  ['pnpm/12.21.0 npm/? node/? linux x64', 0],
])('an installation by %s ends with %i', async (npm_config_user_agent, status) => {
  const ended = await run(process.execPath, ['scripts/only-pnpm.mjs'], {
    cwd: root,
    env: { npm_config_user_agent },
  }).then(
    () => ({ code: 0, stderr: '' }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ code, stderr }),
  );
  expect(ended.code).toBe(status);
  expect(ended.stderr.includes('use: npx -y pnpm@12 install (or: ')).toBe(status === 1);
});
