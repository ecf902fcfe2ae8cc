import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it as test } from 'vitest';
import { measureBundle, outgrown } from '../../scripts/bundle-size.mjs';

/** Random digits, which gzip can hardly make smaller than half. */
const DIGITS = Array.from({ length: 4_000 }, (_, index) => ((index * 7_919 + index ** 3) % 9_973) % 10).join(
  '',
);
const SOURCES = {
  'public-api.ts': `export { large } from './large.ts';\nexport { small } from './small.ts';\nexport type { Shape } from './large.ts';`,
  'large.ts': `export interface Shape { readonly a: 1 }\nexport const large = (): string => '${DIGITS}';`,
  'small.ts': `import { io } from 'not-installed';\nexport const small = (): unknown => io();`,
};

const it = test
  .extend('texts', { scope: 'file' }, SOURCES)
  .extend('source', { scope: 'file' }, ({ texts }, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'causerie-size-'));
    onCleanup(() => rmSync(folder, { recursive: true }));
    for (const [file, text] of Object.entries(texts)) writeFileSync(join(folder, file), text);
    return join(folder, 'public-api.ts');
  });

it('measures all that a module exports, without what other packages export', async ({ source }) => {
  const { bytes, exports, modules } = await measureBundle(source);
  expect(exports.toSorted()).toEqual(['large', 'small']);
  expect([...modules.keys()].map((file) => file.split('/').at(-1))).toEqual(['large.ts', 'small.ts']);
  expect(bytes).toBeGreaterThan(1_000);
});

it('measures one export without the others', async ({ source }) => {
  const { bytes, exports } = await measureBundle(source, ['small']);
  expect(exports).toEqual(['small']);
  expect(bytes).toBeLessThan(150);
});

it('counts nothing for no export', async ({ source }) => {
  expect((await measureBundle(source, [])).bytes).toBe(0);
});

it('names what has outgrown its limit', () => {
  expect(outgrown([['large', 101, 100] as const, ['small', 100, 100] as const])).toEqual([
    expect.stringMatching(/^large has outgrown its limit by 1 bytes: /),
  ]);
});
