import { execFile } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { expect, it } from 'vitest';

import { temporaryFolder } from './running.ts';

const run = promisify(execFile);
const PACKAGE = resolve(import.meta.dirname, '..');
const MODULES = resolve(PACKAGE, '../../node_modules');

/** As the README has it. */
const PROGRAM = `
import { findPostgresBinaries, startEmbeddedPostgres } from 'causerie-embedded-postgres';
import { Client } from 'pg';

const server = await startEmbeddedPostgres({
  folder: 'data',
  name: 'app',
  binaries: await findPostgresBinaries(import.meta.url),
  log: { debug: () => undefined, warn: (line) => process.stderr.write(line) },
});
const client = new Client({ ...server.connection, ssl: false });
await client.connect();
const { rows } = await client.query('select current_database() as name');
await client.end();
await server.stop();
process.stdout.write(JSON.stringify(rows));
`;

/** A folder with what `pnpm pack` makes as an installed package, and those that its user would install. */
async function installed(): Promise<string> {
  const folder = temporaryFolder();
  const place = join(folder, 'node_modules/causerie-embedded-postgres');
  mkdirSync(place, { recursive: true });
  const pack = ['-y', '--prefer-offline', 'pnpm@12', 'pack', '--out', join(folder, 'package.tgz')];
  await run('npx', pack, { cwd: PACKAGE });
  await run('tar', ['xzf', join(folder, 'package.tgz'), '--strip-components=1', '-C', place]);
  for (const name of ['@embedded-postgres', '@types', 'pg']) {
    symlinkSync(join(MODULES, name), join(folder, 'node_modules', name));
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'program.ts'), PROGRAM);
  return folder;
}

it('what is published runs outside of the workspace, and has types', async () => {
  const cwd = await installed();
  const { stdout, stderr } = await run(process.execPath, ['program.ts'], { cwd });
  expect({ stdout, stderr }).toEqual({ stdout: '[{"name":"app"}]', stderr: '' });

  const check = (file: string) => {
    const options = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2024', '--types', 'node'];
    return run(join(MODULES, '.bin/tsc'), [...options, file], { cwd });
  };
  await check('program.ts');
  writeFileSync(join(cwd, 'wrong.ts'), PROGRAM.replace("name: 'app'", 'name: 1'));
  await expect(check('wrong.ts')).rejects.toMatchObject({
    stdout: expect.stringContaining("Type 'number' is not assignable to type 'string'") as string,
  });
});
