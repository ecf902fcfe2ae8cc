import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const VITEST = resolve(import.meta.dirname, '../../node_modules/vitest/vitest.mjs');
const REPORTER = resolve(import.meta.dirname, 'unfinished-files.reporter.ts');
/** The worker tells what it is at some time after it has begun it. */
const DIES = `test('fine', () => {});
test('dies', () => new Promise(() => setTimeout(() => process.kill(process.pid, 'SIGKILL'), 1_000)));`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'causerie-unfinished-'));
  const config = { test: { include: ['*.spec.js'], globals: true, isolate: false, reporters: [REPORTER] } };
  await writeFile(join(folder, 'vitest.config.mjs'), `export default ${JSON.stringify(config)}`);
  await writeFile(join(folder, 'deadly.spec.js'), DIES);
  await writeFile(join(folder, 'harmless.spec.js'), `test('fails', () => expect(1).toBe(2));`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("the death of a worker names the file and the test, and nobody else's", async () => {
  const output = await new Promise<string>((done) => {
    execFile(process.execPath, [VITEST, 'run'], { cwd: folder }, (_error, stdout, stderr) =>
      done(stdout + stderr),
    );
  });
  expect(output.match(/Begun and not ended: .*/g)).toEqual(['Begun and not ended: deadly.spec.js > dies']);
});
