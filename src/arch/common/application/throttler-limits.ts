import type { Count } from './ports/counters.port.js';
import { addressNetworks } from '../domain/address-networks.js';

/** Milliseconds of a throttler's window. */
const MINUTE = 60_000;
/** How much more than one caller may a network of many: an address of many users, a /48 of many /64s. */
const HIGHER = 10;

export type Throttler = 'global' | 'auth' | 'refresh' | 'upload' | 'files';

/** How often a throttler lets one caller through, a minute. */
export class ThrottlerLimits {
  constructor(private readonly limits: Readonly<Record<Throttler, number>>) {}

  /** Who is not logged in is an address: of IPv6 a /64, and ten times that for a /48. */
  byAddress(name: Throttler, address: string | null): Count[] {
    return this.networks(name, 'address', address, this.limits[name]);
  }

  /** Who is logged in counts alone, and, as long as that is within the limit, for the ceiling of the address. */
  byUser(name: Throttler, userId: string, address: string | null): Count[] {
    const limit = this.limits[name];
    return [{ key: `${name}:user:${userId}`, window: MINUTE, limit }, ...this.ceiling(name, address)];
  }

  /** Ten times the limit for all users behind an address together (of IPv6 a /64), and a hundred times for a /48. */
  ceiling(name: Throttler, address: string | null): Count[] {
    return this.networks(name, 'ceiling', address, this.limits[name] * HIGHER);
  }

  /** Logins of an address, right ones included: as many as its ceiling, and apart from it, so that they use up nobody's requests. */
  logins(address: string | null): Count[] {
    return this.networks('global', 'login', address, this.limits.global * HIGHER);
  }

  private networks(name: Throttler, of: string, address: string | null, limit: number): Count[] {
    return addressNetworks(address ?? '').map((network, index) => ({
      key: `${name}:${of}:${network}`,
      window: MINUTE,
      limit: limit * HIGHER ** index,
    }));
  }
}
