import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { InFlightWork } from '../application/in-flight-work.js';
import { DrainService } from './drain.service.js';
import type { OpenAnswers } from './http/server/open-answers.js';
import type { TcpConnections } from './http/server/tcp-connections.js';
import type { SocketDrain } from './ws/session/socket-drain.js';

let work: InFlightWork;
/** The steps taken, in order. */
let steps: string[];
let socketsClosed: PromiseWithResolvers<void>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => void steps.push('warned'));
  work = new InFlightWork();
  steps = [];
  socketsClosed = Promise.withResolvers();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function drain(): Promise<void> {
  const step = (name: string) => () => void steps.push(`${name}${work.isDraining ? ', draining' : ''}`);
  const service = new DrainService(
    work,
    { stopListening: step('stopped listening') } as unknown as TcpConnections,
    { limitRemainingTime: step('hurried answers') } as unknown as OpenAnswers,
    {
      closeSockets: () => {
        step('closed sockets')();
        return socketsClosed.promise;
      },
    } as unknown as SocketDrain,
  );
  return service.beforeApplicationShutdown().then(() => void steps.push('drained'));
}

const BEGUN = ['stopped listening, draining', 'hurried answers, draining', 'closed sockets, draining'];

it('new connections are refused before any is closed', async () => {
  socketsClosed.resolve();
  await drain();
  expect(steps).toEqual([...BEGUN, 'drained']);
});

it('waits for sockets and for work in flight, and leaves no timer', async () => {
  work.beginWork();
  const drained = drain();
  socketsClosed.resolve();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(steps).toEqual(BEGUN);
  work.endWork();
  await drained;
  expect(steps).toEqual([...BEGUN, 'drained']);
  expect(vi.getTimerCount()).toBe(0);
});

it('work in flight has 20 s, then everything closes all the same, and that is logged', async () => {
  work.beginWork();
  socketsClosed.resolve();
  const drained = drain();
  await vi.advanceTimersByTimeAsync(19_999);
  expect(steps).toEqual(BEGUN);
  await vi.advanceTimersByTimeAsync(1);
  await drained;
  expect(steps).toEqual([...BEGUN, 'warned', 'drained']);
});
