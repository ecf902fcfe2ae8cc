import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, expect, it, type MockInstance, vi } from 'vitest';
import { ClientAddresses } from './client-addresses.js';

let warned: MockInstance<Logger['warn']>;
beforeAll(() => {
  warned = vi.spyOn(Logger.prototype, 'warn').mockReturnValue();
});
afterAll(() => warned.mockRestore());

function request(forwarded?: string): IncomingMessage {
  const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: '192.0.2.1' });
  const message = new IncomingMessage(socket);
  if (forwarded !== undefined) message.headers['x-forwarded-for'] = forwarded;
  return message;
}

it.each([
  [0, '203.0.113.7', '192.0.2.1'],
  [1, undefined, '192.0.2.1'],
  [1, '203.0.113.7', '203.0.113.7'],
  [1, '198.51.100.1, 203.0.113.7', '203.0.113.7'],
  [2, '198.51.100.1,203.0.113.7, 10.0.0.1', '203.0.113.7'],
  [5, '198.51.100.1, 203.0.113.7', '198.51.100.1'],
  [1, '203.0.113.7:4711', '203.0.113.7'],
  [1, '2001:db8::1', '2001:db8::1'],
  [1, '[2001:db8::1]:4711', '2001:db8::1'],
  [1, '[2001:DB8::1]', '2001:DB8::1'],
  [1, '[::ffff:203.0.113.7]:80', '203.0.113.7'],
  [1, `fe80::1%${'x'.repeat(100)}`, 'fe80::1'],
  [1, 'unknown', null],
  [1, '_hidden', null],
  [1, '203.0.113.7:', null],
  [1, '999.0.113.7:80', null],
  [1, '[203.0.113.7]:80:80', null],
  [1, '203.0.113.7, ', null],
])('behind %i proxies %j is %j', (proxies, forwarded, address) => {
  expect(new ClientAddresses(proxies).addressOf(request(forwarded))).toBe(address);
});

it('warns once, and without what was sent, when the last hop is no address', () => {
  warned.mockClear();
  const addresses = new ClientAddresses(1);
  addresses.addressOf(request('203.0.113.7'));
  expect(warned).not.toHaveBeenCalled();
  for (const hop of ['unknown', 'nonsense']) addresses.addressOf(request(hop));
  expect(warned.mock.calls).toEqual([
    ['X-Forwarded-For has something else where TRUST_PROXY=1 expects an address: such callers count as one.'],
  ]);
});
