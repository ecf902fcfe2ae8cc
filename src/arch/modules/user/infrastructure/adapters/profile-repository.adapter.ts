import { Injectable } from '@nestjs/common';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { DELETED_DISPLAY_NAME } from '../../../../common/domain/profile.js';
import { NAME_FOLDING } from '../../../../common/domain/search-name.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { nameColumns } from '../../../../common/infrastructure/database/name-columns.js';
import { users } from '../../../../common/infrastructure/database/users.table.js';
import type { AvatarChange, ProfileRepositoryPort } from '../../application/ports/profile-repository.port.js';
import type { ProfileChange } from '../../domain/models/profile.model.js';
import type { User } from '../../domain/models/user.model.js';
import { userColumns } from '../statements/user.columns.js';

/**
 * Later than that of every earlier change, whichever transaction began first and wherever the clock was set to: it is
 * evaluated on the locked row.
 */
const NOW = sql`greatest(clock_timestamp(), ${users.updatedAt} + interval '1 microsecond')`;

const activeAccount = (id: string) => and(eq(users.id, id), isNull(users.deletedAt));

@Injectable()
export class ProfileRepositoryAdapter implements ProfileRepositoryPort {
  constructor(private readonly database: Database) {}

  async updateProfile(id: string, change: ProfileChange): Promise<User | null> {
    const { displayName, bio, addableBy, presence, readReceipts } = change;
    const [updated] = await this.database.query((db) =>
      db
        .update(users)
        .set({
          ...(displayName === undefined ? {} : nameColumns(displayName)),
          ...(bio === undefined ? {} : { bio }),
          ...(addableBy === undefined ? {} : { addableBy }),
          ...(presence === undefined ? {} : { presence }),
          ...(readReceipts === undefined ? {} : { readReceipts }),
          updatedAt: NOW,
        })
        .where(activeAccount(id))
        .returning({ ...userColumns, searchFolding: users.searchFolding }),
    );
    if (!updated) return null;
    const { searchFolding, ...user } = updated;
    if (displayName !== undefined && searchFolding !== NAME_FOLDING) await this.foldAgain(id, displayName);
    return user;
  }

  /**
   * When the folded form stays the same, the trigger assumes that an older node has written the name, and folds it by
   * older rules.
   */
  private async foldAgain(id: string, displayName: string): Promise<void> {
    const { searchName, searchFolding } = nameColumns(displayName);
    await this.database.query((db) =>
      db
        .update(users)
        .set({ searchName, searchFolding })
        .where(and(activeAccount(id), eq(users.displayName, displayName))),
    );
  }

  changeAvatar(id: string, avatarUrl: string | null): Promise<AvatarChange | null> {
    return this.replaceRow(id, { avatarUrl });
  }

  async anonymiseAccount(id: string): Promise<string | null> {
    const replaced = await this.replaceRow(id, {
      email: `deleted-${id}@invalid`,
      ...nameColumns(DELETED_DISPLAY_NAME),
      bio: null,
      avatarUrl: null,
      addableBy: 'everyone',
      presence: 'everyone',
      readReceipts: true,
      deletedAt: sql`now()`,
    });
    return replaced?.previous ?? null;
  }

  /** Changes the row behind its lock, so that each avatar is the `previous` of exactly one change. */
  private replaceRow(id: string, values: PgUpdateSetSource<typeof users>): Promise<AvatarChange | null> {
    return this.database.runInTransaction(() =>
      this.database.query(async (db) => {
        const [before] = await db
          .select({ avatarUrl: users.avatarUrl })
          .from(users)
          .where(activeAccount(id))
          .for('no key update');
        if (!before) return null;
        const [user] = await db
          .update(users)
          .set({ ...values, updatedAt: NOW })
          .where(eq(users.id, id))
          .returning(userColumns);
        return { user: user as User, previous: before.avatarUrl };
      }),
    );
  }
}
