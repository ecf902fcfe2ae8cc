import type { OwnProfile, Tokens } from '../contract.ts';
import type { Ports } from '../defaults/resolve-ports.ts';
import { CauserieError, isCauserieError } from '../errors/causerie-error.ts';
import { outcomeOf } from '../errors/outcome-of.ts';
import { sendRequest } from '../link/send-request.ts';
import type { Held, KeptTokens, TokenSource } from './account.ts';
import type { Holder } from './holder.ts';
import { type HeldSession, parseSession, textOf } from './stored-session.ts';

/** Maximum milliseconds to wait for the other tabs, for the answer, and for the last answer of a session. */
const LOCK = 8_000;
const ANSWER = 8_000;
const LAST_ANSWER = 5_000;
/** A token of another tab is taken over when it is valid for this many milliseconds, or for half of its lifetime. */
const WORTH = 30_000;
/** What stands in the place of a session that the server has ended. */
const CODE = /^[A-Z_]+$/;

/** Tokens of an account of this server, which all tabs share by the storage. */
export function storedTokens(ports: Ports, holder: Holder): TokenSource {
  const { clock, locks, storage } = ports;
  const key = (): string => ports.key('session');
  const drop = async (code?: string): Promise<void> =>
    code ? storage.set(key(), code) : storage.delete(key());
  const isWorth = ({ expiresAt, lifetime }: Held): boolean =>
    expiresAt - clock.now() >= Math.min(WORTH, lifetime / 2);
  /** One tab after the other. */
  const inTurn = (user: OwnProfile, work: () => Promise<void>): Promise<void> =>
    locks.withLock(ports.key(`refresh:${user.id}`), LOCK, work);

  /** Holds what the storage has, and not what it had before this tab has held something else. */
  async function follow(): Promise<void> {
    const version = holder.version();
    const text = await storage.get(key());
    if (version !== holder.version()) return follow();
    const stored = parseSession(text, clock);
    const held = holder.get();
    if (!held || stored?.accessToken !== held.accessToken)
      holder.hold(stored, held && text?.match(CODE)?.[0]);
    else if (stored.user.updatedAt !== held.user.updatedAt) holder.hold({ ...held, user: stored.user });
  }

  /** It is stored before it is used: whoever uses it ends the token before. */
  async function save(tokens: Tokens): Promise<void> {
    await storage.set(key(), textOf(tokens, clock));
    await follow();
  }

  /** Asks for new tokens; once more when the network has failed: the server answers the same ones then. */
  async function exchange(refreshToken: string): Promise<Tokens> {
    const until = clock.now() + ANSWER;
    const ask = (): Promise<Tokens> => {
      const options = { timeoutMs: until - clock.now(), keepalive: true };
      return sendRequest(ports, 'POST /auth/refresh', { body: { refreshToken } }, null, options);
    };
    return ask().catch((error: unknown) => {
      if (isCauserieError(error, 'NETWORK') && until > clock.now()) return ask();
      throw error;
    });
  }

  /** With the lock: takes over what another tab has got, or else refreshes. */
  async function refresh(used: Held): Promise<void> {
    await follow();
    const held = holder.get() as HeldSession | null;
    if (held?.user.id !== used.user.id || (held.accessToken !== used.accessToken && isWorth(held))) return;
    const answer = await exchange(held.refreshToken).catch((error: unknown) => {
      if (isCauserieError(error) && (outcomeOf(error) === 'sign-out' || error.status === 400)) return error;
      throw error;
    });
    await follow();
    const now = holder.get() as HeldSession | null;
    // Another tab has signed out, or has written newer tokens: look again.
    if (now?.refreshToken !== held.refreshToken) return refresh(used);
    if (!(answer instanceof CauserieError)) return save(answer);
    holder.hold(null, answer.code);
    await drop(answer.code);
  }

  const kept: KeptTokens = {
    follow,
    save,
    drop,
    saveProfile: (user) =>
      inTurn(user, async () => {
        const stored = parseSession(await storage.get(key()), clock);
        if (stored?.user.id === user.id) await storage.set(key(), JSON.stringify({ ...stored, user }));
      }),
    async end(used) {
      const options = { timeoutMs: LAST_ANSWER, keepalive: true };
      const leave = (token: string): Promise<unknown> =>
        sendRequest(ports, 'POST /auth/logout', {}, token, options);
      await leave(used.accessToken).catch(async (error: unknown) => {
        if (!isCauserieError(error, 'TOKEN_EXPIRED')) return;
        await leave((await exchange((used as HeldSession).refreshToken)).accessToken);
      });
    },
    watch: () =>
      storage.watch((changed) => {
        if (changed === null || changed === key()) void follow();
      }),
  };

  return { load: follow, renew: (used) => inTurn(used.user, () => refresh(used)), kept };
}
