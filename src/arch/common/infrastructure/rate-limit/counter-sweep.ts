import { Injectable } from '@nestjs/common';
import { JanitorPort } from '../../application/ports/janitor.port.js';
import { CountersAdapter } from './counters.adapter.js';

/** Evicts counters whose window has ended. */
@Injectable()
export class CounterSweep {
  constructor(counters: CountersAdapter, janitor: JanitorPort) {
    janitor.registerSweeps({
      name: 'counters.idle',
      of: 'node',
      batch: async (limit) => counters.evictEndedWindows(limit),
    });
  }
}
