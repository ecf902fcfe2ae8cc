import { Readable } from 'node:stream';
import type { ExecutionContext } from '@nestjs/common';
import { fastify, type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AccessTokenFake } from '../../../../../../test/fakes/access-token.fake.js';
import { addressNetworks } from '../../../domain/address-networks.js';
import { CONNECTION_LIMITS } from '../security/connection-limits.js';
import { RequestsInFlightGuard } from './requests-in-flight.guard.js';
import { RequestsInFlight } from './requests-in-flight.js';
import { UnreadAnswers } from './unread-answers.js';

let server: FastifyInstance;

beforeEach(() => {
  server = fastify();
  const guard = new RequestsInFlightGuard(new AccessTokenFake());
  guard.attachTo(server, new UnreadAnswers(CONNECTION_LIMITS), CONNECTION_LIMITS);
  server.decorateRequest('clientNetworks', { getter: () => addressNetworks('203.0.113.7') });
  server.addHook('preHandler', async (request) => {
    const http = { getRequest: () => request };
    await guard.canActivate({ getType: () => 'http', switchToHttp: () => http } as ExecutionContext);
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await server.close();
});

it.each([
  ['a text', () => 'text', 200],
  ['an error', () => Promise.reject(new Error('planted')), 500],
  // It is sent twice: the file, then the error of its first read.
  [
    'a file that cannot be read',
    () =>
      new Readable({
        read() {
          this.destroy(new Error('planted'));
        },
      }),
    500,
  ],
])('a request whose answer is %s leaves its places once', async (_what, answer, status) => {
  const leave = vi.spyOn(RequestsInFlight.prototype, 'leaveRequest');
  server.get('/', async () => answer());
  expect((await server.inject('/')).statusCode).toBe(status);
  expect(leave.mock.calls).toEqual([['address:203.0.113.7'], ['address:203.0.113.7']]);
});
