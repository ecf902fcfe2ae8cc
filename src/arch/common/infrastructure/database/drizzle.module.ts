import { type DynamicModule, Module } from '@nestjs/common';
import { DatabaseEpochPort } from '../../application/ports/database-epoch.port.js';
import { DatabaseHealthPort } from '../../application/ports/database-health.port.js';
import { TransactionRunnerPort } from '../../application/ports/transaction-runner.port.js';
import { InFlightWork } from '../../application/in-flight-work.js';
import { AppConfig } from '../config/app-config.js';
import type { ConnectionSettings } from './connection.js';
import { Database } from './database.js';
import { EpochWatch } from './epoch/epoch-watch.js';
import { SharedProbe } from './shared-probe.js';

@Module({})
export class DrizzleModule {
  static forRoot(connection: ConnectionSettings): DynamicModule {
    return {
      module: DrizzleModule,
      global: true,
      providers: [
        {
          provide: Database,
          useFactory: ({ env }: AppConfig, work: InFlightWork) =>
            new Database(connection, env.DATABASE_POOL_SIZE, { prepared: env.DATABASE_PREPARED, work }),
          inject: [AppConfig, InFlightWork],
        },
        { provide: TransactionRunnerPort, useExisting: Database },
        {
          provide: DatabaseEpochPort,
          useFactory: ({ epoch }: Database) => epoch,
          inject: [Database],
        },
        EpochWatch,
        {
          provide: DatabaseHealthPort,
          useFactory: (database: Database) => new SharedProbe(database),
          inject: [Database],
        },
      ],
      exports: [Database, TransactionRunnerPort, DatabaseEpochPort, DatabaseHealthPort],
    };
  }
}
