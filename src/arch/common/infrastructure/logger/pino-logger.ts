import type { LoggerService } from '@nestjs/common';
import { DrizzleQueryError } from 'drizzle-orm';
import { type DestinationStream, type Level, type Logger, pino } from 'pino';
import { linesForPeople } from './lines-for-people.js';

/** Fields that are never logged, at any depth: credentials and contents of messages. */
const SECRETS = ['authorization', 'cookie', 'password', 'token', 'accessToken', 'refreshToken', 'content'];

/** A pino logger of JSON lines, or, with `people`, of lines for a terminal, with colours if wanted. */
export function createPino(
  level: string,
  people: false | { readonly colours: boolean },
  destination: DestinationStream,
): Logger {
  const redact = SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  const options = { level, redact, serializers: { err: describeError } };
  if (people === false) return pino(options, destination);
  const shown = linesForPeople(people.colours);
  return pino(options, { write: (line) => destination.write(shown(line)) });
}

interface ErrorDescription {
  readonly type: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly code?: unknown;
  readonly cause?: ErrorDescription;
}

/** Copies only these fields of an error: a driver's other ones (`detail`, `where`, `params`) quote data. */
function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, message: 'Not an error was thrown.' };
  // Its message and stack contain the parameters; PostgreSQL's own error is its cause.
  if (error instanceof DrizzleQueryError) {
    return error.cause ? describeError(error.cause) : { type: error.name, message: 'A query failed.' };
  }
  const { name, message, stack, code, cause }: Error & { code?: unknown } = error;
  return {
    type: name,
    message,
    stack,
    code,
    ...(cause instanceof Error ? { cause: describeError(cause) } : {}),
  };
}

/** Parts of Nest that log at every start how the application is wired. */
const WIRING = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'WebSocketsController',
  'NestApplication',
]);

/** Passes Nest's own log lines to the same pino. */
export class PinoLogger implements LoggerService {
  constructor(private readonly sink: Logger) {}

  log = (message: unknown, context?: string): void => {
    this.write(context !== undefined && WIRING.has(context) ? 'debug' : 'info', message, context);
  };
  warn = (message: unknown, context?: string): void => this.write('warn', message, context);
  debug = (message: unknown, context?: string): void => this.write('debug', message, context);
  verbose = (message: unknown, context?: string): void => this.write('trace', message, context);
  fatal = (message: unknown, context?: string): void => this.write('fatal', message, context);

  /** Nest passes `(message, stack?, context)`. */
  error = (message: unknown, ...rest: unknown[]): void => {
    this.write(
      'error',
      message,
      rest.findLast((part) => typeof part === 'string'),
    );
  };

  private write(level: Level, message: unknown, context?: string): void {
    if (message instanceof Error) this.sink[level]({ context, err: message }, describeError(message).message);
    else if (typeof message === 'object') this.sink[level]({ context, ...message });
    else this.sink[level]({ context }, message as string);
  }
}
