import { Module } from '@nestjs/common';
import { CountersPort } from '../../application/ports/counters.port.js';
import { CounterSweep } from './counter-sweep.js';
import { CountersAdapter } from './counters.adapter.js';

/** The counters of all rate limits. */
@Module({
  providers: [CountersAdapter, CounterSweep, { provide: CountersPort, useExisting: CountersAdapter }],
  exports: [CountersPort],
})
export class RateLimitModule {}
