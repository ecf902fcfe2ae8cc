import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';

// This file imports no other one of ours, because programs outside of `src`, which are not built, use it as well.
/** The version in package.json. */
export const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

/** The exit status of shells and most programs for an invalid command line. */
const MISUSED = 2;

/**
 * Parses the command line; `--help` and `--version` are answered here, before anything is opened or changed, and end
 * the program. A command line that `parse` refuses ends it with status 2 and one line.
 * @param usage the text of `--help`
 * @param parse parses the arguments; throws an Error whose first sentence is the fault
 */
export function readCommandLine<T>(usage: string, parse: (words: readonly string[]) => T): T {
  // pnpm passes on the `--` in front of a script's own options.
  const words = process.argv.slice(2).filter((word) => word !== '--');
  const { values: asked } = parseArgs({
    args: words,
    strict: false,
    options: { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean', short: 'v' } },
  });
  if (asked.help === true) end(process.stdout, usage.trimEnd(), 0);
  if (asked.version === true) end(process.stdout, version, 0);
  try {
    return parse(words);
  } catch (error) {
    return end(process.stderr, `${firstSentence(error)} --help lists what there is.`, MISUSED);
  }
}

/** For programs that take their settings from the environment, and no arguments. */
export function takeNoOptions(usage: string): void {
  readCommandLine(usage, (words) => parseArgs({ args: [...words], options: {} }));
}

/** Node adds an explanation of its own syntax. */
function firstSentence(error: unknown): string {
  const { message } = error as Error;
  const [sentence = message] = message.split(/\.?(?: This command|\. To specify| To specify|\n)/);
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function end(stream: NodeJS.WriteStream, text: string, status: number): never {
  stream.write(`${text}\n`);
  process.exit(status);
}
