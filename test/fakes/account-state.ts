import type { User } from '../../src/arch/modules/user/domain/models/user.model.js';

export type StoredAccount = { -readonly [Key in keyof User]: User[Key] } & {
  deletedAt: Date | null;
};

/** The state that the user module's fakes share, as the adapters share the table. */
export class AccountState {
  accounts = new Map<string, StoredAccount>();

  /** Undefined when the account is deleted. */
  activeAccount(id: string): StoredAccount | undefined {
    const found = this.accounts.get(id);
    return found?.deletedAt === null ? found : undefined;
  }

  existingAccounts(): StoredAccount[] {
    return [...this.accounts.values()].filter(({ deletedAt }) => deletedAt === null);
  }

  /** Returns a function that restores the present state. */
  remember(): () => void {
    const accounts = structuredClone(this.accounts);
    return () => void Object.assign(this, { accounts });
  }
}

export function toUser(account: StoredAccount): User {
  const { deletedAt: _, ...user } = account;
  return user;
}
