import type { Users } from '../api/users.ts';
import type { Presence, Sender, ServerEvents } from '../contract.ts';
import { createKeyed } from '../observable/keyed.ts';
import type { Scope } from '../sync/scope.ts';
import { createPresenceWatch } from './presence-watch.ts';

/** Other people. */
export interface People extends Users {
  /** What answers of the server embed. */
  readonly note: (senders: readonly Sender[]) => void;
  readonly clear: () => void;
}

export function createUsers(scope: Scope): People {
  const { call, onEvent, onOnline } = scope;
  const profiles = createKeyed<Sender | null>(null);
  const presences = createKeyed<Presence | null>(null);
  const watch = createPresenceWatch(scope, putPresence);
  /** Whose name has been told since the connection began: answers may be older. */
  const told = new Set<string>();
  const asked = new Set<string>();

  function put({ id, displayName, avatarUrl }: Sender): void {
    const store = profiles.of(id);
    const before = store.getSnapshot();
    if (before?.displayName === displayName && before.avatarUrl === avatarUrl) return;
    store.set({ id, displayName, avatarUrl });
  }

  function putPresence(presence: Presence): void {
    const store = presences.of(presence.userId);
    const before = store.getSnapshot();
    if (before?.status === presence.status && before.lastSeenAt === presence.lastSeenAt) return;
    store.set(presence);
  }

  function note(senders: readonly Sender[]): void {
    for (const sender of senders) if (!told.has(sender.id)) put(sender);
  }

  async function read(id: string): Promise<void> {
    if (profiles.of(id).getSnapshot() || asked.has(id)) return;
    asked.add(id);
    try {
      note([await call('GET /users/:id', { params: { id } })]);
    } catch {
      // Whoever observes it next asks again.
      asked.delete(id);
    }
  }

  onEvent((name, payload) => {
    const event = { [name]: payload } as Partial<ServerEvents>;
    const { new_message: message, user_updated: user, presence } = event;
    if (message && !profiles.of(message.senderId).getSnapshot()) put(message.sender);
    if (presence) putPresence(presence);
    if (!user) return;
    told.add(user.userId);
    put({ ...user, id: user.userId });
  });

  // Whatever is read from now on is later than what was told before.
  onOnline(async () => told.clear());

  return {
    note,
    clear() {
      for (const known of [profiles, presences, told, asked]) known.clear();
    },
    profile(id) {
      const store = profiles.of(id);
      return {
        ...store,
        subscribe(onChange) {
          void read(id);
          return store.subscribe(onChange);
        },
      };
    },
    presence(id) {
      const store = presences.of(id);
      return {
        ...store,
        subscribe(onChange) {
          const ends = [watch(id), store.subscribe(onChange)];
          return () => ends.forEach((end) => end());
        },
      };
    },
    search: (search, cursor) => call('GET /users', { query: { search, cursor } }),
    async block(userId) {
      await call('PUT /users/me/blocks/:userId', { params: { userId } });
    },
    async unblock(userId) {
      await call('DELETE /users/me/blocks/:userId', { params: { userId } });
    },
  };
}
