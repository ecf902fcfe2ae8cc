import { Injectable } from '@nestjs/common';
import { getTableName } from 'drizzle-orm';
import {
  type Afterwards,
  PersonalDataPort,
  type PersonalRecord,
} from '../../../../common/application/ports/personal-data.port.js';
import { users } from '../../../../common/infrastructure/database/users.table.js';
import { AvatarStorePort } from '../../application/ports/avatar-store.port.js';
import { ProfileChangesPort } from '../../application/ports/profile-changes.port.js';
import { ProfileRepositoryPort } from '../../application/ports/profile-repository.port.js';
import type { UserDataPort } from '../../application/ports/user-data.port.js';
import { UserRepositoryPort } from '../../application/ports/user-repository.port.js';
import { avatarName } from '../../domain/models/avatar.model.js';

/** The row stays, anonymised, for what its user wrote. */
@Injectable()
export class UserDataAdapter extends PersonalDataPort implements UserDataPort {
  readonly tables = [getTableName(users)];

  constructor(
    private readonly accounts: UserRepositoryPort,
    private readonly profiles: ProfileRepositoryPort,
    private readonly avatars: AvatarStorePort,
    private readonly changes: ProfileChangesPort,
  ) {
    super();
  }

  async *export(userId: string): AsyncGenerator<PersonalRecord> {
    const user = await this.accounts.findById(userId);
    if (!user) return;
    const { id, email, displayName, bio, avatarUrl, addableBy, presence, readReceipts } = user;
    const [createdAt, updatedAt] = [user.createdAt.toISOString(), user.updatedAt.toISOString()];
    yield {
      kind: 'profile',
      data: {
        id,
        email,
        displayName,
        bio,
        avatarUrl,
        addableBy,
        presence,
        readReceipts,
        createdAt,
        updatedAt,
      },
    };
  }

  /**
   * The file is removed first: an interrupted deletion is repeated, but a file without a profile would never be found.
   */
  async erase(userId: string): Promise<void> {
    const user = await this.accounts.findById(userId);
    if (!user || user.avatarUrl === null) return;
    await this.removeAvatar(user.avatarUrl);
    const changed = await this.profiles.changeAvatar(userId, null);
    await this.removeAvatar(changed?.previous ?? null);
  }

  override async closeAccount(userId: string): Promise<Afterwards> {
    const avatarUrl = await this.profiles.anonymiseAccount(userId);
    return () => {
      this.changes.announceChange(userId);
      return this.removeAvatar(avatarUrl);
    };
  }

  private async removeAvatar(url: string | null): Promise<void> {
    if (url !== null) await this.avatars.removeImage(avatarName(url));
  }
}
