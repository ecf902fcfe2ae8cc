import { io } from 'socket.io-client';
import { STOCK_CLIENTS } from '../../support/stock-clients.js';

/** Values that differ in every run, by the text in front of them. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'id'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'time'],
  [/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, 'jwt'],
  [/(?<="refreshToken":")[\w-]+/g, 'refresh token'],
  [/(?<="(?:nextCursor|membersCursor)":")[^"]+/g, 'cursor'],
  [/(?<="sid":")[\w-]+/g, 'sid'],
  [/(?<="epoch":")[\w-]+/g, 'epoch'],
  // The upgrade that the server offers only to a polling client.
  [/(?<="upgrades":)\[("websocket")?\]/g, 'upgrades'],
];

const UNCOUNTED: ReadonlySet<string> = new Set(['time', 'upgrades']);

/** Headers of HTTP itself, and the request id, which the body of a refusal has as well. */
const OMITTED: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'x-request-id',
]);

/** Everything that is sent and answered, as text. */
export class Recording {
  private readonly lines: string[] = [];
  /** The headers of the first answer; for the others only the differences are recorded. */
  private usual: ReadonlySet<string> | undefined;

  constructor(private readonly url: string) {}

  /** The recorded text; an id has the same number wherever it occurs. */
  get text(): string {
    let text = `${this.lines.join('\n')}\n`;
    for (const [pattern, kind] of VARYING) {
      const known = new Map<string, string>();
      text = text.replaceAll(pattern, (value) => {
        if (!known.has(value))
          known.set(value, UNCOUNTED.has(kind) ? `<${kind}>` : `<${kind} ${known.size + 1}>`);
        return known.get(value) ?? value;
      });
    }
    return text;
  }

  note(line: string): void {
    this.lines.push(line);
  }

  /** Sends a request, and records its answer to the letter. Returns its body. */
  async call(
    method: string,
    path: string,
    options: { token?: string; body?: unknown } = {},
  ): Promise<unknown> {
    const { token, body } = options;
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = await response.text();
    this.note(`> ${method} ${path}${body === undefined ? '' : ` ${JSON.stringify(body)}`}`);
    this.note(`< ${response.status} ${answer}`);
    const headers = [...response.headers]
      .filter(([name]) => !OMITTED.has(name))
      .map((header) => header.join(': '));
    for (const header of headers) if (!this.usual?.has(header)) this.note(`  ${header}`);
    this.usual ??= new Set(headers);
    this.note('');
    return answer === '' ? undefined : JSON.parse(answer);
  }

  /** Connects a stock client, all of whose packets are recorded from the first on. */
  connect(version: string, transport: string, auth: Record<string, unknown>, namespace = '/chat'): Recorded {
    const connect = STOCK_CLIENTS[version] ?? io;
    const socket = connect(this.url + namespace, { auth, forceNew: true, transports: [transport] });
    return new Recorded(socket, this);
  }
}

type Client = ReturnType<typeof io>;

interface Packet {
  readonly type: string;
  readonly data?: unknown;
}

/** The packets of one client, a step at a time. */
export class Recorded {
  private readonly sent: string[] = [];
  private readonly received: string[] = [];
  private wake: () => void = () => undefined;

  constructor(
    private readonly client: Client,
    private readonly recording: Recording,
  ) {
    const { engine } = client.io;
    engine.on('packetCreate', (packet) => this.keep(this.sent, packet));
    engine.on('packet', (packet) => this.keep(this.received, packet));
    client.on('disconnect', (reason) => {
      this.received.push(`disconnect: ${reason}`);
      this.wake();
    });
  }

  emit(event: string, ...payload: unknown[]): void {
    this.client.emit(event, ...payload, () => undefined);
  }

  disconnect(): void {
    this.client.disconnect();
  }

  /**
   * Waits for so many packets and records them with the sent ones. Packets that arrive together have no promised
   * order, so they are sorted by kind and event.
   */
  async step(name: string, packets: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.wake = () => {
      if (this.received.length >= packets) resolve();
    };
    this.wake();
    await promise;
    this.recording.note(`# ${name}`);
    for (const packet of this.sent.splice(0)) this.recording.note(`> ${packet}`);
    const came = this.received.splice(0).toSorted((one, other) => (kindOf(one) < kindOf(other) ? -1 : 1));
    for (const packet of came) this.recording.note(`< ${packet}`);
    this.recording.note('');
  }

  private keep(packets: string[], { type, data }: Packet): void {
    // These packets are sent after a certain time.
    if (type === 'ping' || type === 'pong') return;
    packets.push(`${type} ${String(data)}`);
    this.wake();
  }
}

const kindOf = (packet: string): string => packet.split('{', 1)[0] ?? '';
