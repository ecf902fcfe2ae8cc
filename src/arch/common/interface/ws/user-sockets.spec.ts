import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import { RateLimitedError } from '../../domain/errors/rate-limited.error.js';
import type { AuthenticatedSocket } from '../principal-of.js';
import { UserSockets } from './user-sockets.js';

class FakeSocket extends EventEmitter {
  readonly conn = Object.assign(new EventEmitter(), { readyState: 'open' });

  /** As Socket.IO's. */
  constructor() {
    super();
    this.conn.on('close', () => this.emit('disconnect'));
  }
}

describe('the sockets of a user', () => {
  let sockets: UserSockets;

  function admit(userId: string, socket = new FakeSocket()): FakeSocket {
    sockets.admit(socket as unknown as AuthenticatedSocket, userId);
    return socket;
  }

  beforeEach(() => {
    sockets = new UserSockets();
  });

  it('refuses the 21st socket, of that user alone', () => {
    for (let count = 0; count < 20; count += 1) admit('ada');
    expect(() => admit('ada')).toThrow(new RateLimitedError(1_000, 'Too many connections'));
    admit('grace');
  });

  it.each(['disconnect', 'close'] as const)('gives a place back on %s, once', (end) => {
    const [first] = Array.from({ length: 20 }, () => admit('ada'));
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
    expect(sockets.size).toBe(0);
  });

  it('forgets users who are away', () => {
    for (let user = 0; user < 1_000; user += 1) admit(`user-${user}`).emit('disconnect');
    expect(sockets.size).toBe(0);
  });
});
