import { isIP } from 'node:net';
import { normalizeIp } from '@nestjs/throttler';

/** A provider gives an IPv6 customer 2⁶⁴ addresses: they count as one. */
const IPV6_PREFIX = 64;

/** What an address counts as. Behind a proxy that passes on anything, what is no address counts together. */
export function clientNetwork(ip: string): string {
  return isIP(ip) === 0 ? 'unknown' : normalizeIp(ip, IPV6_PREFIX);
}
