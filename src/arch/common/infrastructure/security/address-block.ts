import { normalizeIp } from '@nestjs/throttler';

/** The part of an IPv6 address that names a provider's customer or a site; of IPv4 the first three bytes do. */
const IPV6_KEPT = 48;

/** What is left of an address where a log shall name no household: its /24, of IPv6 its /48. */
export function addressBlock(address: string): string {
  return normalizeIp(address, IPV6_KEPT).replace(/^(\d+\.\d+\.\d+)\.\d+$/, '$1.0/24');
}
