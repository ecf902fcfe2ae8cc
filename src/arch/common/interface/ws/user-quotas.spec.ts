import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RateLimitedError } from '../../domain/errors/rate-limited.error.js';
import type { AuthenticatedSocket } from '../principal-of.js';
import { UserQuotas } from './user-quotas.js';

class FakeSocket extends EventEmitter {
  readonly conn = Object.assign(new EventEmitter(), { readyState: 'open' });

  /** As Socket.IO's. */
  constructor() {
    super();
    this.conn.on('close', () => this.emit('disconnect'));
  }
}

describe('what a user may do over all sockets', () => {
  let quotas: UserQuotas;

  function admit(userId: string, socket = new FakeSocket()): FakeSocket {
    quotas.admit(socket as unknown as AuthenticatedSocket, userId);
    return socket;
  }

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
    quotas = new UserQuotas(1);
  });
  afterEach(() => vi.useRealTimers());

  it('refuses the 21st socket, of that user alone', () => {
    for (let count = 0; count < 20; count += 1) admit('ada');
    expect(() => admit('ada')).toThrow(new RateLimitedError(1_000, 'Too many connections'));
    admit('grace');
  });

  it.each(['disconnect', 'close'] as const)('gives a place back on %s, once', (end) => {
    const sockets = Array.from({ length: 20 }, () => admit('ada'));
    const [first] = sockets;
    (end === 'close' ? first?.conn : first)?.emit(end);
    first?.emit('disconnect');
    first?.conn.emit('close');
    admit('ada');
    expect(() => admit('ada')).toThrow(RateLimitedError);
  });

  it('leaves no listener on a connection that outlives its sockets', () => {
    const socket = admit('ada');
    socket.emit('disconnect');
    expect(socket.conn.listenerCount('close')).toBe(1); // the socket's own
  });

  it('does not count a socket whose connection ended during the handshake', () => {
    for (let count = 0; count < 50; count += 1) {
      const gone = new FakeSocket();
      gone.conn.readyState = 'closed';
      admit('ada', gone);
    }
    expect(quotas.size).toBe(0);
  });

  it('does not forget what was sent when the user comes back at once', () => {
    const socket = admit('ada');
    quotas.takeEvent('ada');
    quotas.takeEvent('ada');
    socket.emit('disconnect');
    vi.advanceTimersByTime(500);
    const again = admit('ada');
    expect(() => quotas.takeEvent('ada')).toThrow(RateLimitedError);
    vi.advanceTimersByTime(1_600);
    expect(quotas.size).toBe(1);
    again.emit('disconnect');
  });

  it('forgets users who are away', () => {
    for (let user = 0; user < 1_000; user += 1) admit(`user-${user}`).emit('disconnect');
    expect(quotas.size).toBe(1_000);
    vi.advanceTimersByTime(2_000);
    expect(quotas.size).toBe(0);
  });

  it('takes no event of somebody without a socket', () => {
    expect(() => quotas.takeEvent('nobody')).toThrow(RateLimitedError);
  });
});
