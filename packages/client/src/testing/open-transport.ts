import type { Ack, Failure, ServerEvents } from '../contract.ts';
import { CauserieError, isCauserieError } from '../errors/causerie-error.ts';
import type { Clock, HttpAnswer, HttpRequest, SocketListener, Transport, TransportSocket } from '../ports.ts';
import type { Accounts } from './accounts.ts';
import type { Network } from './faults.ts';
import { reversed } from './lists.ts';
import { refusal, refuse } from './refusal.ts';
import type { OpenSocket, Rooms } from './rooms.ts';
import { answerOf, copyOf, errorAnswer, type RequestServer } from './serve-request.ts';
import type { EventTable } from './socket-events.ts';
import type { State } from './state.ts';

/** What a client has asked for. */
export interface TestRequest {
  /** A route of the contract, the name of an event, or `socket` for a new connection. */
  readonly name: string;
  /** A request over HTTP, an event over the socket, or a new connection. */
  readonly kind: 'request' | 'event' | 'socket';
  /** What was sent: the address of a request, the payload of an event. */
  readonly detail: unknown;
}

export interface TransportParts {
  readonly state: State;
  readonly clock: Clock;
  readonly network: Network;
  readonly rooms: Rooms;
  readonly accounts: Accounts;
  readonly requests: TestRequest[];
  readonly http: RequestServer;
  readonly events: EventTable;
  /** The path under which the server is. */
  readonly prefix: string;
  /** Called when all connections break. */
  readonly cuts: Set<() => void>;
  /** Keeps the token of a socket, which it ends with. */
  readonly watch: (socket: OpenSocket, expiresAt: number) => void;
  readonly onPresence: (userId: string) => void;
}

/** The way of one client to the server. */
export function openTransport(parts: TransportParts): Transport {
  return {
    request: (request) => sendRequest(parts, request),
    openSocket: (_, token, listener) => connect(parts, token, listener),
  };
}

/** Whatever comes first: the work, the timeout, or a break of the connection. */
function bounded<T>({ clock, cuts }: TransportParts, timeoutMs: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const fail = (code: 'TIMEOUT' | 'NETWORK'): void => end(() => reject(new CauserieError(code)));
    const cut = (): void => fail('NETWORK');
    const cancel = clock.setTimer(timeoutMs, () => fail('TIMEOUT'));
    const end = (settle: () => void): void => {
      cancel();
      cuts.delete(cut);
      settle();
    };
    cuts.add(cut);
    work.then(
      (value) => end(() => resolve(value)),
      (error: Error) => end(() => reject(error)),
    );
  });
}

async function sendRequest(parts: TransportParts, request: HttpRequest): Promise<HttpAnswer> {
  const { network, http, state, requests } = parts;
  const path = new URL(request.url).pathname.slice(parts.prefix.length);
  const name = http.routeOf(request.method, path) ?? `${request.method} ${path}`;
  requests.push({ kind: 'request', name, detail: request.url });
  if (network.isOffline()) throw new CauserieError('NETWORK');
  const exchange = async (): Promise<HttpAnswer> => {
    await network.pass();
    const answer = answerTo();
    const isLost = (name === 'POST /auth/refresh' && network.take('refresh')) || network.take('answer');
    if (isLost) throw new CauserieError('NETWORK');
    await network.pass();
    return answer;
  };
  const answerTo = (): HttpAnswer => {
    try {
      const refused = network.takeRefusal();
      if (refused) throw refused;
      return answerOf(http.serve(request, path));
    } catch (error) {
      return errorAnswer(error, path, state.time());
    }
  };
  return bounded(parts, request.timeoutMs, exchange());
}

function failureOf(thrown: unknown): Failure {
  const error = isCauserieError(thrown) ? thrown : refusal('INTERNAL');
  const { code, message, status, details, retryAfterMs } = error;
  return {
    statusCode: status ?? 500,
    code: code as Failure['code'],
    message,
    ...(details.length > 0 && { details }),
    ...(retryAfterMs !== null && { retryAfterMs }),
  };
}

