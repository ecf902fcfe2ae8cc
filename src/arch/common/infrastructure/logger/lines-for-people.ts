import { styleText } from 'node:util';
import { prettyFactory } from 'pino-pretty';

const REQUEST = /^([A-Z]+) (\S+) (\d{3})$/;
const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi;
/** Maximum characters of a path that are shown. */
const PATH = 120;
/** Control characters, and some beyond ASCII, would change the terminal. */
const UNPRINTABLE = /[^\x20-\x7e]/g;

interface Entry {
  readonly time: number;
  readonly msg?: string;
  readonly context?: string;
  readonly milliseconds?: number;
  /** Whether the message is the whole text, without time and level. */
  readonly plain?: boolean;
}

/**
 * Formats JSON log lines for a terminal: one line for each request, and pino-pretty's format for all others.
 * @param colours whether to use colours
 */
export function linesForPeople(colours: boolean): (line: string) => string {
  const pretty = prettyFactory({ ignore: 'pid,hostname,context', colorize: colours });
  return (line) => {
    const entry = JSON.parse(line) as Entry;
    if (entry.plain === true) return `${entry.msg}\n`;
    return requestLine(entry, colours) ?? pretty(line);
  };
}

function requestLine({ time, msg = '', context, milliseconds }: Entry, colours: boolean): string | undefined {
  const [, method = '', address = '', status = ''] =
    context === 'Http' && milliseconds !== undefined ? (REQUEST.exec(msg) ?? []) : [];
  if (status === '') return undefined;
  const paint = (style: Parameters<typeof styleText>[0], text: string): string =>
    colours ? styleText(style, text, { validateStream: false }) : text;
  const clock = new Date(time).toTimeString().slice(0, 8);
  const path = address.replaceAll(UUID, ':id').replaceAll(UNPRINTABLE, '?').slice(0, PATH);
  return `${paint('gray', clock)} ${method.padEnd(6)} ${path} ${paint(colourOf(status), status)} ${paint('gray', `${milliseconds} ms`)}\n`;
}

function colourOf(status: string): 'green' | 'cyan' | 'yellow' | 'red' {
  if (status >= '500') return 'red';
  if (status >= '400') return 'yellow';
  return status >= '300' ? 'cyan' : 'green';
}
