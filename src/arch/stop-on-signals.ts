import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenDatabase } from './common/infrastructure/database/open-database.js';

/** Milliseconds for a whole shutdown; supervisors commonly kill after 30 s. */
const SHUTDOWN_LIMIT = 25_000;

/** SIGTERM and SIGINT: finish what is under way, close sockets, HTTP, pools, then the database. Twice: at once. */
export function stopOnSignals(app: NestFastifyApplication, database: OpenDatabase): void {
  const logger = new Logger('Causerie');
  let stopping = false;

  const stop = async (): Promise<void> => {
    try {
      await app.close();
      await database.stop();
      logger.log('Stopped.');
      process.exit(0);
    } catch (error) {
      logger.error(error);
      process.exit(1);
    }
  };

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      logger.log(`${signal}: finishing what is under way.`);
      setTimeout(() => process.exit(1), SHUTDOWN_LIMIT).unref();
      void stop();
    });
  }
}
