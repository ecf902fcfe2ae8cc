import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

it('private members of engine.io, ws and Socket.IO are named in one file: no other asserts a type of theirs', () => {
  const files = globSync(
    ['src/arch/common/interface/ws/**/*.ts', 'src/arch/modules/*/interface/ws/**/*.ts'],
    {
      cwd: ROOT,
    },
  ).filter((file) => !file.endsWith('.spec.ts'));
  const asserting = files.filter((file) =>
    readFileSync(resolve(ROOT, file), 'utf8').includes(' as unknown as '),
  );
  expect(asserting).toEqual(['src/arch/common/interface/ws/engine/engine-connection.ts']);
});
