import type { Ack, Routes, Tokens } from '../../src/contract.ts';
import type { Transport, TransportSocket } from '../../src/ports.ts';
import { Transcript } from './transcript.ts';

/** A server, of memory or real. */
export interface Host {
  readonly url: string;
  readonly open: () => Transport;
}

export interface Input {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** A socket whose events a scenario awaits. */
export interface Line {
  /** Sends an event, and notes its acknowledgement. */
  ask(event: string, payload?: unknown): Promise<Ack<unknown>>;
  /** Awaits events of this name, counted from the beginning, and notes the last one. */
  hear(event: string, count?: number): Promise<Record<string, unknown>>;
  /** Awaits the reason why the server has closed the socket. */
  closed(): Promise<string>;
  close(): void;
}

export interface Person {
  readonly id: string;
  readonly email: string;
  tokens: Tokens;
  /** Sends a request, and notes its answer. */
  ask<T = Record<string, unknown>>(route: keyof Routes, input?: Input): Promise<T>;
  connect(): Promise<Line>;
}

/** Everything that a scenario does, on one server. */
export class Stage {
  readonly transcript = new Transcript();
  private readonly sockets: TransportSocket[] = [];

  constructor(
    private readonly host: Host,
    private readonly run: string,
  ) {}

  async person(name: string): Promise<Person> {
    const email = `${name}-${this.run}@contract.example`;
    const body = { email, password: 'correct horse battery', displayName: name };
    const tokens = await this.ask<Tokens>(`${name} signs up`, 'POST /auth/signup', { body }, null);
    const person: Person = {
      id: tokens.user.id,
      email,
      tokens,
      ask: (route, input = {}) => this.ask(`${name}: ${route}`, route, input, person.tokens.accessToken),
      connect: () => this.connect(name, person.tokens.accessToken),
    };
    return person;
  }

  /** Sends a request, and notes its answer. */
  async ask<T>(
    what: string,
    route: string,
    { params = {}, query, body }: Input,
    token: string | null,
  ): Promise<T> {
    const [method = '', path = ''] = route.split(' ');
    const place = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
    const given = Object.entries(query ?? {}).map(([name, value]) => [name, String(value)]);
    const answer = await this.host.open().request({
      method,
      url: `${this.host.url}${place}${query ? `?${new URLSearchParams(given)}` : ''}`,
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      timeoutMs: 10_000,
    });
    this.transcript.note(what, { status: answer.status, body: answer.body });
    return answer.body as T;
  }

  async connect(name: string, token: string): Promise<Line> {
    const heard: { readonly event: string; readonly payload: unknown }[] = [];
    const waiting = new Set<() => void>();
    let over: string | null = null;
    const wake = (): void => waiting.forEach((look) => look());
    const socket = this.host.open().openSocket(this.host.url, token, {
      onEvent(event, payload) {
        heard.push({ event, payload });
        wake();
      },
      onClose(reason, refusal) {
        over = refusal?.code ?? reason;
        wake();
      },
    });
    this.sockets.push(socket);
    const until = <T>(find: () => T | null | undefined): Promise<T> =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = find();
          if (found === null || found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      });
    const hearing = (event: string, count: number) =>
      until(() => heard.filter((one) => one.event === event)[count - 1]?.payload as Record<string, unknown>);
    const first = await until(() => over ?? (heard.some(({ event }) => event === 'ready') ? 'ready' : null));
    this.transcript.note(`${name} connects`, first);
    return {
      ask: async (event, payload = {}) => {
        const ack = await socket.emit(event, payload, 10_000);
        this.transcript.note(`${name}: ${event}`, ack);
        return ack;
      },
      hear: async (event, count = 1) => {
        const payload = await hearing(event, count);
        this.transcript.note(`${name} hears ${event} ${count}`, payload);
        return payload;
      },
      closed: async () => {
        const reason = await until(() => over);
        this.transcript.note(`${name} is closed`, reason);
        return reason;
      },
      close: () => socket.close(),
    };
  }

  end(): void {
    for (const socket of this.sockets) socket.close();
  }
}
