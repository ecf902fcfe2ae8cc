import { nothing } from '../defaults/deferred.ts';
import type { Ports } from '../defaults/resolve-ports.ts';
import { CauserieError, type CauserieErrorCode } from '../errors/causerie-error.ts';
import { asCauserieError, errorOfFailure } from '../errors/error-of.ts';
import { outcomeOf } from '../errors/outcome-of.ts';
import type { ClientEvents } from '../contract.ts';
import type { Account } from '../session/account.ts';
import type { Heads, Link, Ready } from './link.ts';

/** Milliseconds until a socket must be ready, for an acknowledgement, and until a token is asked for again. */
const OPENING = 20_000;
const ANSWER = 10_000;
const RENEWAL = 5_000;

/** What a channel tells, until it is closed. */
export interface Reports {
  event(name: string, payload: unknown): void;
  /** All conversations are joined. */
  ready(heads: Heads, ready: Ready): void;
  /** It is of no use any more, and why. */
  end(error: CauserieError): void;
}

/** One socket. */
export interface Channel {
  readonly emit: Link['emit'];
  close(): void;
}

/** Opens a socket, joins all conversations, and renews its token. */
export function openChannel(ports: Ports, account: Account, accessToken: string, reports: Reports): Channel {
  const { clock, transport } = ports;
  let token = accessToken;
  let isOver = false;
  let isReady = false;
  /** The server has said that it is about to stop. */
  let isStopping = false;
  /** How often something has been heard. */
  let heard = 0;
  let cancel = nothing;

  const socket = transport.openSocket(ports.url(), token, {
    onEvent: (name, payload) => isOver || receive(name, payload),
    onClose(reason, refusal) {
      if (refusal) end(refusal.code as CauserieErrorCode, refusal.message);
      else end(isStopping ? 'SHUTTING_DOWN' : reason.includes('server') ? 'UNAVAILABLE' : 'NETWORK', reason);
    },
  });

  cancel = clock.setTimer(OPENING, () => end('TIMEOUT'));

  function end(code: CauserieErrorCode, message?: string): void {
    fail(new CauserieError(code, message));
  }
  function fail(thrown: unknown): void {
    if (!isOver) reports.end(asCauserieError(thrown));
  }

  function receive(name: string, payload: unknown): void {
    heard += 1;
    const { code } = (payload ?? {}) as { readonly code?: string };
    if (name === 'ready') void join(payload as Ready);
    else if (name === 'token_expiring') void renew();
    else if (name === 'session_revoked') void account.revoke(token, 'SESSION_REVOKED');
    else if (code === 'SHUTTING_DOWN') isStopping = true;
    reports.event(name, payload);
  }

  async function join(ready: Ready): Promise<void> {
    isReady = true;
    try {
      const heads = await emit('join_all', {});
      cancel();
      if (!isOver) reports.ready(heads, ready);
    } catch (error) {
      fail(error);
    }
  }

  async function renew(): Promise<void> {
    try {
      const next = await account.renew(token, 'expiring');
      if (isOver || next === null) return;
      await emit('authenticate', { token: next });
      token = next;
    } catch (thrown) {
      if (isOver) return;
      if (outcomeOf(asCauserieError(thrown)) === 'wait') cancel = clock.setTimer(RENEWAL, () => void renew());
      else fail(thrown);
    }
  }

  async function emit<E extends keyof ClientEvents>(
    event: E,
    payload: ClientEvents[E]['payload'],
  ): Promise<ClientEvents[E]['data']> {
    if (!isReady) throw new CauserieError('NETWORK');
    const before = heard;
    const ack = await socket.emit(event, payload, ANSWER).catch((thrown: unknown) => {
      // Nothing at all has been heard since: the connection is half open.
      if (before === heard) fail(thrown);
      throw asCauserieError(thrown);
    });
    heard += 1;
    if (ack.ok) return ack.data as ClientEvents[E]['data'];
    isStopping ||= ack.error.code === 'SHUTTING_DOWN';
    throw errorOfFailure(ack.error);
  }

  return {
    emit,
    close() {
      isOver = true;
      cancel();
      socket.close();
    },
  };
}
