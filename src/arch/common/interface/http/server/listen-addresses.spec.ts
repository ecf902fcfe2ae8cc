import { expect, it } from 'vitest';
import { EVERY_ADDRESS, listenAddresses } from './listen-addresses.js';

const IPV4 = ['127.0.0.1', '0.0.0.0'];
const IPV6 = ['::1', '::'];

it.each([
  ['the loopback addresses', undefined, [...IPV4, ...IPV6], ['127.0.0.1', '::1']],
  ['the same by their name', 'localhost', [...IPV4, ...IPV6], ['127.0.0.1', '::1']],
  ['IPv4 alone where there is no other', undefined, IPV4, ['127.0.0.1']],
  ['IPv6 alone where there is no other', undefined, IPV6, ['::1']],
  ['every address, of both versions', EVERY_ADDRESS, [...IPV4, ...IPV6], ['::']],
  ['every one that there is', EVERY_ADDRESS, IPV4, ['0.0.0.0']],
  ['what was asked for', '192.0.2.1', IPV4, ['192.0.2.1']],
  ['one address, so that its failure is reported', undefined, [], ['127.0.0.1']],
])('%s', async (_, host, there: readonly string[], addresses) => {
  expect(await listenAddresses(host, async (address) => there.includes(address))).toEqual(addresses);
});
