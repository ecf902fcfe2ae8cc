import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it as test } from 'vitest';
import { blocksOf, ROOT, writeBlocks } from './guide-blocks.js';

const PAGES = [
  'docs/client/getting-started.md',
  'docs/client/recipes.md',
  'packages/client/README.md',
  'packages/react/README.md',
];

const SETTINGS = { extends: join(ROOT, 'examples/tsconfig.json'), include: ['*.ts', '*.tsx'] };

const it = test.extend('settings', SETTINGS).extend('compile', ({ settings }, { onCleanup }) => {
  /** What the compiler has to say of the programs of a page. */
  return async (page: string, change?: (code: string) => string): Promise<string> => {
    const { folder, remove } = writeBlocks(page, change);
    onCleanup(remove);
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    return promisify(execFile)(process.execPath, [tsc, '-p', folder, '--pretty', 'false']).then(
      ({ stdout }) => stdout,
      ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr,
    );
  };
});

it.for(PAGES)('the programs of %s compile, and are all there are', async (page, { compile }) => {
  const languages = blocksOf(page).map(({ language }) => language);
  expect(languages.some((language) => language.startsWith('ts'))).toBe(true);
  expect(languages.filter((language) => !['ts', 'tsx', 'js', 'html', 'bash'].includes(language))).toEqual([]);
  expect(await compile(page)).toBe('');
});

it('a mistake in one of them is found', async ({ compile }) => {
  const mistaken = await compile(PAGES[0] ?? '', (code) => code.replace('.content}`', '.contents}`'));
  expect(mistaken).toContain('main.ts');
  expect(mistaken).toContain('error TS2551');
});
