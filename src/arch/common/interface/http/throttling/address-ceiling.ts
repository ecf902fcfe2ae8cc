import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { CountersPort } from '../../../application/ports/counters.port.js';
import { addressNetworks } from '../../../domain/address-networks.js';
import { requireWithin } from '../../../application/require-within.js';
import { ClientAddresses } from '../server/client-addresses.js';
import { ThrottlerLimits } from '../../../application/throttler-limits.js';

/** Limits an address, whatever its users: ten times `global` a minute (a /48 of IPv6 ten times that). */
@Injectable()
export class AddressCeiling {
  constructor(
    private readonly counters: CountersPort,
    private readonly limits: ThrottlerLimits,
    private readonly addresses: ClientAddresses,
  ) {}

  /**
   * Counts one request or handshake for its caller's address.
   * @throws RateLimitedError above the ceiling
   */
  async countAttempt(request: IncomingMessage): Promise<void> {
    await requireWithin(
      this.counters,
      this.limits.ceilingCounts('global', addressNetworks(this.addresses.addressOf(request) ?? '')),
    );
  }
}
