import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(resolve(root, file), 'utf8');
const { scripts, license, author } = JSON.parse(read('package.json')) as {
  scripts: Record<string, string>;
  license: string;
  author: string;
};

it('THIRD-PARTY.md is what production installs (after a change of dependencies: pnpm third-party)', () => {
  const now = execFileSync(process.execPath, ['scripts/third-party.mjs', '--print'], { cwd: root });
  expect(read('THIRD-PARTY.md')).toBe(now.toString());
});

it('licence, notice and manifest name the same holder', () => {
  expect(license).toBe('Apache-2.0');
  expect(read('LICENSE')).toContain(`   Copyright 2026 ${author}\n`);
  expect(read('LICENSE')).not.toMatch(/\[(?:yyyy|name of copyright owner)\]/);
  expect(read('NOTICE')).toContain(`Copyright 2026 ${author}`);
});

it('CONTRIBUTING.md lists every command of package.json', () => {
  const listed = new Set([...read('CONTRIBUTING.md').matchAll(/`pnpm ([\w:-]+)/g)].map(([, name]) => name));
  // Scripts that pnpm runs by itself are not commands.
  expect(Object.keys(scripts).filter((name) => name !== 'preinstall' && !listed.has(name))).toEqual([]);
});
