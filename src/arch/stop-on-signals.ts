import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenDatabase } from './common/infrastructure/database/open-database.js';

/** Milliseconds for a whole shutdown; supervisors commonly kill after 30 s. */
export const SHUTDOWN_LIMIT = 25_000;

/**
 * SIGTERM and SIGINT: finish what is under way, close sockets, HTTP, pools, then the database. Twice: at once. The same
 * when an error reaches nobody: what it left undone is unknown, so another process goes on; the status is 1 then.
 * @param host the process that the signals come to, and that ends
 */
export function stopOnSignals(
  app: NestFastifyApplication,
  database: OpenDatabase,
  host: Pick<NodeJS.Process, 'on' | 'exit'> = process,
): void {
  const logger = new Logger('Causerie');
  let stopping = false;
  let status = 0;

  const stop = async (): Promise<void> => {
    try {
      await app.close();
      await database.stop();
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
        logger.log(`${signal}: finishing what is under way.`);
        begin();
      }
    });
  }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    host.on(event, (error: unknown) => {
      // Only the first: a log that fails, for instance, would go on for ever.
      if (status === 1) return;
      status = 1;
      logger.fatal({ err: error, msg: `${event}: finishing what is under way, then this process ends.` });
      if (!stopping) begin();
    });
  }
}
