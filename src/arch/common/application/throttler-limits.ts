import type { Count } from './ports/counters.port.js';

/** Milliseconds of a throttler's window. */
const MINUTE = 60_000;
/** Multiple of one caller's limit for a network of many: an address of many users, a /48 of many /64s. */
const HIGHER = 10;

type Networks = readonly string[];

export type Throttler =
  | 'global'
  | 'auth'
  | 'refresh'
  | 'upload'
  | 'members'
  | 'invite'
  | 'reactions'
  | 'files';

/** The limits of each throttler for a minute. Networks are those of the caller's address (`addressNetworks`). */
export class ThrottlerLimits {
  constructor(private readonly limits: Readonly<Record<Throttler, number>>) {}

  /** Counts for an unauthenticated request: by address, of IPv6 by /64, and ten times that for a /48. */
  addressCounts(name: Throttler, networks: Networks): Count[] {
    return this.networkCounts(name, 'address', networks, this.limits[name]);
  }

  /** Counts for an authenticated request: by user, and, within that limit, for the ceiling of the address. */
  userCounts(name: Throttler, userId: string, networks: Networks): Count[] {
    const limit = this.limits[name];
    return [{ key: `${name}:user:${userId}`, window: MINUTE, limit }, ...this.ceilingCounts(name, networks)];
  }

  /** Ten times the limit for all users behind an address together (of IPv6 a /64), and a hundred times for a /48. */
  ceilingCounts(name: Throttler, networks: Networks): Count[] {
    return this.networkCounts(name, 'ceiling', networks, this.limits[name] * HIGHER);
  }

  /**
   * Logins of an address, successful ones included: as many as its ceiling, and counted apart from it, so that they do
   * not use up the requests of its users.
   */
  loginCounts(networks: Networks): Count[] {
    return this.networkCounts('global', 'login', networks, this.limits.global * HIGHER);
  }

  private networkCounts(name: Throttler, of: string, networks: Networks, limit: number): Count[] {
    return networks.map((network, index) => ({
      key: `${name}:${of}:${network}`,
      window: MINUTE,
      limit: limit * HIGHER ** index,
    }));
  }
}
