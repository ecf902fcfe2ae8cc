import { DrizzleQueryError } from 'drizzle-orm';
import { DatabaseError } from 'pg';
import { describe, expect, it } from 'vitest';
import { createPino, PinoLogger } from './pino-logger.js';

/** The lines that pino logs for `write`. */
function logged(write: (log: PinoLogger) => void, level = 'trace'): Record<string, unknown>[] {
  const lines: string[] = [];
  const log = createPino(level, false, { write: (line) => void lines.push(line) });
  write(new PinoLogger(log));
  return lines.map((line) => JSON.parse(line));
}

describe('never writes', () => {
  it.each(['authorization', 'cookie', 'password', 'token', 'accessToken', 'refreshToken', 'content'])(
    'the value of %s, up to two levels down',
    (name) => {
      const [line] = logged((log) => {
        log.log({ msg: 'm', [name]: 'secret', a: { [name]: 'secret', b: { [name]: 'secret' } } });
      });
      expect(JSON.stringify(line)).not.toContain('secret');
      expect(line).toMatchObject({ msg: 'm', [name]: '[Redacted]' });
    },
  );

  const databaseError = Object.assign(new DatabaseError('duplicate key', 0, 'error'), {
    code: '23505',
    detail: 'Key (email)=(secret) already exists.',
    where: 'secret',
    internalQuery: 'secret',
    parameters: ['secret'],
  });
  const drizzleError = new DrizzleQueryError('insert into messages values ($1)', ['secret'], databaseError);

  it.each([
    ['a database error', databaseError],
    ['a Drizzle error', drizzleError],
    ['an error caused by one', new Error('outer', { cause: drizzleError })],
    ['a Drizzle error without cause', new DrizzleQueryError('insert ($1)', ['secret'])],
  ])('the data that %s quotes', (_, error) => {
    const lines = logged((log) => {
      log.error(error);
      log.error({ err: error, msg: 'Unexpected failure' });
      log.warn(error, 'Context');
    });
    expect(lines).toHaveLength(3);
    expect(JSON.stringify(lines).includes('secret')).toBe(false);
  });

  it('keeps everything that helps: kind, message, stack, code and cause', () => {
    const [line] = logged((log) => log.error({ err: new TypeError('outer', { cause: databaseError }) }));
    expect(line?.['err']).toEqual({
      type: 'TypeError',
      message: 'outer',
      stack: expect.stringContaining('pino-logger.spec.ts'),
      cause: { type: 'error', message: 'duplicate key', stack: expect.any(String), code: '23505' },
    });
  });
});

describe("Nest's lines", () => {
  const levelOf = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 };

  it.each([
    ['log', 'info'],
    ['warn', 'warn'],
    ['debug', 'debug'],
    ['verbose', 'trace'],
    ['fatal', 'fatal'],
    ['error', 'error'],
  ] as const)('of %s have the level %s', (method, level) => {
    expect(logged((log) => log[method]('Hello', 'Here'))).toEqual([
      expect.objectContaining({ level: levelOf[level], msg: 'Hello', context: 'Here' }),
    ]);
  });

  it('about its own wiring are for debugging', () => {
    const lines = logged((log) => log.log('Mapped {/health, GET} route', 'RouterExplorer'));
    expect(lines).toEqual([expect.objectContaining({ level: levelOf.debug, context: 'RouterExplorer' })]);
  });

  it('of errors have the context behind the stack', () => {
    const lines = logged((log) => log.error('It failed', 'Error: at …', 'Http'));
    expect(lines).toEqual([expect.objectContaining({ msg: 'It failed', context: 'Http' })]);
  });

  it.each([[undefined], [null], ['text'], [7], [{}]])('survive the error %j', (thrown) => {
    expect(logged((log) => log.error({ err: thrown, msg: 'Unexpected failure' }))).toHaveLength(1);
    expect(logged((log) => log.error(thrown))).toHaveLength(1);
  });

  it('below the level are not written', () => {
    expect(logged((log) => log.debug('Hello'), 'info')).toEqual([]);
    expect(logged((log) => log.log('Hello'), 'info')).toHaveLength(1);
  });
});