function connect(parts: TransportParts, token: string, listener: SocketListener): TransportSocket {
  const { network, rooms, accounts, state, events, cuts } = parts;
  let socket: OpenSocket | null = null;
  let isOver = false;
  let isAway = false;
  /** Events that are put into the opposite order, and how many there will be. */
  let turned: (() => void)[] = [];
  let turning = 0;
  let [inbound, outbound] = [Promise.resolve(), Promise.resolve()];

  function inTurn(chain: Promise<void>, work: () => void): Promise<void> {
    const passed = network.pass();
    return chain.then(() => passed).then(work);
  }

  /** The client is told after everything before. */
  function tell(work: () => void): void {
    outbound = inTurn(outbound, () => void (isOver || work()));
  }

  /** The server does not know the socket any more. */
  function forget(): void {
    isAway = true;
    cuts.delete(cut);
    if (!socket) return;
    rooms.remove(socket);
    parts.onPresence(socket.userId);
  }

  function end(reason: string, refused?: { readonly code: string; readonly message: string }): void {
    if (isAway) return;
    forget();
    tell(() => {
      isOver = true;
      listener.onClose(reason, refused);
    });
  }

  function cut(): void {
    forget();
    if (isOver) return;
    isOver = true;
    listener.onClose('transport close');
  }

  function emit<E extends keyof ServerEvents>(name: E, payload: ServerEvents[E]): void {
    if (isAway) return;
    const copy = copyOf(payload);
    const deliver = (): void => listener.onEvent(name, copy);
    if (!('rev' in payload)) return tell(deliver);
    if (network.take('event')) return;
    if (turning === 0) turning = network.takeReorder();
    if (turning < 2) return tell(deliver);
    turned.push(deliver);
    if (turned.length < turning) return;
    for (const late of reversed(turned)) tell(late);
    turned = [];
    turning = 0;
  }

  function accept(): void {
    if (isOver) return;
    if (network.isOffline()) return end('transport error');
    try {
      const { user, sessionId, expiresAt } = accounts.authenticate(token);
      const opened: OpenSocket = {
        userId: user.id,
        sessionId,
        joined: new Map(),
        watched: new Set(),
        emit,
        close: end,
      };
      socket = opened;
      rooms.add(opened);
      cuts.add(cut);
      parts.watch(opened, expiresAt);
      emit('ready', {
        userId: user.id,
        sessionId,
        expiresAt: new Date(expiresAt).toISOString(),
        serverTime: state.time(),
        epoch: state.epoch,
      });
      parts.onPresence(user.id);
    } catch (error) {
      const { code, message } = failureOf(error);
      end('Unauthorized', { code, message });
    }
  }

  function handle(name: string, payload: unknown): Ack<unknown> {
    try {
      const refused = network.takeRefusal();
      if (refused) throw refused;
      const handler = Object.hasOwn(events, name)
        ? events[name as keyof EventTable]
        : refuse('UNKNOWN_EVENT');
      if (!socket) throw refusal('INTERNAL');
      return {
        ok: true,
        data: (handler as (...given: unknown[]) => unknown)(
          copyOf(payload) ?? {},
          accounts.find(socket.userId),
          socket,
        ),
      };
    } catch (thrown) {
      const error = failureOf(thrown);
      const { clientMessageId } = (payload ?? {}) as { readonly clientMessageId?: string };
      emit('error', { ...error, event: name, ...(clientMessageId !== undefined && { clientMessageId }) });
      return { ok: false, error };
    }
  }

  parts.requests.push({ kind: 'socket', name: 'socket', detail: null });
  inbound = inTurn(inbound, accept);

  return {
    async emit(name, payload, timeoutMs) {
      parts.requests.push({ kind: 'event', name, detail: payload });
      if (isOver || !socket) throw new CauserieError('NETWORK');
      const answered = new Promise<Ack<unknown>>((resolve) => {
        inbound = inTurn(inbound, () => {
          if (isAway) return;
          const ack = copyOf(handle(name, payload));
          if (!network.take('ack')) tell(() => resolve(ack));
        });
      });
      return bounded(parts, timeoutMs, answered);
    },
    close() {
      isOver = true;
      if (!isAway) forget();
    },
  };
}
