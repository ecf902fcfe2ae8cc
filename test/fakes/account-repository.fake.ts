import { randomUUIDv7 } from 'node:crypto';
import { foldEmail } from '../../src/arch/common/domain/email-address.js';
import type {
  NewUser,
  UserRepositoryPort,
} from '../../src/arch/modules/user/application/ports/user-repository.port.js';
import { EmailAlreadyUsedError } from '../../src/arch/modules/user/domain/errors/email-already-used.error.js';
import type { User } from '../../src/arch/modules/user/domain/models/user.model.js';
import { type AccountState, toUser } from './account-state.js';

/** `UserRepositoryPort` on accounts that can be deleted. */
export class AccountRepositoryFake implements UserRepositoryPort {
  constructor(private readonly state: AccountState) {}

  async create(user: NewUser): Promise<User> {
    if (await this.findByEmail(user.email)) throw new EmailAlreadyUsedError();
    const now = new Date();
    const times = { createdAt: now, updatedAt: now, deletedAt: null };
    const stored = {
      id: randomUUIDv7(),
      bio: null,
      avatarUrl: null,
      addableBy: 'everyone' as const,
      presence: 'everyone' as const,
      readReceipts: true,
      ...times,
      ...user,
      email: foldEmail(user.email),
    };
    this.state.accounts.set(stored.id, stored);
    return toUser(stored);
  }

  async findById(id: string): Promise<User | null> {
    const found = this.state.activeAccount(id);
    return found ? toUser(found) : null;
  }

  async findByEmail(email: string): Promise<User | null> {
    const wanted = foldEmail(email);
    const found = this.state.existingAccounts().find((account) => account.email === wanted);
    return found ? toUser(found) : null;
  }

  async findUnknown(ids: readonly string[]): Promise<string[]> {
    return ids.filter((id) => !this.state.activeAccount(id));
  }
}
