import { Module } from '@nestjs/common';
import { CountersPort } from '../../application/ports/counters.port.js';
import { CounterSweep } from './counter-sweep.js';
import { CountersAdapter } from './counters.adapter.js';

/** Where everything is counted that somebody may do so many times. */
@Module({
  providers: [CountersAdapter, CounterSweep, { provide: CountersPort, useExisting: CountersAdapter }],
  exports: [CountersPort],
})
export class RateLimitModule {}
