import { parseArgs } from 'node:util';

/**
 * The one optional file argument of a command; undefined when there is none.
 * @throws Error with the fault
 */
export function parseFile(words: readonly string[]): string | undefined {
  const { positionals } = parseArgs({ args: [...words], options: {}, allowPositionals: true });
  if (positionals.length > 1) throw new Error('Only one file may be named.');
  return positionals[0];
}

/** @throws Error with the fault */
export function parseReplacingFile(words: readonly string[]): { file: string; replace: boolean } {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { replace: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new Error('A file is to be named, and one.');
  return { file, replace: values.replace };
}
