import type { SessionState } from '../api/session.ts';
import { createStore, type Store } from '../observable/create-store.ts';
import type { AccountListener, Held } from './account.ts';

/** What this tab knows of who is signed in. */
export interface Holder {
  readonly state: Store<SessionState>;
  readonly listeners: Set<AccountListener>;
  get(): Held | null;
  /** Counts what was held so far: another number after a wait means that something else was held meanwhile. */
  version(): number;
  hold(next: Held | null, code?: string | null, forget?: boolean): void;
}

export function createHolder(): Holder {
  const state = createStore<SessionState>({ status: 'unknown', user: null });
  const listeners = new Set<AccountListener>();
  let held: Held | null = null;
  let version = 0;
  let userId: string | null | undefined;
  return {
    state,
    listeners,
    get: () => held,
    version: () => version,
    hold(next, code = null, forget = false) {
      version += 1;
      held = next;
      const user = next?.user ?? null;
      const status = user ? 'signed-in' : 'signed-out';
      const shown = state.getSnapshot();
      if (shown.status !== status || shown.user !== user) state.set({ status, user });
      if (userId === (user?.id ?? null)) return;
      userId = user?.id ?? null;
      for (const listener of listeners) listener(userId, code, forget);
    },
  };
}
