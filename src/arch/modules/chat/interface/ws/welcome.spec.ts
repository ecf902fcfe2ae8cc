import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { DatabaseEpochFake } from '../../../../../../test/fakes/database-epoch.fake.js';
import type { AuthenticatedSocket } from '../../../../common/interface/principal-of.js';
import { Welcome } from './welcome.js';

const EXPIRES_AT = new Date(Date.now() + 900_000);

/** A new socket, with a record of what happens to it; its rooms are joined when the test lets them. */
class SocketStub extends EventEmitter {
  readonly log: string[] = [];
  readonly connected = true;
  readonly data = { user: { sub: 'u1', sid: 's1' }, issuedAt: new Date(), expiresAt: EXPIRES_AT };
  readonly client = {
    conn: { transport: { name: 'polling' }, close: () => void this.log.push('closed') },
  };
  private readonly joined = Promise.withResolvers<void>();
  readonly letJoin = this.joined.resolve;

  async join(rooms: string[]): Promise<void> {
    await this.joined.promise;
    this.log.push(`joined ${rooms.join(' ')}`);
  }

  override emit(event: string): boolean {
    this.log.push(event);
    return true;
  }

  disconnect(): void {
    this.log.push('disconnected');
  }
}

const greet = (isVouchedFor: boolean): SocketStub => {
  const socket = new SocketStub();
  new Welcome(new DatabaseEpochFake()).greet(socket as unknown as AuthenticatedSocket, isVouchedFor);
  return socket;
};

it('a socket that is ready has joined the rooms of its user and its session', async () => {
  const socket = greet(true);
  await new Promise(setImmediate);
  expect(socket.log).toEqual([]);
  socket.letJoin();
  await new Promise(setImmediate);
  expect(socket.log).toEqual(['joined user:u1 session:s1', 'ready']);
  EventEmitter.prototype.emit.call(socket, 'disconnect');
});

it('a socket without a principal gets an error and is disconnected, and joins no room', async () => {
  const socket = greet(false);
  socket.letJoin();
  await new Promise(setImmediate);
  expect(socket.log).toEqual(['session_revoked', 'disconnected', 'closed']);
});
