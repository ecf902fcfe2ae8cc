import { io } from 'socket.io-client';
import type { Ack } from '../contract.ts';
import { CauserieError } from '../errors/causerie-error.ts';
import { systemClock } from './system-clock.ts';
import type { Clock, HttpAnswer, HttpRequest, SocketListener, Transport, TransportSocket } from '../ports.ts';

/** Maximum milliseconds for a way to the server to open. */
const OPENING = 10_000;

/** `fetch`, and socket.io-client: WebSocket first, else polling. */
export function webTransport(clock: Clock = systemClock): Transport {
  const requests = new Set<AbortController>();
  /** A proxy may swallow websockets without an answer: the next attempt begins with the other way. */
  let ways = ['websocket', 'polling'];

  async function request({ url, timeoutMs, ...init }: HttpRequest): Promise<HttpAnswer> {
    const controller = new AbortController();
    let isLate = false;
    const cancel = clock.setTimer(timeoutMs, () => {
      isLate = true;
      controller.abort();
    });
    requests.add(controller);
    try {
      const response = await fetch(url, { ...init, signal: controller.signal });
      const text = await response.text();
      return { status: response.status, header: (name) => response.headers.get(name), body: parsed(text) };
    } catch (error) {
      throw new CauserieError(isLate ? 'TIMEOUT' : 'NETWORK', String(error));
    } finally {
      cancel();
      requests.delete(controller);
    }
  }

  function openSocket(address: string, token: string, listener: SocketListener): TransportSocket {
    const [, origin, prefix] = /^(\w+:\/\/[^/]+)?(.*)$/.exec(address) ?? [];
    const socket = io(`${origin}/chat`, {
      path: `${prefix}/socket.io`,
      auth: { token },
      transports: ways,
      tryAllTransports: true,
      reconnection: false,
      forceNew: true,
      multiplex: false,
      timeout: OPENING,
    });
    let isOver = false;
    const end = (...told: Parameters<SocketListener['onClose']>): void => {
      if (isOver) return;
      isOver = true;
      socket.disconnect();
      listener.onClose(...told);
    };
    socket.onAny((name: string, payload: unknown) => isOver || listener.onEvent(name, payload));
    socket.on('disconnect', (reason, details) => end(closingOf(reason, details)));
    socket.on(
      'connect_error',
      (error: Error & { data?: Refusal; context?: { status?: number; responseText?: string } }) => {
        if (error.message === 'timeout') ways = [ways[1] ?? '', ways[0] ?? ''];
        end(error.message, error.data ?? refusalOf(error.context));
      },
    );
    return {
      async emit(event, payload, timeoutMs) {
        if (!socket.connected) throw new CauserieError('NETWORK');
        try {
          return (await socket.timeout(timeoutMs).emitWithAck(event, payload)) as Ack<unknown>;
        } catch {
          throw new CauserieError(socket.connected ? 'TIMEOUT' : 'NETWORK');
        }
      },
      close() {
        isOver = true;
        socket.disconnect();
      },
    };
  }

  return { request, openSocket, close: () => requests.forEach((controller) => controller.abort()) };
}

type Refusal = { readonly code: string; readonly message: string };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** Polling shows the HTTP answer of a handshake that the server does not want. */
function refusalOf(context: { status?: number; responseText?: string } | undefined): Refusal | undefined {
  if (context?.status !== 403) return undefined;
  return (parsed(context.responseText ?? '') as Refusal | null) ?? undefined;
}

/** A server that says "try again later" says why. */
function closingOf(reason: string, details: unknown): string {
  const { code, reason: said } = ((details as { context?: unknown } | undefined)?.context ?? {}) as {
    readonly code?: number;
    readonly reason?: string;
  };
  return code === 1013 ? `server: ${said}` : reason;
}
