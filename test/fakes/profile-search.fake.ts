import { CursorInvalidError } from '../../src/arch/common/domain/errors/cursor-invalid.error.js';
import { foldName } from '../../src/arch/common/domain/search-name.js';
import type {
  ProfilePage,
  ProfileSearchPort,
} from '../../src/arch/modules/user/application/ports/profile-search.port.js';
import type { PublicProfile } from '../../src/arch/modules/user/domain/models/profile.model.js';
import type { AccountState, StoredAccount } from './account-state.js';

export class ProfileSearchFake implements ProfileSearchPort {
  constructor(private readonly state: AccountState) {}

  async searchProfiles(term: string, limit: number, cursor?: string): Promise<ProfilePage> {
    const from = cursor === undefined ? undefined : placeIn(cursor);
    const prefix = foldName(term);
    if (prefix === '') return { data: [], nextCursor: null };
    const found = this.state
      .existingAccounts()
      .filter(({ displayName }) => foldName(displayName).startsWith(prefix))
      .filter((account) => from === undefined || placeOf(account) > from)
      .toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return {
      data: shown.map(toProfile),
      nextCursor: last && found.length > limit ? `fake:${placeOf(last)}` : null,
    };
  }
}

function toProfile({ id, displayName, bio, avatarUrl, createdAt }: StoredAccount): PublicProfile {
  return { id, displayName, bio, avatarUrl, createdAt };
}

/** Sorts like `(search_name, id)`, as long as all names are of one Unicode plane. */
function placeOf({ displayName, id }: StoredAccount): string {
  return `${foldName(displayName)}\0${id}`;
}

function placeIn(cursor: string): string {
  if (!cursor.startsWith('fake:')) throw new CursorInvalidError();
  return cursor.slice('fake:'.length);
}
