import type { User } from '../../src/arch/modules/user/domain/models/user.model.js';

export type StoredAccount = { -readonly [Key in keyof User]: User[Key] } & {
  deletedAt: Date | null;
};

/** What the user module's fakes have in common, as the table is for the adapters. */
export class AccountState {
  accounts = new Map<string, StoredAccount>();

  /** Undefined when it is gone. */
  living(id: string): StoredAccount | undefined {
    const found = this.accounts.get(id);
    return found?.deletedAt === null ? found : undefined;
  }

  allLiving(): StoredAccount[] {
    return [...this.accounts.values()].filter(({ deletedAt }) => deletedAt === null);
  }

  /** Answers what puts everything back as it is now. */
  remember(): () => void {
    const accounts = structuredClone(this.accounts);
    return () => void Object.assign(this, { accounts });
  }
}

export function toUser(account: StoredAccount): User {
  const { deletedAt: _, ...user } = account;
  return user;
}
