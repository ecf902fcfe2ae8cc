import type { User } from '../../src/arch/modules/user/domain/models/user.model.js';
import { AccountRepositoryFake } from './account-repository.fake.js';
import { AccountState } from './account-state.js';
import { AvatarStoreFake } from './avatar-store.fake.js';
import { ProfileChangesFake } from './profile-changes.fake.js';
import { ProfileRepositoryFake } from './profile-repository.fake.js';
import { ProfileSearchFake } from './profile-search.fake.js';
import { ReadReceiptsFake } from './read-receipts.fake.js';

/** All ports of the user module on one state, and methods that fill it. */
export class FakeAccounts {
  readonly state = new AccountState();
  readonly users = new AccountRepositoryFake(this.state);
  readonly profiles = new ProfileRepositoryFake(this.state);
  readonly changes = new ProfileChangesFake(this.state);
  readonly receipts = new ReadReceiptsFake(this.state.accounts);
  readonly search = new ProfileSearchFake(this.state);
  readonly avatars = new AvatarStoreFake();

  signUp(displayName = 'Somebody'): Promise<User> {
    const email = `user-${this.state.accounts.size}@test.example`;
    return this.users.create({ email, displayName });
  }
}
