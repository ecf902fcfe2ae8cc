import { nothing } from '../defaults/deferred.ts';
import type { Ports } from '../defaults/resolve-ports.ts';
import { CauserieError } from '../errors/causerie-error.ts';
import type { Account, Held } from './account.ts';
import { backendTokens } from './backend-tokens.ts';
import { createHolder } from './holder.ts';
import { storedTokens } from './stored-tokens.ts';

/** A token that ends within this many milliseconds, or a quarter of its lifetime, is renewed before it is used. */
const MARGIN = 10_000;

/** Tokens of this server's accounts, or of the backend of who embeds the client. */
export function createAccount(ports: Ports): Account {
  const { auth, clock } = ports;
  const holder = createHolder();
  const source = auth.kind === 'token' ? backendTokens(ports, holder, auth) : storedTokens(ports, holder);
  const { kept } = source;
  let loading: Promise<void> | null = null;
  let isLoaded = false;
  let renewing: { readonly used: Held; readonly done: Promise<void> } | null = null;
  let endWatch = nothing;
  let isClosed = false;

  /** Rejects when it cannot be known now who is signed in. */
  function load(): Promise<void> {
    if (!loading) {
      endWatch();
      if (!isClosed) endWatch = kept?.watch() ?? nothing;
      loading = source.load().then(
        () => void (isLoaded = true),
        (error: unknown) => {
          loading = null;
          throw error;
        },
      );
    }
    return loading;
  }

  const account: Account = {
    state: holder.state,
    async restore() {
      // The backend may have signed in somebody since.
      if (isLoaded && !holder.get()) {
        isLoaded = false;
        loading = null;
      }
      await load().catch(nothing);
    },
    async token() {
      await load();
      const held = holder.get();
      if (!held) return null;
      const left = held.expiresAt - clock.now();
      if (left > Math.min(MARGIN, held.lifetime / 4)) return held.accessToken;
      return account.renew(held.accessToken, 'expiring').catch((error: unknown) => {
        if (holder.get() === held && held.expiresAt > clock.now()) return held.accessToken;
        throw error;
      });
    },
    async renew(token, reason) {
      const used = holder.get();
      if (used?.accessToken === token) {
        if (renewing?.used !== used) renewing = { used, done: source.renew(used, reason) };
        await renewing.done.finally(() => {
          if (renewing?.used === used) renewing = null;
        });
      }
      return holder.get()?.accessToken ?? null;
    },
    async revoke(token, code) {
      const used = holder.get();
      if (used?.accessToken !== token) return;
      // Another tab may have got a token since.
      await kept?.follow();
      if (holder.get()?.accessToken !== token) return;
      holder.hold(null, code);
      await kept?.drop(code);
    },
    async signIn(tokens) {
      // What the storage had is of no interest any more.
      await load().catch(nothing);
      if (!kept) throw new CauserieError('PROTOCOL', 'Tokens come from getToken.');
      await kept.save(tokens);
      return tokens.user;
    },
    async signOut(forget, isEnded) {
      await load().catch(nothing);
      const used = holder.get();
      holder.hold(null, null, forget);
      await kept?.drop();
      if (used && !isEnded) await kept?.end(used).catch(nothing);
    },
    async noteProfile(user) {
      const held = holder.get();
      if (held?.user.id === user.id) {
        holder.hold({ ...held, user });
        await kept?.saveProfile(user);
      }
      return user;
    },
    onAccount(listener) {
      holder.listeners.add(listener);
      return () => holder.listeners.delete(listener);
    },
    close() {
      isClosed = true;
      endWatch();
      holder.listeners.clear();
    },
  };
  return account;
}
