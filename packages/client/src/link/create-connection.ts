import type { ConnectionState } from '../api/connection-state.ts';
import type { ClientEvents } from '../contract.ts';
import { nothing } from '../defaults/deferred.ts';
import type { Ports } from '../defaults/resolve-ports.ts';
import { CauserieError, isTemporary } from '../errors/causerie-error.ts';
import { asCauserieError, errorOfFailure } from '../errors/error-of.ts';
import { outcomeOf } from '../errors/outcome-of.ts';
import { createStore } from '../observable/create-store.ts';
import type { TransportSocket } from '../ports.ts';
import type { Account } from '../session/account.ts';
import { pauseAfter } from './backoff.ts';
import type { Heads, Link, Ready } from './link.ts';
import { watchPage } from './watch-page.ts';

/** Milliseconds: until the socket must be ready; for an acknowledgement; after which a connection counts as stable. */
const OPENING = 20_000;
const ANSWER = 10_000;
const STABLE = 5_000;
/** Milliseconds: until an unused connection is closed; until a token is asked for again; until a refusal is questioned. */
const RELEASE = 1_000;
const RENEWAL = 5_000;
const REFUSAL = 60_000;

export type Connection = Pick<Link, 'emit' | 'onEvent' | 'onOnline' | 'connection' | 'connect'> & {
  close(): void;
};

