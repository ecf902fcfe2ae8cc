import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import type { Server } from 'socket.io';
import { expect, it } from 'vitest';
import { SecurityLogFake } from '../../../../../../test/fakes/security-log.fake.js';
import { RateLimitedError } from '../../../domain/errors/rate-limited.error.js';
import type { ClientAddresses } from '../../http/server/client-addresses.js';
import type { AddressCeiling } from '../../http/throttling/address-ceiling.js';
import { HandshakeLimit } from './handshake-limit.js';

type Middleware = (request: object, response: object, next: () => void) => void;

/** An upgrade that is being counted for its address; `counted` ends the counting. */
function handshake() {
  const counted = Promise.withResolvers<void>();
  const security = new SecurityLogFake();
  const ceiling = { countAttempt: () => counted.promise } as unknown as AddressCeiling;
  const addresses = { addressOf: () => '192.0.2.1' } as unknown as ClientAddresses;
  const limit = new HandshakeLimit(ceiling, addresses, security);
  const socket = new PassThrough();
  const request = { _query: {}, headers: {}, url: '/socket.io/', socket } as unknown as IncomingMessage;
  const state = { isAdmitted: false, socket, security, counted };
  const use = (middleware: Middleware): void => middleware(request, {}, () => (state.isAdmitted = true));
  limit.watchHandshakes({ engine: { clients: {}, use } } as unknown as Server);
  return state;
}

it('a handshake continues when it has been counted, and not before', async () => {
  const state = handshake();
  await new Promise(setImmediate);
  expect(state.isAdmitted).toBe(false);
  state.counted.resolve();
  await new Promise(setImmediate);
  expect([state.isAdmitted, state.socket.writableEnded]).toEqual([true, false]);
});

it('a handshake beyond the ceiling is answered and recorded, and does not go on', async () => {
  const state = handshake();
  state.counted.reject(new RateLimitedError(1_000));
  await new Promise(setImmediate);
  expect([state.isAdmitted, state.socket.writableEnded]).toEqual([false, true]);
  expect(state.security.recorded).toHaveLength(1);
});
