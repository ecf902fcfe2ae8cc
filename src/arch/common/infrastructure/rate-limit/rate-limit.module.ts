import { Module } from '@nestjs/common';
import { CountersPort } from '../../application/ports/counters.port.js';
import { CountersAdapter } from './counters.adapter.js';

/** Where everything is counted that somebody may do so many times. */
@Module({
  providers: [{ provide: CountersPort, useClass: CountersAdapter }],
  exports: [CountersPort],
})
export class RateLimitModule {}
