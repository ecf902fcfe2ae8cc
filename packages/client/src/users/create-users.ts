import type { Users } from '../api/users.ts';
import type { Presence, Sender } from '../contract.ts';
import { createKeyed } from '../observable/keyed.ts';
import type { Scope } from '../sync/scope.ts';

/** Other people. */
export function createUsers({ call }: Scope): Users {
  const profiles = createKeyed<Sender | null>(null);
  const presences = createKeyed<Presence | null>(null);
  return {
    profile: profiles.of,
    presence: presences.of,
    search: (search, cursor) => call('GET /users', { query: { search, cursor } }),
    async block(userId) {
      await call('PUT /users/me/blocks/:userId', { params: { userId } });
    },
    async unblock(userId) {
      await call('DELETE /users/me/blocks/:userId', { params: { userId } });
    },
  };
}
