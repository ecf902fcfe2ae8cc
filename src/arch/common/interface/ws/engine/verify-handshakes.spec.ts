import { type IncomingMessage, ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import type { Server } from 'socket.io';
import { expect, it } from 'vitest';
import { ValidationFailedError } from '../../../domain/errors/validation-failed.error.js';
import type { OriginPolicy } from '../../http/security/origin-policy.js';
import type { Engine, EngineRequest } from './engine-connection.js';
import { verifyHandshakes } from './verify-handshakes.js';

/** Whether a request that engine.io itself finds fit gets through; `bad` is what a policy refuses. */
function passes(query: EngineRequest['_query'], isUpgrade: boolean, bad?: 'host' | 'origin'): boolean {
  const engine: Pick<Engine, 'verify'> = { verify: (_request, _isUpgrade, done) => done() };
  const checkHost = (): void => {
    if (bad === 'host') throw new ValidationFailedError([{ path: 'host', message: 'is foreign' }]);
  };
  const origins = { admitsRequest: () => bad !== 'origin' } as unknown as OriginPolicy;
  verifyHandshakes({ engine } as unknown as Server, checkHost, origins);
  const bare = { _query: query, headers: {}, url: '/socket.io/', socket: new PassThrough(), on: () => bare };
  const request = bare as unknown as IncomingMessage;
  if (!isUpgrade) Object.assign(request, { res: new ServerResponse(request) });
  let passed = false;
  engine.verify(request as EngineRequest, isUpgrade, () => (passed = true));
  return passed;
}

const HANDSHAKE = { EIO: '4' };
const OPEN = { EIO: '4', sid: 'sid' };

it.each([
  ['handshake by polling', HANDSHAKE, false],
  ['handshake by websocket', HANDSHAKE, true],
  ['poll', OPEN, false],
  ['upgrade', OPEN, true],
])('a %s passes, but not for a foreign host', (_, query, isUpgrade) => {
  expect(passes(query, isUpgrade)).toBe(true);
  expect(passes(query, isUpgrade, 'host')).toBe(false);
});

it.each([false, true])('only a handshake is checked for its origin, an upgrade: %s', (isUpgrade) => {
  expect(passes(HANDSHAKE, isUpgrade, 'origin')).toBe(false);
  expect(passes(OPEN, isUpgrade, 'origin')).toBe(true);
});

it('a handshake of another version of the protocol is refused', () => {
  expect(passes({ EIO: '3' }, false)).toBe(false);
  expect(passes({}, true)).toBe(false);
});
