import { EventEmitter } from 'node:events';
import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SecurityLogFake } from '../../../../../../test/fakes/security-log.fake.js';
import { InFlightWork } from '../../../application/in-flight-work.js';
import { WorkBudget } from '../../../application/work-budget.js';
import type { AuthenticatedSocket } from '../../principal-of.js';
import { EventQuota } from './event-quota.js';
import { type EventHandler, receiveEvents } from './receive-events.js';

/** Events that a user may send at once; one more may begin every 100 ms. */
const AT_ONCE = 20;

const HANDLERS: EventHandler[] = [
  { message: 'succeed', callback: async () => ({}) },
  {
    message: 'throw',
    callback: () => {
      throw new Error('thrown');
    },
  },
  { message: 'reject', callback: () => Promise.reject(new Error('rejected')) },
  { message: 'answer by a filter', callback: async () => undefined },
];

let work: InFlightWork;
let socket: SocketStub;

/** A socket that receives events; records the codes of the answers, `ok` for success, in their order. */
class SocketStub extends EventEmitter {
  readonly answers: string[] = [];
  readonly data = { user: { sub: 'ada', sid: 's1' } };
  private receive: (name: string, ...args: unknown[]) => void = () => undefined;

  constructor() {
    super();
    const real = this as unknown as AuthenticatedSocket;
    receiveEvents(real, HANDLERS, work, new EventQuota(AT_ONCE / 2), new SecurityLogFake());
  }

  onAny(receive: typeof this.receive): void {
    this.receive = receive;
  }

  override emit(): boolean {
    return true;
  }

  send(name: string, times = 1): void {
    for (let count = 0; count < times; count += 1) this.receive(name, {}, this.answered);
  }

  private readonly answered = (answer: { ok: boolean; error?: { code: string } }): void => {
    this.answers.push(answer.error?.code ?? 'ok');
  };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'], now: 0 });
  vi.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
  work = new InFlightWork();
  socket = new SocketStub();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it.each(HANDLERS.map(({ message }) => message))(
  'the work of an event ends with its handler, whatever the outcome: %s',
  async (name) => {
    socket.send(name);
    let ended = false;
    void Promise.all([work.workOfOwnerEnded(socket), work.drainWork()]).then(() => (ended = true));
    await Promise.resolve();
    expect(ended).toBe(false);
    await vi.advanceTimersByTimeAsync(0);
    expect(ended).toBe(true);
  },
);

it('events that wait for the quota are all refused at once when the server drains', async () => {
  socket.send('succeed', AT_ONCE + 5);
  await vi.advanceTimersByTimeAsync(0);
  expect(socket.answers).toEqual(Array(AT_ONCE).fill('ok'));
  void work.drainWork();
  await vi.advanceTimersByTimeAsync(100);
  expect(socket.answers.slice(AT_ONCE)).toEqual(Array(5).fill('SHUTTING_DOWN'));
});

it('events that are refused because too much is in flight count for the quota', async () => {
  work = new InFlightWork(new WorkBudget(0));
  socket = new SocketStub();
  socket.send('succeed', AT_ONCE + 5);
  await vi.advanceTimersByTimeAsync(200);
  expect(socket.answers).toEqual(Array(AT_ONCE + 2).fill('UNAVAILABLE'));
});
