import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { InFlightWork } from '../application/in-flight-work.js';
import { OpenAnswers } from './http/server/open-answers.js';
import { TcpConnections } from './http/server/tcp-connections.js';
import { SocketDrain } from './ws/session/socket-drain.js';

/** Milliseconds for work in flight to finish; the whole shutdown has 25 s. */
export const DRAIN_LIMIT = 20_000;

/**
 * First step of a shutdown. The server stops accepting connections before it closes any, so that clients reconnect to
 * another node, or later; HTTP and pools close only afterwards.
 */
@Injectable()
export class DrainService implements BeforeApplicationShutdown {
  private readonly logger = new Logger(DrainService.name);

  constructor(
    private readonly work: InFlightWork,
    private readonly connections: TcpConnections,
    private readonly answers: OpenAnswers,
    private readonly sockets: SocketDrain,
  ) {}

  async beforeApplicationShutdown(): Promise<void> {
    const finished = this.work.drainWork();
    this.connections.stopListening();
    this.answers.limitRemainingTime();
    const limit = Promise.withResolvers<'late'>();
    const timer = setTimeout(() => limit.resolve('late'), DRAIN_LIMIT);
    const drained = Promise.all([finished, this.sockets.closeSockets()]);
    if ((await Promise.race([drained, limit.promise])) === 'late') {
      this.logger.warn('Some work did not finish in time; closing all the same.');
    }
    clearTimeout(timer);
  }
}
