import { Database } from '../../src/arch/common/infrastructure/database/database.js';
import { ProfileRepositoryAdapter } from '../../src/arch/modules/user/infrastructure/adapters/profile-repository.adapter.js';
import { ReadReceiptsAdapter } from '../../src/arch/modules/user/infrastructure/adapters/read-receipts.adapter.js';
import { UserRepositoryAdapter } from '../../src/arch/modules/user/infrastructure/adapters/user-repository.adapter.js';
import { BusFake } from '../fakes/bus.fake.js';
import { ConnectedUsersFake } from '../fakes/connected-users.fake.js';
import { FakeAccounts } from '../fakes/fake-accounts.js';
import { TestDatabase } from '../support/test-database.js';
import { describeReadReceiptSettingsContract } from './read-receipt-settings.contract.js';

describeReadReceiptSettingsContract('the fake', async () => {
  const accounts = new FakeAccounts();
  return {
    receipts: accounts.receipts,
    profiles: accounts.profiles,
    signUp: async () => (await accounts.signUp()).id,
    close: async () => undefined,
  };
});

describeReadReceiptSettingsContract('PostgreSQL', async () => {
  const postgres = await TestDatabase.create();
  const database = new Database(postgres.connection, 4);
  const connected = new ConnectedUsersFake();
  const users = new UserRepositoryAdapter(database);
  let count = 0;
  return {
    receipts: new ReadReceiptsAdapter(database, new BusFake(), connected),
    profiles: new ProfileRepositoryAdapter(database),
    async signUp() {
      count += 1;
      const { id } = await users.create({ email: `user-${count}@test.example`, displayName: 'Somebody' });
      connected.connect(id);
      return id;
    },
    async close() {
      await database.onApplicationShutdown();
      await postgres.drop();
    },
  };
});
