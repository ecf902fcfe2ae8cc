import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

const FOLDER = resolve(import.meta.dirname, '../../../examples');
const running = new Set<ChildProcess>();

const linesOf = (input: NodeJS.ReadableStream) => createInterface({ input })[Symbol.asyncIterator]();

/** Runs one of the scripts of `examples/` against the server at `url`, with iterators over the lines that it prints. */
export function example(name: string, url: string, words: readonly string[] = [], variables = {}) {
  const file = resolve(FOLDER, name.includes('.') ? name : `${name}.mjs`);
  const env = { ...process.env, CAUSERIE_URL: url, ...variables };
  const child = spawn(process.execPath, [file, ...words], { env });
  running.add(child);
  return { child, output: linesOf(child.stdout), errors: linesOf(child.stderr), ended: once(child, 'exit') };
}

export const next = async (lines: AsyncIterator<string>): Promise<unknown> => (await lines.next()).value;

/** For `afterEach`. */
export function endExamples(): void {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
}
