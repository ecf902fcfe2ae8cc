import { EventEmitter } from 'node:events';
import type { Namespace } from 'socket.io';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AuthenticatedSocket } from '../../principal-of.js';
import { RoomDelivery } from '../rooms/room-delivery.js';
import { watchExpiry } from './watch-expiry.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Records when it gets the notice and is closed, in milliseconds from now. */
class FakeSocket {
  readonly connected = true;
  readonly notices: number[] = [];
  closedAt: number | undefined;
  data: { issuedAt: Date; expiresAt: Date };
  private readonly start = Date.now();
  private readonly ends = new EventEmitter();
  readonly client = {
    conn: { transport: { name: 'polling' }, close: () => (this.closedAt ??= Date.now() - this.start) },
  };

  /** @param life lifetime of its token, and `age` its age, in milliseconds */
  constructor(life: number, age = 0) {
    this.data = token(life, age);
    this.watch();
  }

  /** Sets a new token, as `authenticate` does. */
  renew(life: number, age = 0): void {
    this.data = token(life, age);
    this.watch();
  }

  emit(): void {
    this.notices.push(Date.now() - this.start);
  }

  on(event: string, listener: (this: FakeSocket) => void): void {
    this.ends.on(event, listener.bind(this));
  }

  disconnect(): void {
    this.ends.emit('disconnect');
  }

  private watch(): void {
    watchExpiry(this as unknown as AuthenticatedSocket);
  }
}

const token = (life: number, age: number) => ({
  issuedAt: new Date(Date.now() - age),
  expiresAt: new Date(Date.now() - age + life),
});

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

it.each([
  ['15 minutes', 15 * MINUTE, 14 * MINUTE],
  ['4 minutes', 4 * MINUTE, 3 * MINUTE],
  ['2 minutes', 2 * MINUTE, 1.5 * MINUTE],
  ['60 seconds', MINUTE, 45_000],
  ['30 seconds', 30_000, 22_500],
])(
  'of a token of %s is announced a minute before the end, or a quarter of its lifetime',
  (_, life, notices) => {
    const socket = new FakeSocket(life);
    vi.advanceTimersByTime(life - 1);
    expect([socket.notices, socket.closedAt]).toEqual([[notices], undefined]);
    vi.advanceTimersByTime(1);
    expect([socket.notices, socket.closedAt]).toEqual([[notices], life]);
  },
);

it('is never announced at once, however old the token is', () => {
  const socket = new FakeSocket(15 * MINUTE, 14.5 * MINUTE);
  vi.advanceTimersByTime(MINUTE);
  expect([socket.notices, socket.closedAt]).toEqual([[22_500], 30_000]);
});

it('a client that answers each notice with a new token of 61 s gets one notice in 45 s', () => {
  const socket = new FakeSocket(61_000);
  for (let renewals = 0; renewals < 10; renewals += 1) {
    vi.advanceTimersByTime(45_750);
    expect(socket.notices).toHaveLength(renewals + 1);
    socket.renew(61_000);
  }
  expect(socket.closedAt).toBeUndefined();
});

it('a client that answers each notice with the same token gets a few notices, and is closed in time', () => {
  const socket = new FakeSocket(15 * MINUTE);
  socket.emit = () => {
    FakeSocket.prototype.emit.call(socket);
    socket.renew(15 * MINUTE, socket.notices.at(-1));
  };
  vi.advanceTimersByTime(16 * MINUTE);
  expect(socket.notices.length).toBeLessThan(15);
  expect(socket.closedAt).toBe(15 * MINUTE);
});

it.each([25, 100, 365])('a token of %i days does not expire early', (days) => {
  const socket = new FakeSocket(days * DAY);
  vi.advanceTimersByTime(days * DAY - MINUTE - 1);
  expect(socket.notices).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(socket.notices).toEqual([days * DAY - MINUTE]);
  vi.advanceTimersByTime(MINUTE);
  expect(socket.closedAt).toBe(days * DAY);
});

it('a renewed token restarts the timer, and a socket that ends leaves no timer', () => {
  const socket = new FakeSocket(4 * MINUTE);
  vi.advanceTimersByTime(3.5 * MINUTE);
  socket.renew(15 * MINUTE);
  vi.advanceTimersByTime(13 * MINUTE);
  expect([socket.notices, socket.closedAt]).toEqual([[3 * MINUTE], undefined]);
  socket.disconnect();
  expect(vi.getTimerCount()).toBe(0);
});

it('a socket gets the pending events of its large room before it is closed', () => {
  const socket = new FakeSocket(4 * MINUTE);
  const sent: string[] = [];
  const ids = Array.from({ length: 100 }, (_, number) => String(number));
  const conn = Object.assign(socket.client.conn, {
    writeBuffer: [],
    write: (packet: string) => sent.push(packet),
    close: () => sent.push('close'),
  });
  const namespace = {
    name: '/chat',
    adapter: Object.assign(new EventEmitter(), { rooms: new Map([['room', new Set([...ids, 'last'])]]) }),
    sockets: new Map([['last', { client: { conn } }]]),
  };
  Object.assign(socket, { id: 'last', nsp: namespace });
  const delivery = new RoomDelivery(namespace as unknown as Namespace);
  vi.advanceTimersByTime(4 * MINUTE - 1);
  delivery.deliverEvent('room', 'new_message', {});
  expect(sent).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(sent).toEqual(['2/chat,["new_message",{}]', 'close']);
});
