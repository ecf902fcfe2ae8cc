import type { Ack } from '../../src/contract.ts';
import { CauserieError, type CauserieErrorCode } from '../../src/errors/causerie-error.ts';
import type { HttpAnswer, HttpRequest, SocketListener, Transport, TransportSocket } from '../../src/ports.ts';

const EPOCH = 'epoch-1';

export function answerOf(status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer {
  return { status, body, header: (name) => headers[name] ?? null };
}

export function refusal(status: number, code: string, more: object = {}): HttpAnswer {
  return answerOf(status, {
    statusCode: status,
    code,
    message: code,
    requestId: 'request-1',
    details: [],
    ...more,
  });
}

/** A socket as the server sees it. */
export class FakeSocket implements TransportSocket {
  readonly emitted: { readonly event: string; readonly payload: unknown }[] = [];
  isClosed = false;

  constructor(
    readonly token: string,
    readonly listener: SocketListener,
    private readonly acknowledge: (event: string, payload: unknown) => Promise<Ack<unknown>>,
  ) {}

  emit(event: string, payload: unknown): Promise<Ack<unknown>> {
    this.emitted.push({ event, payload });
    return this.acknowledge(event, payload);
  }

  close(): void {
    this.isClosed = true;
  }

  /** The server accepts it. */
  accept(userId = 'ada', epoch = EPOCH): void {
    this.say('ready', { userId, sessionId: 's', expiresAt: '', serverTime: '', epoch });
  }

  say(name: string, payload: unknown): void {
    this.listener.onEvent(name, payload);
  }

  refuse(code: string): void {
    this.listener.onClose('refused', { code, message: code });
  }
}

/** A network in the hands of a test. */
export class FakeTransport implements Transport {
  readonly requests: HttpRequest[] = [];
  readonly sockets: FakeSocket[] = [];
  answer: (request: HttpRequest) => HttpAnswer | Promise<HttpAnswer> = () => refusal(404, 'ROUTE_NOT_FOUND');
  acknowledge: (event: string, payload: unknown) => Ack<unknown> | Promise<Ack<unknown>> = (event) => ({
    ok: true,
    data: event === 'join_all' ? { conversations: [], truncated: false, epoch: EPOCH } : {},
  });

  async request(request: HttpRequest): Promise<HttpAnswer> {
    this.requests.push(request);
    return this.answer(request);
  }

  openSocket(_: string, token: string, listener: SocketListener): FakeSocket {
    const socket = new FakeSocket(token, listener, async (event, payload) =>
      this.acknowledge(event, payload),
    );
    this.sockets.push(socket);
    return socket;
  }

  get socket(): FakeSocket {
    const last = this.sockets.at(-1);
    if (!last) throw new Error('No socket has been opened.');
    return last;
  }

  /** Paths of the requests so far. */
  get paths(): string[] {
    return this.requests.map(({ method, url }) => `${method} ${url.replace(/^\w+:\/\/[^/]+/, '')}`);
  }
}

export function lost(code: CauserieErrorCode = 'NETWORK'): never {
  throw new CauserieError(code);
}

/** A promise that a test settles. */
export function pending<T>(): { promise: Promise<T>; resolve(value: T): void; reject(error: Error): void } {
  let [resolve, reject]: [(value: T) => void, (error: Error) => void] = [() => undefined, () => undefined];
  const promise = new Promise<T>((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
}
