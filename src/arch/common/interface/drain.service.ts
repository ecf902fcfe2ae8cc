import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { OpenWork } from '../application/open-work.js';

/** Milliseconds that work under way gets to finish; the whole shutdown has 25 s. */
const DRAIN_LIMIT = 20_000;

/** First step of a shutdown: sockets, HTTP and pools close only after this. */
@Injectable()
export class DrainService implements BeforeApplicationShutdown {
  private readonly logger = new Logger(DrainService.name);

  constructor(private readonly work: OpenWork) {}

  async beforeApplicationShutdown(): Promise<void> {
    const limit = Promise.withResolvers<'late'>();
    const timer = setTimeout(() => limit.resolve('late'), DRAIN_LIMIT);
    if ((await Promise.race([this.work.drain(), limit.promise])) === 'late') {
      this.logger.warn('Some work did not finish in time; closing all the same.');
    }
    clearTimeout(timer);
  }
}