/** One socket while somebody holds the connection. */
export function createConnection(
  ports: Ports,
  account: Account,
  noteRefusal: (error: CauserieError) => void,
): Connection {
  const { clock, log } = ports;
  const state = createStore<ConnectionState>({ status: 'idle' });
  const eventListeners = new Set<(name: string, payload: unknown) => void>();
  const onlineListeners = new Set<(heads: Heads, ready: Ready) => Promise<void>>();
  let holders = 0;
  let isClosed = false;
  /** Number of the present run; whatever belongs to an earlier one is over. */
  let run = 0;
  let socket: TransportSocket | null = null;
  let isReady = false;
  /** The server has said that it is about to stop. */
  let isStopping = false;
  let token = '';
  let attempt = 0;
  let tokenRefusals = 0;
  let heard = 0;
  let signedOutCode: string | null = null;
  let [cancelStep, cancelRenewal, cancelRelease, endWatch] = [nothing, nothing, nothing, nothing];

  function drop(): void {
    run += 1;
    cancelStep();
    cancelRenewal();
    isReady = false;
    socket?.close();
    socket = null;
  }

  async function start(): Promise<void> {
    drop();
    const mine = run;
    const isOver = (): boolean => mine !== run;
    attempt += 1;
    isStopping = false;
    state.set({ status: 'connecting', attempt });
    try {
      const current = await account.token();
      if (isOver()) return;
      if (current === null) return state.set({ status: 'signed-out', code: signedOutCode });
      token = current;
      cancelStep = clock.setTimer(OPENING, () => retry('network'));
      const opened = ports.transport.openSocket(ports.url(), token, {
        onOpen: nothing,
        onEvent: (name, payload) => isOver() || receive(name, payload, isOver),
        onClose: (reason, refusal) => isOver() || lose(reason, refusal),
      });
      if (isOver()) opened.close();
      else socket = opened;
    } catch (error) {
      if (!isOver()) fail(asCauserieError(error));
    }
  }

  /** Begins anew at once, whatever the present socket looks like. */
  function replace(): void {
    const { status } = state.getSnapshot();
    if (status === 'idle' || status === 'signed-out') return;
    attempt = 0;
    void start();
  }

  function retry(cause: 'network' | 'server' | 'closing', retryAfterMs: number | null = null): void {
    drop();
    const pause = pauseAfter(attempt, retryAfterMs);
    state.set({ status: 'offline', cause, retryAt: clock.now() + pause });
    cancelStep = clock.setTimer(pause, () => void start());
  }

  function fail(error: CauserieError): void {
    const { code, retryAfterMs } = error;
    log({ level: 'debug', event: 'connection-failed', code });
    if (code === 'NETWORK' || code === 'TIMEOUT') retry('network');
    else if (code === 'SHUTTING_DOWN') retry('closing', retryAfterMs);
    else if (isTemporary(code)) retry('server', retryAfterMs);
    else {
      drop();
      state.set({ status: 'refused', error, retryAt: clock.now() + REFUSAL });
      cancelStep = clock.setTimer(REFUSAL, () => void start());
    }
  }

  function lose(reason: string, refusal?: { readonly code: string; readonly message: string }): void {
    if (refusal) {
      void refuse(new CauserieError(refusal.code as CauserieError['code'], refusal.message));
    } else if (isStopping) retry('closing');
    else retry(reason.includes('server') ? 'server' : 'network');
  }

  /** The server does not accept the token, or this client. */
  async function refuse(error: CauserieError): Promise<void> {
    drop();
    const mine = run;
    try {
      const isFirst = tokenRefusals === 0;
      if (error.code.startsWith('TOKEN_')) tokenRefusals += 1;
      if (outcomeOf(error) === 'sign-out' || (error.code === 'TOKEN_INVALID' && !isFirst)) {
        await account.revoke(token, error.code);
      } else if (error.code.startsWith('TOKEN_') && isFirst) {
        await account.renew(token, 'refused');
      } else return error.code.startsWith('TOKEN_') ? retry('server') : fail(error);
      if (mine === run) void start();
    } catch (thrown) {
      if (mine === run) fail(asCauserieError(thrown));
    }
  }

  function receive(name: string, payload: unknown, isOver: () => boolean): void {
    heard += 1;
    const { code } = (payload ?? {}) as { readonly code?: string };
    if (name === 'ready') void begin(payload as Ready, isOver);
    else if (name === 'token_expiring') void renewToken(isOver);
    else if (name === 'session_revoked') void account.revoke(token, code ?? 'SESSION_REVOKED');
    else if (code === 'SHUTTING_DOWN') isStopping = true;
    for (const listener of eventListeners) {
      try {
        listener(name, payload);
      } catch {
        log({ level: 'warn', event: 'listener-failed' });
      }
    }
  }

  async function begin(ready: Ready, isOver: () => boolean): Promise<void> {
    isReady = true;
    tokenRefusals = 0;
    try {
      const heads = await emit('join_all', {});
      if (isOver()) return;
      cancelStep();
      state.set({ status: 'catching-up' });
      await Promise.allSettled([...onlineListeners].map(async (listener) => listener(heads, ready)));
      if (isOver()) return;
      state.set({ status: 'online' });
      cancelStep = clock.setTimer(STABLE, () => void (attempt = 0));
    } catch (error) {
      if (!isOver()) fail(asCauserieError(error));
    }
  }

  async function renewToken(isOver: () => boolean): Promise<void> {
    try {
      const next = await account.renew(token, 'expiring');
      if (isOver() || next === null) return;
      await emit('authenticate', { token: next });
      token = next;
    } catch (error) {
      if (isOver()) return;
      if (outcomeOf(asCauserieError(error)) !== 'wait') replace();
      else cancelRenewal = clock.setTimer(RENEWAL, () => void renewToken(isOver));
    }
  }

  async function emit<E extends keyof ClientEvents>(
    event: E,
    payload: ClientEvents[E]['payload'],
  ): Promise<ClientEvents[E]['data']> {
    if (!socket || !isReady) throw new CauserieError('NETWORK');
    const [mine, before] = [run, heard];
    const ack = await socket.emit(event, payload, ANSWER).catch((thrown: unknown) => {
      const error = asCauserieError(thrown);
      // Nothing at all has been heard since: the connection is half open.
      if (error.code === 'TIMEOUT' && mine === run && before === heard) replace();
      throw error;
    });
    heard += 1;
    if (ack.ok) return ack.data as ClientEvents[E]['data'];
    const error = errorOfFailure(ack.error);
    if (error.code === 'SHUTTING_DOWN' && mine === run) isStopping = true;
    noteRefusal(error);
    throw error;
  }

  function stop(): void {
    drop();
    endWatch();
    endWatch = nothing;
    attempt = 0;
    state.set({ status: 'idle' });
  }

  account.onAccount((userId, code) => {
    signedOutCode = code;
    if (state.getSnapshot().status === 'idle') return;
    drop();
    attempt = 0;
    if (userId === null) state.set({ status: 'signed-out', code });
    else void start();
  });

  return {
    connection: state,
    emit,
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
        endWatch = watchPage(ports, { replace, lose: () => socket && retry('network') });
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
