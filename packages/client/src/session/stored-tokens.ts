import type { OwnProfile, Tokens } from '../contract.ts';
import type { Ports } from '../defaults/resolve-ports.ts';
import { CauserieError, isCauserieError } from '../errors/causerie-error.ts';
import { outcomeOf } from '../errors/outcome-of.ts';
import { sendRequest } from '../link/send-request.ts';
import type { Held, KeptTokens, TokenSource } from './account.ts';
import type { Holder } from './holder.ts';
import { heldOf, parseSession, type StoredSession, timeLeft } from './stored-session.ts';

/** Maximum milliseconds to wait for the other tabs, for the answer, and for the last answer of a session. */
const LOCK = 8_000;
const ANSWER = 8_000;
const LAST_ANSWER = 5_000;
/** A token of another tab is taken over when it is valid for this many milliseconds, or for half of its lifetime. */
const WORTH = 30_000;

/** Tokens of an account of this server, which all tabs share by the storage. */
export function storedTokens(ports: Ports, holder: Holder): TokenSource {
  const { clock, locks, storage } = ports;
  const key = (): string => ports.key('session');
  const read = async (): Promise<StoredSession | null> => parseSession(await storage.get(key()));
  const isWorth = (stored: StoredSession): boolean =>
    timeLeft(stored, clock) >= Math.min(WORTH, stored.expiresIn * 500);

  /** One tab after the other. */
  const inTurn = (user: OwnProfile, work: () => Promise<void>): Promise<void> =>
    locks.withLock(ports.key(`refresh:${user.id}`), LOCK, work);

  /** Reads what other tabs have written, and not what was true before this tab wrote. */
  async function follow(): Promise<void> {
    let version: number;
    let stored: StoredSession | null;
    do {
      version = holder.version();
      stored = await read();
    } while (version !== holder.version());
    const held = holder.get();
    if (!stored || stored.accessToken !== held?.accessToken) holder.hold(stored && heldOf(stored, clock));
    else if (stored.user.updatedAt !== held.user.updatedAt) holder.hold({ ...held, user: stored.user });
  }

  async function save(tokens: Tokens, since = clock.now()): Promise<void> {
    const obtainedAt = clock.wallTime() - (clock.now() - since);
    const stored = { ...tokens, obtainedAt };
    const version = holder.version();
    await storage.set(key(), JSON.stringify(stored));
    const held = heldOf(stored, clock, since);
    // Unless other tokens have come meanwhile.
    if (version === holder.version() || holder.get()?.accessToken === held.accessToken) holder.hold(held);
  }

  /** Asks for new tokens; once more when the network has failed: the server answers the same ones then. */
  async function exchange(refreshToken: string): Promise<{ tokens: Tokens; since: number }> {
    const until = clock.now() + ANSWER;
    const ask = async (): Promise<{ tokens: Tokens; since: number }> => {
      const since = clock.now();
      const options = { timeoutMs: until - since, keepalive: true };
      const tokens = await sendRequest(
        ports,
        'POST /auth/refresh',
        { body: { refreshToken } },
        null,
        options,
      );
      return { tokens, since };
    };
    return ask().catch((error: unknown) => {
      if (isCauserieError(error, 'NETWORK') && until > clock.now()) return ask();
      throw error;
    });
  }

  /** One turn with the lock: takes over what another tab has got, or refreshes. Returns whether to look again. */
  async function refresh(used: Held): Promise<boolean> {
    const stored = await read();
    if (holder.get() !== used) return false;
    if (
      !stored ||
      stored.user.id !== used.user.id ||
      (stored.accessToken !== used.accessToken && isWorth(stored))
    ) {
      holder.hold(stored && heldOf(stored, clock));
      return false;
    }
    const fresh = await exchange(stored.refreshToken).catch((error: unknown) => {
      if (isCauserieError(error) && (outcomeOf(error) === 'sign-out' || error.status === 400)) return error;
      throw error;
    });
    const now = await read();
    if (holder.get() !== used) return false;
    if (now && now.refreshToken !== stored.refreshToken) return true;
    if (!(fresh instanceof CauserieError) && now) await save(fresh.tokens, fresh.since);
    else {
      holder.hold(null, fresh instanceof CauserieError ? fresh.code : null);
      await kept.drop();
    }
    return false;
  }

  const kept: KeptTokens = {
    async takeOver(used) {
      const stored = await read();
      if (!stored || stored.accessToken === used.accessToken || holder.get() !== used) return false;
      holder.hold(heldOf(stored, clock));
      return true;
    },
    save,
    saveProfile: (user) =>
      inTurn(user, async () => {
        const stored = await read();
        if (stored?.user.id === user.id) await storage.set(key(), JSON.stringify({ ...stored, user }));
      }),
    drop: () => storage.delete(key()) as Promise<void>,
    async end(used) {
      const options = { timeoutMs: LAST_ANSWER, keepalive: true };
      const leave = (token: string): Promise<unknown> =>
        sendRequest(ports, 'POST /auth/logout', {}, token, options);
      await leave(used.accessToken).catch(async (error: unknown) => {
        if (!isCauserieError(error, 'TOKEN_EXPIRED')) return;
        const { tokens } = await exchange((used as StoredSession & Held).refreshToken);
        await leave(tokens.accessToken);
      });
    },
    watch: () =>
      storage.watch((changed) => {
        if (changed === null || changed === key()) void follow();
      }),
  };

  return {
    load: follow,
    renew: (used) =>
      inTurn(used.user, async () => {
        while (await refresh(used));
      }),
    kept,
  };
}
