import { Database } from '../../src/arch/common/infrastructure/database/database.js';
import type { ProfileChangesPort } from '../../src/arch/modules/user/application/ports/profile-changes.port.js';
import type { ProfileRepositoryPort } from '../../src/arch/modules/user/application/ports/profile-repository.port.js';
import type { ProfileSearchPort } from '../../src/arch/modules/user/application/ports/profile-search.port.js';
import type { UserRepositoryPort } from '../../src/arch/modules/user/application/ports/user-repository.port.js';
import { ProfileChangesAdapter } from '../../src/arch/modules/user/infrastructure/adapters/profile-changes.adapter.js';
import { ProfileRepositoryAdapter } from '../../src/arch/modules/user/infrastructure/adapters/profile-repository.adapter.js';
import { ProfileSearchAdapter } from '../../src/arch/modules/user/infrastructure/adapters/profile-search.adapter.js';
import { UserRepositoryAdapter } from '../../src/arch/modules/user/infrastructure/adapters/user-repository.adapter.js';
import { BusFake } from '../fakes/bus.fake.js';
import { FakeAccounts } from '../fakes/fake-accounts.js';
import { TestDatabase } from '../support/test-database.js';

/** The ports that concern accounts. */
export interface AccountSubject {
  readonly users: UserRepositoryPort;
  readonly profiles: ProfileRepositoryPort;
  readonly search: ProfileSearchPort;
  readonly changes: ProfileChangesPort;
  close(): Promise<void>;
}

export type MakeAccountSubject = () => Promise<AccountSubject>;

export async function fakeAccountSubject(): Promise<AccountSubject> {
  return Object.assign(new FakeAccounts(), { close: async () => undefined });
}

/** The adapters with a PostgreSQL database of their own. */
export async function realAccountSubject(): Promise<AccountSubject> {
  const postgres = await TestDatabase.create();
  const database = new Database(postgres.connection, 8);
  return {
    users: new UserRepositoryAdapter(database),
    profiles: new ProfileRepositoryAdapter(database),
    search: new ProfileSearchAdapter(database),
    changes: new ProfileChangesAdapter(database, new BusFake()),
    async close() {
      await database.onApplicationShutdown();
      await postgres.drop();
    },
  };
}
