import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { TestSocket } from '../support/test-socket.js';
import { send } from './demo.js';
import { waitUntil } from './wait-until.js';
import { rounds } from '../support/rounds.js';

interface Failure {
  readonly via: 'http' | 'socket';
  readonly status: number;
  readonly code: string;
  readonly retryAfter: number;
}

interface Stored {
  readonly id: string;
  readonly seq: number;
}

type Outcome = { readonly stored: Stored } | Omit<Failure, 'via'>;

const NO_ANSWER = { status: 0, code: 'NO_ANSWER', retryAfter: 0 };
/** Milliseconds before the next attempt; a real client would wait longer. */
const PAUSE = 20;
/** Maximum messages of a sender: many times what a test sends. */
const MOST_MESSAGES = 200_000;
/** Maximum attempts for a message: two minutes. */
const MOST_ATTEMPTS = 6_000;

/** Clients that send until they are stopped, and repeat each failed message until it is acknowledged. */
export class Traffic {
  /** By `clientMessageId`. */
  readonly acknowledged = new Map<string, Stored>();
  readonly failures: Failure[] = [];
  private stopping = false;
  private abandoned = false;
  private readonly senders: Promise<void>[] = [];

  private constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly conversationId: string,
    readonly listener: TestSocket,
  ) {}

  /** Starts two senders over HTTP, two over sockets, and a socket that listens. */
  static async start(url: string, token: string, conversationId: string): Promise<Traffic> {
    const [listener, ...sockets] = await Promise.all([1, 2, 3].map(() => TestSocket.connect(url, token)));
    if (!listener) throw new Error('no socket');
    await listener.emit('join_room', { conversationId });
    const traffic = new Traffic(url, token, conversationId, listener);
    for (let count = 0; count < 2; count += 1) traffic.send('http', (body) => traffic.overHttp(body));
    for (const socket of sockets) traffic.send('socket', (body) => traffic.overSocket(socket, body));
    return traffic;
  }

  /** Resolves when so many more messages are acknowledged. */
  async goesOn(more: number, limit = 30_000): Promise<void> {
    const enough = this.acknowledged.size + more;
    await waitUntil(`${more} messages`, () => this.acknowledged.size >= enough, limit);
  }

  /** Stops the senders, and resolves when every message is acknowledged. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.senders);
  }

  /** Stops the senders without waiting: the server has ended, and unacknowledged messages stay so. */
  async abandon(): Promise<void> {
    this.abandoned = true;
    await this.stop();
  }

  private send(via: Failure['via'], attempt: (body: object) => Promise<Outcome>): void {
    const run = async (): Promise<void> => {
      for (const _ of rounds(MOST_MESSAGES)) {
        if (this.stopping) break;
        await this.repeat(via, attempt);
      }
    };
    this.senders.push(run());
  }

  private async repeat(via: Failure['via'], attempt: (body: object) => Promise<Outcome>): Promise<void> {
    const clientMessageId = randomUUID();
    for (const _ of rounds(MOST_ATTEMPTS)) {
      if (this.abandoned) break;
      const outcome = await attempt({ content: `content of ${clientMessageId}`, clientMessageId });
      if ('stored' in outcome) return void this.acknowledged.set(clientMessageId, outcome.stored);
      this.failures.push({ via, ...outcome });
      await delay(PAUSE);
    }
  }

  private async overHttp(body: object): Promise<Outcome> {
    try {
      const answer = await send(this.url, this.token, this.conversationId, body);
      if (answer.status === 200 || answer.status === 201) return { stored: answer.body };
      const retryAfter = Number(answer.headers.get('retry-after'));
      return { status: answer.status, code: answer.body.code, retryAfter };
    } catch {
      return NO_ANSWER;
    }
  }

  private async overSocket(socket: TestSocket, body: object): Promise<Outcome> {
    if (!socket.client.connected) return NO_ANSWER;
    const payload = { conversationId: this.conversationId, ...body };
    const { promise: gone, resolve } = Promise.withResolvers<undefined>();
    const lost = (): void => resolve(undefined);
    socket.client.once('disconnect', lost);
    const ack = await Promise.race([gone, socket.emit('send_message', payload)]);
    socket.client.off('disconnect', lost);
    if (ack?.ok) return { stored: ack.data.message };
    if (!ack?.error) return NO_ANSWER;
    const { statusCode, code, retryAfterMs = 0 } = ack.error;
    return { status: statusCode, code, retryAfter: retryAfterMs };
  }
}
