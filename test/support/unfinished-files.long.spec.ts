import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const VITEST = resolve(import.meta.dirname, '../../node_modules/vitest/vitest.mjs');
const REPORTER = resolve(import.meta.dirname, 'unfinished-files.reporter.ts');
/** The worker reports its running test some time after it has begun. */
const DIES = `test('fine', () => {});
test('dies', () => new Promise(() => setTimeout(() => process.kill(process.pid, 'SIGKILL'), 1_000)));`;

/** Blocks its thread, so that no timeout can interrupt it. */
const HANGS = `test('fine', () => {});
test('hangs', async () => {
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'causerie-unfinished-'));
  const config = {
    test: {
      include: ['*.spec.js'],
      globals: true,
      isolate: false,
      testTimeout: 3_000,
      hookTimeout: 3_000,
      reporters: [REPORTER],
    },
  };
  await writeFile(join(folder, 'vitest.config.mjs'), `export default ${JSON.stringify(config)}`);
  await writeFile(join(folder, 'deadly.spec.js'), DIES);
  await writeFile(join(folder, 'hanging.spec.js'), HANGS);
  await writeFile(join(folder, 'harmless.spec.js'), `test('fails', () => expect(1).toBe(2));`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function run(...files: string[]): Promise<{ output: string; status: unknown }> {
  return new Promise((done) => {
    execFile(process.execPath, [VITEST, 'run', ...files], { cwd: folder }, (error, stdout, stderr) =>
      done({ output: stdout + stderr, status: error?.code ?? 0 }),
    );
  });
}

it("the death of a worker names the file and the test, and nobody else's", async () => {
  const { output } = await run('deadly', 'harmless');
  expect(output.match(/Begun and not ended: .*/g)).toEqual(['Begun and not ended: deadly.spec.js > dies']);
});

it('a test that blocks its worker ends the run, named', async () => {
  const { output, status } = await run('hanging', 'harmless');
  expect(output).toMatch(/^Hangs, silent for \d+ s: hanging\.spec\.js > hangs$/m);
  expect(status).toBe(1);
});
