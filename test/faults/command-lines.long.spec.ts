import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { cleanUp, programFile } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';

afterAll(cleanUp);

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
const TYPED = ['--import', import.meta.resolve('@oxc-node/core/register')];
const ours = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The program that `pnpm <name>` runs. */
const PROGRAMS: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  start: async () => [await programFile('main')],
  migrate: async () => [await programFile('migrate')],
  seed: async () => [await programFile('seed')],
  backup: async () => [await programFile('backup')],
  restore: async () => [await programFile('restore')],
  'database:upgrade': async () => [await programFile('upgrade-database')],
  'epoch:renew': async () => [await programFile('renew-epoch')],
  verify: async () => [ours('verify/main.ts')],
  'verify:faults': async () => [ours('verify/faults/main.ts')],
  'verify:fuzz': async () => [ours('verify/fuzz/main.ts')],
  'verify:neighbours': async () => [ours('verify/neighbours/main.ts')],
  'verify:outages': async () => [...TYPED, ours('verify/outages/main.ts')],
  bench: async () => [...TYPED, ours('bench/main.ts')],
};
const DATA_DIR = join(temporaryFolder(), 'data');

/** Runs it with settings with which no program can start: its answer must not depend on them. */
async function run(
  name: string,
  ...words: string[]
): Promise<Record<'status' | 'stdout' | 'stderr', unknown>> {
  const args = [...((await PROGRAMS[name]?.()) ?? []), ...words];
  const { PATH = '', HOME = '' } = process.env;
  const options = { cwd: temporaryFolder(), env: { PATH, HOME, DATA_DIR, PORT: 'none' } };
  return new Promise((resolve) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) =>
      resolve({ status: error ? error.code : 0, stdout, stderr }),
    );
  });
}

it.concurrent.each(Object.keys(PROGRAMS))(
  '%s prints its help, or refuses an unknown option, and does nothing',
  async (name) => {
    const [help, asked, unknown] = await Promise.all([
      run(name, '--', '--help'),
      run(name, '-v'),
      run(name, '--no-such-option'),
    ]);
    const usage = expect.stringMatching(new RegExp(`^pnpm ${name}[ ,[\\n][^]*--help`));
    expect(help).toEqual({ status: 0, stdout: usage, stderr: '' });
    expect(asked).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
    expect(unknown).toEqual({
      status: 2,
      stdout: '',
      stderr: "Unknown option '--no-such-option'. --help lists what there is.\n",
    });
    expect(existsSync(DATA_DIR)).toBe(false);
  },
);

it.concurrent.each([
  ['seed', 'twice', "Unexpected argument 'twice'."],
  ['backup', '--replace', "Unknown option '--replace'."],
  ['restore', '--replace', 'A file is to be named, and one.'],
  ['database:upgrade', '17', "Unexpected argument '17'."],
  ['verify', '--minutes=x', '--minutes must be a positive number.'],
  ['verify:fuzz', '--steps=x', '--steps must be a whole number from 1.'],
  ['verify:neighbours', '--minutes=0', '--minutes must be a whole number from 1.'],
  ['verify:outages', '--latency=-1', '--latency must be a whole number from 0.'],
  ['bench', '--workload=none', 'There is no workload none; --list names them.'],
])('%s refuses %s: %s', async (name, word, why) => {
  expect(await run(name, word)).toEqual({
    status: 2,
    stdout: '',
    stderr: `${why} --help lists what there is.\n`,
  });
});
