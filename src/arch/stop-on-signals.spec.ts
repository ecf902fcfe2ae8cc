import { EventEmitter } from 'node:events';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OpenDatabase } from './common/infrastructure/database/open-database.js';
import { stopOnSignals } from './stop-on-signals.js';

/** A process that only records its exit status. */
class ProcessFake extends EventEmitter {
  readonly ends: number[] = [];

  exit(status: number): void {
    this.ends.push(status);
  }
}

let host: ProcessFake;
/** The closed parts, in order. */
let closed: string[];
let appClosed: PromiseWithResolvers<void>;
let databaseStopped: PromiseWithResolvers<void>;
let writesEnded: PromiseWithResolvers<void>;
let logged: unknown[];
let fatal: unknown[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.spyOn(Logger.prototype, 'error').mockReturnValue(undefined);
  logged = [];
  vi.spyOn(Logger.prototype, 'log').mockImplementation((line) => void logged.push(line));
  fatal = [];
  vi.spyOn(Logger.prototype, 'fatal').mockImplementation((line) => void fatal.push(line));
  host = new ProcessFake();
  closed = [];
  appClosed = Promise.withResolvers();
  databaseStopped = Promise.withResolvers();
  writesEnded = Promise.withResolvers();
  const begin = (name: string, end: Promise<void>) => () => {
    closed.push(name);
    return end;
  };
  stopOnSignals(
    { close: begin('app', appClosed.promise) } as unknown as NestFastifyApplication,
    { stop: begin('database', databaseStopped.promise) } as unknown as OpenDatabase,
    { endWriting: begin('log', writesEnded.promise) },
    host as unknown as NodeJS.Process,
  );
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

describe.each(['SIGTERM', 'SIGINT'] as const)('on %s', (signal) => {
  it('the application closes, then the database, then the log, then the process ends with status 0', async () => {
    host.emit(signal);
    await pass(0);
    expect([closed, host.ends]).toEqual([['app'], []]);
    appClosed.resolve();
    await pass(0);
    expect([closed, host.ends]).toEqual([['app', 'database'], []]);
    databaseStopped.resolve();
    await pass(0);
    expect([closed, host.ends]).toEqual([['app', 'database', 'log'], []]);
    expect(logged).not.toContain('Stopped.');
    writesEnded.resolve();
    await pass(0);
    expect(host.ends).toEqual([0]);
    expect(logged.at(-1)).toBe('Stopped.');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('and then %s it ends at once, with status 1', async (second) => {
    host.emit(signal);
    await pass(0);
    host.emit(second);
    expect([closed, host.ends]).toEqual([['app'], [1]]);
  });
});

it('a shutdown that hangs ends after 25 s, with status 1: supervisors kill after 30', async () => {
  host.emit('SIGTERM');
  await pass(24_999);
  expect(host.ends).toEqual([]);
  await pass(1);
  expect(host.ends).toEqual([1]);
});

it('so does one whose database hangs, counted from the signal on', async () => {
  host.emit('SIGTERM');
  await pass(20_000);
  appClosed.resolve();
  await pass(4_999);
  expect([closed, host.ends]).toEqual([['app', 'database'], []]);
  await pass(1);
  expect(host.ends).toEqual([1]);
});

it('so does one whose log hangs', async () => {
  host.emit('SIGTERM');
  appClosed.resolve();
  databaseStopped.resolve();
  await pass(25_000);
  expect([closed, host.ends]).toEqual([['app', 'database', 'log'], [1]]);
});

it('a shutdown that fails ends with status 1', async () => {
  host.emit('SIGTERM');
  appClosed.reject(new Error('broken'));
  await pass(0);
  expect(host.ends).toEqual([1]);
});

describe.each(['uncaughtException', 'unhandledRejection'])('an %s', (event) => {
  it('stops everything in the same order and time, with status 1', async () => {
    host.emit(event, new Error('planted'));
    appClosed.resolve();
    databaseStopped.resolve();
    writesEnded.resolve();
    await pass(0);
    expect([closed, host.ends]).toEqual([['app', 'database', 'log'], [1]]);
  });

  it('during a shutdown does not begin another, and its status is 1 then', async () => {
    host.emit('SIGTERM');
    host.emit(event, new Error('planted'));
    host.emit(event, new Error('again'));
    appClosed.resolve();
    databaseStopped.resolve();
    writesEnded.resolve();
    await pass(0);
    expect([closed, host.ends]).toEqual([['app', 'database', 'log'], [1]]);
    expect(fatal).toHaveLength(1);
  });

  it('and then a signal: it ends at once', async () => {
    host.emit(event, new Error('planted'));
    host.emit('SIGTERM');
    expect([closed, host.ends]).toEqual([['app'], [1]]);
  });
});
