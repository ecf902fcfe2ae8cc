import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenDatabase } from './common/infrastructure/database/open-database.js';
import type { LogOutput } from './common/infrastructure/logger/log-output.js';

/** Milliseconds for a whole shutdown; supervisors commonly kill after 30 s. */
export const SHUTDOWN_LIMIT = 25_000;

/**
 * At SIGTERM or SIGINT, work in flight is finished, then sockets, HTTP, pools and the database are closed. A second
 * signal ends the process at once. An uncaught error is treated like a signal, with status 1: its effects are unknown,
 * so another process has to continue.
 * @param host the process that gets the signals and ends
 */
export function stopOnSignals(
  app: NestFastifyApplication,
  database: OpenDatabase,
  output: Pick<LogOutput, 'endWriting'>,
  host: Pick<NodeJS.Process, 'on' | 'exit'> = process,
): void {
  const logger = new Logger('Causerie');
  let stopping = false;
  let status = 0;

  const stop = async (): Promise<void> => {
    try {
      await app.close();
      await database.stop();
      // The last line comes after those of the last requests.
      await output.endWriting();
      logger.log('Stopped.');
      host.exit(status);
    } catch (error) {
      logger.error(error);
      host.exit(1);
    }
  };

  const begin = (): void => {
    stopping = true;
    setTimeout(() => host.exit(1), SHUTDOWN_LIMIT).unref();
    void stop();
  };

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    host.on(signal, () => {
      if (stopping) host.exit(1);
      else {
        logger.log(`${signal}: finishing work in flight.`);
        begin();
      }
    });
  }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    host.on(event, (error: unknown) => {
      // Only the first error counts: a failing log, for instance, would raise errors for ever.
      if (status === 1) return;
      status = 1;
      logger.fatal({ err: error, msg: `${event}: finishing work in flight, then this process ends.` });
      if (!stopping) begin();
    });
  }
}
