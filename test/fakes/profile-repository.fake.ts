import type {
  AvatarChange,
  ProfileRepositoryPort,
} from '../../src/arch/modules/user/application/ports/profile-repository.port.js';
import type { ProfileChange } from '../../src/arch/modules/user/domain/models/profile.model.js';
import type { User } from '../../src/arch/modules/user/domain/models/user.model.js';
import { type AccountState, type StoredAccount, toUser } from './account-state.js';

export class ProfileRepositoryFake implements ProfileRepositoryPort {
  constructor(private readonly state: AccountState) {}

  async updateProfile(id: string, change: ProfileChange): Promise<User | null> {
    const { displayName, bio, addableBy, presence, readReceipts } = change;
    return this.change(id, (account) => {
      if (displayName !== undefined) account.displayName = displayName;
      if (bio !== undefined) account.bio = bio;
      if (presence !== undefined) account.presence = presence;
      if (readReceipts !== undefined) account.readReceipts = readReceipts;
      if (addableBy !== undefined) account.addableBy = addableBy;
      return toUser(account);
    });
  }

  async changeAvatar(id: string, avatarUrl: string | null): Promise<AvatarChange | null> {
    return this.change(id, (account) => {
      const previous = account.avatarUrl;
      account.avatarUrl = avatarUrl;
      return { user: toUser(account), previous };
    });
  }

  async anonymiseAccount(id: string): Promise<string | null> {
    return this.change(id, (account) => {
      const { avatarUrl } = account;
      const nothing = {
        bio: null,
        avatarUrl: null,
        addableBy: 'everyone',
        presence: 'everyone',
        readReceipts: true,
      };
      const email = `deleted-${id}@invalid`;
      Object.assign(account, { ...nothing, email, displayName: 'Deleted user', deletedAt: new Date() });
      return avatarUrl;
    });
  }

  private change<T>(id: string, work: (account: StoredAccount) => T): T | null {
    const account = this.state.activeAccount(id);
    if (!account) return null;
    account.updatedAt = new Date(Math.max(Date.now(), account.updatedAt.getTime() + 1));
    return work(account);
  }
}
