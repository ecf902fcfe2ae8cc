import type { ConnectionState } from '../api/connection-state.ts';
import { nothing } from '../defaults/deferred.ts';
import type { Ports } from '../defaults/resolve-ports.ts';
import { CauserieError } from '../errors/causerie-error.ts';
import { asCauserieError } from '../errors/error-of.ts';
import { outcomeOf } from '../errors/outcome-of.ts';
import { createStore } from '../observable/create-store.ts';
import type { Account } from '../session/account.ts';
import { pauseAfter } from './backoff.ts';
import type { Heads, Link, Ready } from './link.ts';
import { type Channel, openChannel } from './open-channel.ts';
import { watchPage } from './watch-page.ts';

/** Milliseconds after which a connection counts as stable, an unused one is closed, and a refusal is questioned. */
const STABLE = 5_000;
const RELEASE = 1_000;
const REFUSAL = 60_000;

/** What keeps one channel open while somebody holds the connection. */
export type Connection = Pick<Link, 'emit' | 'onEvent' | 'onOnline' | 'connection' | 'connect'> & {
  close(): void;
};

export function createConnection(ports: Ports, account: Account): Connection {
  const { clock, log } = ports;
  const state = createStore<ConnectionState>({ status: 'idle' });
  const eventListeners = new Set<(name: string, payload: unknown) => void>();
  const onlineListeners = new Set<(heads: Heads, ready: Ready) => Promise<void>>();
  let holders = 0;
  let isClosed = false;
  /** Number of the present run; whatever belongs to an earlier one is over. */
  let run = 0;
  let channel: Channel | null = null;
  let token = '';
  let attempt = 0;
  /** How often the token was refused since the last success. */
  let refusals = 0;
  let signedOutCode: string | null = null;
  let [cancelStep, cancelRelease, endWatch] = [nothing, nothing, nothing];

  function drop(): void {
    run += 1;
    cancelStep();
    channel?.close();
    channel = null;
  }
  function startIn(pause: number): void {
    cancelStep = clock.setTimer(pause, () => void start());
  }

  async function start(): Promise<void> {
    drop();
    const mine = run;
    attempt += 1;
    state.set({ status: 'connecting', attempt });
    try {
      const current = await account.token();
      if (mine !== run) return;
      if (current === null) {
        state.set({ status: 'signed-out', code: signedOutCode });
        return;
      }
      token = current;
      const opened = openChannel(ports, account, token, {
        event: tell,
        ready: (heads, ready) => void catchUp(heads, ready),
        end: (error) => void fail(error),
      });
      if (mine === run) channel = opened;
      else opened.close();
    } catch (error) {
      if (mine === run) void fail(asCauserieError(error));
    }
  }

  async function catchUp(heads: Heads, ready: Ready): Promise<void> {
    const mine = run;
    refusals = 0;
    state.set({ status: 'catching-up' });
    await Promise.allSettled([...onlineListeners].map(async (listener) => listener(heads, ready)));
    if (mine !== run) return;
    state.set({ status: 'online' });
    cancelStep = clock.setTimer(STABLE, () => void (attempt = 0));
  }

  function tell(name: string, payload: unknown): void {
    for (const listener of eventListeners) {
      try {
        listener(name, payload);
      } catch {
        log({ level: 'warn', event: 'listener-failed' });
      }
    }
  }

  /** What becomes of a connection that has failed: another attempt, another token, or a refusal. */
  async function fail(error: CauserieError): Promise<void> {
    drop();
    const mine = run;
    const { code, retryAfterMs } = error;
    log({ level: 'debug', event: 'connection-failed', code });
    const outcome = outcomeOf(error);
    if (outcome === 'failed') {
      state.set({ status: 'refused', error, retryAt: clock.now() + REFUSAL });
      startIn(REFUSAL);
    } else if (outcome === 'wait') rest(causeOf(error), retryAfterMs);
    else {
      refusals += 1;
      try {
        if (outcome === 'sign-out' || (code === 'TOKEN_INVALID' && refusals > 1))
          await account.revoke(token, code);
        else if (refusals > 1) return rest('server');
        else await account.renew(token, 'refused');
        if (mine === run) void start();
      } catch (thrown) {
        if (mine === run) void fail(asCauserieError(thrown));
      }
    }
  }

  function rest(cause: 'network' | 'server' | 'closing', retryAfterMs: number | null = null): void {
    const pause = pauseAfter(attempt, retryAfterMs);
    state.set({ status: 'offline', cause, retryAt: clock.now() + pause });
    startIn(pause);
  }

  /** Begins anew at once, whatever the present socket looks like. */
  function replace(): void {
    const { status } = state.getSnapshot();
    if (status === 'idle' || status === 'signed-out') return;
    attempt = 0;
    void start();
  }

  function stop(): void {
    drop();
    endWatch();
    attempt = 0;
    state.set({ status: 'idle' });
  }

  account.onAccount((userId, code) => {
    signedOutCode = code;
    if (state.getSnapshot().status === 'idle') return;
    attempt = 0;
    drop();
    if (userId === null) state.set({ status: 'signed-out', code });
    else void start();
  });

  return {
    connection: state,
    async emit(event, payload) {
      if (!channel) throw new CauserieError('NETWORK');
      return channel.emit(event, payload);
    },
    onEvent(listener) {
      eventListeners.add(listener);
      return () => eventListeners.delete(listener);
    },
    onOnline(listener) {
      onlineListeners.add(listener);
      return () => onlineListeners.delete(listener);
    },
    connect() {
      if (isClosed) return nothing;
      holders += 1;
      cancelRelease();
      if (state.getSnapshot().status === 'idle') {
        endWatch = watchPage(ports, {
          replace,
          lose: () => channel && void fail(new CauserieError('NETWORK')),
        });
        void start();
      }
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        holders -= 1;
        if (holders === 0) cancelRelease = clock.setTimer(RELEASE, stop);
      };
    },
    close() {
      isClosed = true;
      holders = 0;
      cancelRelease();
      stop();
    },
  };
}

function causeOf({ code }: CauserieError): 'network' | 'server' | 'closing' {
  if (code === 'NETWORK' || code === 'TIMEOUT') return 'network';
  return code === 'SHUTTING_DOWN' ? 'closing' : 'server';
}
