import { Logger } from '@nestjs/common';
import { vi } from 'vitest';
import type { DatabaseHealthPort } from '../../src/arch/common/application/ports/database-health.port.js';
import { Database } from '../../src/arch/common/infrastructure/database/database.js';
import { SharedProbe } from '../../src/arch/common/infrastructure/database/shared-probe.js';
import { DatabaseHealthFake } from '../fakes/database-health.fake.js';
import { DatabaseProxy } from '../support/database-proxy.js';
import { TestDatabase } from '../support/test-database.js';
import { describeDatabaseHealthContract } from './database-health.contract.js';

describeDatabaseHealthContract('the fake', async () => {
  const health = new DatabaseHealthFake();
  const become = (state: DatabaseHealthFake['state']) => async () => void (health.state = state);
  return {
    health,
    goAway: become('away'),
    onlyRead: become('reading only'),
    comeBack: become('there'),
    passSecond: async () => undefined,
    close: async () => undefined,
  };
});

/** A database behind a relay that can be closed. */
async function start(healthOf: (database: Database) => DatabaseHealthPort) {
  Logger.overrideLogger(false);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const postgres = await TestDatabase.create();
  const proxy = await DatabaseProxy.open(postgres);
  const database = new Database(proxy.connection, 2);
  let isOpen = true;
  const alter = (what: string) =>
    postgres.query(`begin read write; alter database ${postgres.connection.database} ${what}; commit`);
  return {
    health: healthOf(database),
    async goAway() {
      isOpen = false;
      proxy.refuse();
    },
    async onlyRead() {
      await alter('set default_transaction_read_only = on');
      proxy.cutNow();
    },
    async comeBack() {
      await alter('reset all');
      if (!isOpen) await proxy.listen();
    },
    passSecond: async () => void (await vi.advanceTimersByTimeAsync(1_000)),
    async close() {
      vi.useRealTimers();
      await database.onApplicationShutdown();
      await proxy.close();
      await postgres.drop();
    },
  };
}

describeDatabaseHealthContract('PostgreSQL', () => start((database) => database));
describeDatabaseHealthContract('PostgreSQL, shared', () => start((database) => new SharedProbe(database)));
