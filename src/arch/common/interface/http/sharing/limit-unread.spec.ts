import { fastify } from 'fastify';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AccessTokenFake } from '../../../../../../test/fakes/access-token.fake.js';
import { CONNECTION_LIMITS } from '../security/connection-limits.js';
import { limitUnread } from './limit-unread.js';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

it('checks for clients that do not read until the server closes', async () => {
  const server = fastify();
  const unread = limitUnread(server, new AccessTokenFake(), CONNECTION_LIMITS);
  const cut = vi.spyOn(unread, 'cutSlowReaders');
  await server.ready();
  vi.advanceTimersByTime(4_000);
  expect(cut).toHaveBeenCalledTimes(2);
  await server.close();
  expect(vi.getTimerCount()).toBe(0);
});
