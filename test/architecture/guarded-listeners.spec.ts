import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
/**
 * Exceptions: `on` of Drizzle's indexes, the handler of uncaught errors itself, and listeners that only end the
 * process.
 */
const ELSEWHERE = /(?:schema|\.table)\.ts$|(stop|end)-on-signals\.ts$|\.spec\.ts$/;
/** Callbacks with a single call that cannot throw. */
const HARMLESS = [
  /^\(\) => undefined$/,
  /^resolve$/,
  /^\(\) => [\w.]+\.resolve\([^()]*\)$/,
  /^\(\) => clearTimeout\(\w+\)$/,
  /^\(\) => (void )?\w+\.destroy\(\)$/,
  /^\(\) => setImmediate\(\w+\)$/,
  // `node:timers/promises`: its argument is milliseconds.
  /^[A-Z_]+$/,
];
const REGISTRATION =
  /\.(on|once|onAny|addListener|prependListener|prependOnceListener)\(|(?<!engine)\.use\(|(?<![\w.])(setTimeout|setInterval|setImmediate|queueMicrotask)\(|nextTick\(/g;

/** The callbacks that a source text passes to emitters and timers without `guardListener`. */
function unguarded(text: string): string[] {
  return [...text.matchAll(REGISTRATION)]
    .map((match) => argumentsAt(text, match.index + match[0].length))
    .map((args) => args.find((argument) => !argument.startsWith("'")) ?? '')
    .filter((callback) => !isGuarded(callback, text));
}

function isGuarded(callback: string, text: string): boolean {
  if (callback.startsWith('guardListener(') || HARMLESS.some((form) => form.test(callback))) return true;
  const name = /^(?:this\.)?(\w+)$/.exec(callback)?.[1];
  return name !== undefined && new RegExp(String.raw`\b${name} = guardListener\(`).test(text);
}

/** The arguments of a call, from after its opening parenthesis to the closing one. */
function argumentsAt(text: string, start: number): string[] {
  const found = [''];
  for (let at = start, depth = 0; at < text.length && depth >= 0; at += 1) {
    const char = text[at] ?? '';
    if ('([{'.includes(char)) depth += 1;
    if (')]}'.includes(char)) depth -= 1;
    if (char === ',' && depth === 0) found.push('');
    else if (depth >= 0) found.push((found.pop() ?? '') + char);
  }
  return found.map((argument) => argument.replaceAll(/\s+/g, ' ').trim()).filter(Boolean);
}

it('every listener and timer of the server goes through guardListener', () => {
  const files = globSync('src/arch/**/*.ts', { cwd: ROOT }).filter((file) => !ELSEWHERE.test(file));
  expect(files.length).toBeGreaterThan(100);
  const found = files
    .map((file) => [file, readFileSync(resolve(ROOT, file), 'utf8')] as const)
    .flatMap(([file, text]) => unguarded(text).map((callback) => `${file}: ${callback}`));
  expect(found).toEqual([]);
});

it.each([
  "socket.on('close', () => count());",
  "socket.once(\n  'close',\n  listener,\n);",
  'setTimeout(() => look(), 10).unref();',
  "const other = guardListener(look); client.on('ready', look);",
  'process.nextTick(function () { fail(); });',
  'namespace.use((socket, next) => next());',
])('notices %j', (text) => {
  expect(unguarded(text)).toHaveLength(1);
});
