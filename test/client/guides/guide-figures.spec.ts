import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './guide-blocks.js';

const read = (file: string): string => readFileSync(resolve(ROOT, file), 'utf8');

describe('docs/client/promises.md', () => {
  const page = 'docs/client/promises.md';
  const tests = [...read(page).matchAll(/\[([^\]]+)\]\((\.\.\/\.\.\/[^)]+\.ts)\)/g)].map(
    ([, name = '', path = '']) => ({ name: name.replaceAll(/\s+/g, ' '), path }),
  );

  it('names tests', () => expect(tests.length).toBeGreaterThan(40));

  it.for(tests.filter(({ name }) => name !== 'simulated'))('$name is a test of $path', ({ name, path }) => {
    const text = readFileSync(resolve(ROOT, dirname(page), path), 'utf8');
    expect(text).toContain(name);
  });
});

describe('docs/client/performance.md', () => {
  const page = read('docs/client/performance.md');

  it('has the limits of sizes that a build has', () => {
    const [, limits = ''] = /const LIMITS = \{ (.*) \};/.exec(read('scripts/size.mjs')) ?? [];
    const bytes = [...limits.matchAll(/: ([\d_]+)/g)].map(([, value = '']) => Number(value.replace('_', '')));
    const stated = [...page.matchAll(/ kB +\| ([\d.]+) kB +\|$/gm)].map(([, value]) => Number(value) * 1_000);
    expect(bytes).toHaveLength(3);
    expect(stated).toEqual(bytes);
  });

  it('names specs that are there', () => {
    const specs = [...page.matchAll(/`pnpm test (\S+)`/g)].map(([, spec = '']) => spec);
    expect(specs.length).toBeGreaterThan(6);
    expect(specs.filter((spec) => !existsSync(resolve(ROOT, spec)))).toEqual([]);
  });
});

it.each(['client', 'react'])('README.md of the package of %s has no link out of the package', (name) => {
  const links = [...read(`packages/${name}/README.md`).matchAll(/\]\(([^)]+)\)/g)].map(
    ([, link = '']) => link,
  );
  expect(links).not.toEqual([]);
  expect(links.filter((link) => link.startsWith('..'))).toEqual([]);
});
