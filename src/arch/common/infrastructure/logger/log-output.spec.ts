import { pbkdf2 } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LogOutput } from './log-output.js';

let folder: string;
let path: string;
let file: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'causerie-log-'));
  path = join(folder, 'log');
  file = openSync(path, 'w');
});
afterEach(() => {
  closeSync(file);
  rmSync(folder, { recursive: true });
});

const LINES = Array.from({ length: 5_000 }, (_, number) => `${number} ${'é'.repeat(50)}\n`);
const limits = { waiting: 100, pause: 1, pipePause: 1, farewell: 1 };
/** Work for the threads that also write files. */
const occupyThreads = () =>
  Promise.all(Array.from({ length: 8 }, () => promisify(pbkdf2)('', '', 200_000, 32, 'sha256')));
const written = () => readFileSync(path, 'utf8');

it('writes every line once, in order', async () => {
  const output = new LogOutput(file, () => expect.unreachable());
  for (const line of LINES) output.write(line);
  await vi.waitUntil(() => written().endsWith(LINES.at(-1) ?? ''));
  output.write('more\n');
  await vi.waitUntil(() => written().endsWith('more\n'));
  expect(written()).toBe(`${LINES.join('')}more\n`);
});

it('at the end of the process writes what waits, and nothing twice', async () => {
  const output = new LogOutput(file, () => expect.unreachable());
  for (const line of LINES) output.write(line);
  output.flushLines();
  await vi.waitUntil(() => !output['isWriting']);
  expect(written().split('\n').toSorted()).toEqual(LINES.join('').split('\n').toSorted());
});

it('after the end of background writes the last lines come last, also when all threads are busy', async () => {
  const output = new LogOutput(file, () => expect.unreachable());
  const busy = occupyThreads();
  output.write('first\n');
  const ended = output.endWriting();
  output.write('second\n');
  await ended;
  output.write('last\n');
  output.flushLines();
  await busy;
  expect(written()).toBe('first\nsecond\nlast\n');
});

it('background writes end also where nothing can be written', async () => {
  const readOnly = openSync(path, 'r');
  const output = new LogOutput(readOnly, () => expect.unreachable(), limits);
  output.write('lost\n');
  await output.endWriting();
  output.flushLines();
  closeSync(readOnly);
  expect(written()).toBe('');
});

it('drops lines that do not fit, and logs their number once something is written', async () => {
  const reported: number[] = [];
  const output = new LogOutput(
    file,
    (dropped) => {
      reported.push(dropped);
      output.write('dropped\n');
    },
    limits,
  );
  const line = `${'x'.repeat(49)}\n`;
  for (let count = 0; count < 10; count += 1) output.write(line);
  await vi.waitUntil(() => written().endsWith('dropped\n'));
  expect([reported, written()]).toEqual([[7], `${line.repeat(3)}dropped\n`]);
});

it('survives a destination that cannot be written to, and the end of the process waits for nothing', async () => {
  const readOnly = openSync(path, 'r');
  const output = new LogOutput(readOnly, () => expect.unreachable(), limits);
  output.write('lost\n');
  await new Promise(setImmediate);
  output.flushLines();
  output.write('lost\n');
  await vi.waitUntil(() => !output['isWriting']);
  closeSync(readOnly);
  expect(written()).toBe('');
});

it('writes nothing after the end, when its descriptor may be another file', async () => {
  const readOnly = openSync(path, 'r');
  const output = new LogOutput(readOnly, () => expect.unreachable(), limits);
  output.write('lost\n');
  output.flushLines();
  await vi.waitUntil(() => !output['isWriting']);
  closeSync(readOnly);
  const other = openSync(path, 'a');
  await new Promise((resolve) => setTimeout(resolve, 20));
  closeSync(other);
  expect(written()).toBe('');
});
