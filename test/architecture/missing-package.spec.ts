import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { missingPackage } from '../../scripts/missing-package.mjs';

const LOCKFILE = `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      '@scope/server':
        specifier: 1.0.0
        version: 1.0.0(peer@3.0.0)
      ours:
        specifier: workspace:*
        version: link:packages/ours
    optionalDependencies:
      of-another-system:
        specifier: 1.0.0
        version: 1.0.0

  packages/ours:
    dependencies:
      peer:
        specifier: 3.0.0
        version: 3.0.0

  tools:
    devDependencies:
      alias:
        specifier: npm:checker@2.0.0
        version: checker@2.0.0

packages:

  '@scope/server@1.0.0':
    resolution: {integrity: sha512-none}

snapshots:

  '@scope/server@1.0.0(peer@3.0.0)':
    dependencies:
      parts: 1.0.0
      peer: 3.0.0
    optionalDependencies:
      native: 1.0.0

  checker@2.0.0: {}

  parts@1.0.0:
    dependencies:
      '@scope/server': 1.0.0(peer@3.0.0)

  peer@3.0.0: {}
`;

const root = mkdtempSync(join(tmpdir(), 'causerie-packages-'));
afterAll(() => rmSync(root, { recursive: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

function link(path: string, target: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  symlinkSync(join(root, target), join(root, path));
}

/** Creates packages in pnpm's layout. */
const VIRTUAL = 'node_modules/.pnpm';
beforeEach(() => {
  rmSync(root, { recursive: true });
  write('pnpm-lock.yaml', LOCKFILE);
  const server = `${VIRTUAL}/@scope+server@1.0.0_peer@3.0.0/node_modules`;
  write(`${server}/@scope/server/package.json`, '{ "bin": "serve.js" }');
  write(`${VIRTUAL}/parts@1.0.0/node_modules/parts/package.json`, '{}');
  write(`${VIRTUAL}/peer@3.0.0/node_modules/peer/package.json`, '{}');
  write(`${VIRTUAL}/checker@2.0.0/node_modules/checker/package.json`, '{ "bin": { "check": "check.js" } }');
  link(`${server}/parts`, `${VIRTUAL}/parts@1.0.0/node_modules/parts`);
  link(`${server}/peer`, `${VIRTUAL}/peer@3.0.0/node_modules/peer`);
  link(`${VIRTUAL}/parts@1.0.0/node_modules/@scope/server`, `${server}/@scope/server`);
  link('node_modules/@scope/server', `${server}/@scope/server`);
  write('packages/ours/package.json', '{}');
  link('node_modules/ours', 'packages/ours');
  link('packages/ours/node_modules/peer', `${VIRTUAL}/peer@3.0.0/node_modules/peer`);
  link('tools/node_modules/alias', `${VIRTUAL}/checker@2.0.0/node_modules/checker`);
  write('node_modules/.bin/server', '');
  write('node_modules/.bin/check', '');
});

it('complete packages lack nothing; optional ones may be missing', () => {
  expect(missingPackage(root, ['.', 'tools'])).toBeUndefined();
});

it.each([
  ['node_modules/@scope/server', '@scope/server'],
  [`${VIRTUAL}/@scope+server@1.0.0_peer@3.0.0`, '@scope/server'],
  [`${VIRTUAL}/@scope+server@1.0.0_peer@3.0.0/node_modules/peer`, 'peer'],
  [`${VIRTUAL}/parts@1.0.0`, 'parts'],
  [`${VIRTUAL}/parts@1.0.0/node_modules/@scope/server`, '@scope/server'],
  [`${VIRTUAL}/peer@3.0.0/node_modules/peer/package.json`, 'peer'],
  ['node_modules/.bin/server', 'server'],
  ['node_modules/ours', 'ours'],
  ['packages/ours/node_modules', 'peer'],
])('without %s, %s is missing', (path, name) => {
  rmSync(join(root, path), { recursive: true });
  expect(missingPackage(root, ['.'])).toBe(name);
});

it.each([
  ['tools/node_modules', 'alias'],
  [`${VIRTUAL}/checker@2.0.0`, 'alias'],
  ['node_modules/.bin/check', 'check'],
])('without %s, %s is missing, and only to those that check and test', (path, name) => {
  rmSync(join(root, path), { recursive: true });
  expect(missingPackage(root, ['.'])).toBeUndefined();
  expect(missingPackage(root, ['.', 'tools'])).toBe(name);
});

it('the packages that run this test are complete', () => {
  expect(missingPackage(resolve(import.meta.dirname, '../..'), ['.', 'tools'])).toBeUndefined();
});
