import type {
  ProfileChangesPort,
  ShownProfile,
} from '../../src/arch/modules/user/application/ports/profile-changes.port.js';
import type { AccountState } from './account-state.js';

/** One node. */
export class ProfileChangesFake implements ProfileChangesPort {
  /** The users whose changes were announced. */
  readonly announced: string[] = [];
  private readonly listeners: ((userId: string) => void)[] = [];

  constructor(private readonly state: Pick<AccountState, 'accounts'>) {}

  async findProfile(userId: string): Promise<ShownProfile | null> {
    const found = this.state.accounts.get(userId);
    if (!found) return null;
    const { displayName, avatarUrl, updatedAt, deletedAt } = found;
    return {
      userId,
      displayName,
      avatarUrl,
      version: updatedAt.getTime() * 1_000,
      isDeleted: deletedAt !== null,
    };
  }

  announceChange(userId: string): void {
    this.announced.push(userId);
    for (const listener of this.listeners) listener(userId);
  }

  onChange(listener: (userId: string) => void): void {
    this.listeners.push(listener);
  }
}
