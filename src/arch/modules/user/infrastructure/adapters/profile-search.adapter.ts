import { Injectable } from '@nestjs/common';
import { foldName } from '../../../../common/domain/search-name.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import type { ProfilePage, ProfileSearchPort } from '../../application/ports/profile-search.port.js';
import { decodeCursor, encodeCursor } from './profile-cursor.js';
import { selectProfiles } from './search-profiles.statement.js';

@Injectable()
export class ProfileSearchAdapter implements ProfileSearchPort {
  constructor(private readonly database: Database) {}

  async searchProfiles(term: string, limit: number, cursor?: string): Promise<ProfilePage> {
    const after = cursor === undefined ? undefined : decodeCursor(cursor);
    const prefix = foldName(term);
    if (prefix === '') return { data: [], nextCursor: null };
    const rows = await this.database.query(async (db) => selectProfiles(db, prefix, limit, after));
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      data: shown.map(({ profile }) => profile),
      nextCursor: last ? encodeCursor({ searchName: last.searchName, id: last.profile.id }) : null,
    };
  }
}
