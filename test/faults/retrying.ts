import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { callApi } from '../support/api.js';
import { rounds } from '../support/rounds.js';
import { type Ack, TestSocket } from '../support/test-socket.js';
import { send } from './demo.js';
import { waitUntil } from './wait-until.js';

interface Refusal {
  readonly via: 'http' | 'socket';
  readonly status: number;
  readonly code: string;
}

/** Milliseconds before the next attempt; a real client would wait longer. */
const PAUSE = 20;
/** Maximum attempts of a sender, repeats included: many times what a test needs. */
const MOST_ATTEMPTS = 100_000;
const NO_ANSWER = { status: 0, code: 'NO_ANSWER' };

/**
 * Senders over HTTP and a socket, and a listener. Unlike `Traffic` they are stock clients that reconnect when their
 * connection was closed, and catch up as the contract says: by `changes`, with the epoch of `ready`.
 */
export class Retrying {
  /** By `clientMessageId`. */
  readonly acknowledged: string[] = [];
  readonly refusals: Refusal[] = [];
  private readonly caughtUpIds = new Set<string>();
  private readonly caughtUp: Promise<void>[] = [];
  private readonly running: Promise<void>[] = [];
  private stopping = false;

  private constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly conversationId: string,
    private readonly listener: TestSocket,
    private readonly sender: TestSocket,
  ) {}

  static async start(url: string, token: string, conversationId: string): Promise<Retrying> {
    const connect = () => TestSocket.connect(url, token, { reconnection: true });
    const clients = new Retrying(url, token, conversationId, await connect(), await connect());
    await clients.listen();
    clients.listener.client.on('ready', () => void clients.caughtUp.push(clients.listen()));
    clients.running.push(
      clients.run('http', (body) => clients.overHttp(body)),
      clients.run('socket', (body) => clients.overSocket(body)),
    );
    return clients;
  }

  /** Resolves when so many more messages are acknowledged over each transport. */
  async goOn(more: number): Promise<void> {
    const enough = this.acknowledged.length + more;
    await waitUntil(`${more} messages`, () => this.acknowledged.length >= enough);
  }

  /** Stops the senders, and resolves when every message is acknowledged. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.running);
    await this.listener.settle();
    await Promise.all(this.caughtUp);
    this.listener.close();
    this.sender.close();
  }

  /** The stored messages that the listener received neither live nor when it caught up. */
  missedIds(stored: readonly { readonly id: string }[]): string[] {
    const live = this.listener.all<{ id: string }>('new_message').map(({ id }) => id);
    const received = new Set([...live, ...this.caughtUpIds]);
    return stored.map(({ id }) => id).filter((id) => !received.has(id));
  }

  /** Joins first, then reads the changes, so that none is missed. */
  private async listen(): Promise<void> {
    const joined = await this.listener.emit('join_room', { conversationId: this.conversationId });
    if (!joined.ok) return;
    let since = 0;
    for (const _ of rounds(1_000)) {
      const path = `/chat/conversations/${this.conversationId}/changes?since=${since}&limit=500`;
      const { body } = await callApi(this.url, 'GET', path, { token: this.token });
      for (const { id } of body.data) this.caughtUpIds.add(id);
      since = body.rev;
      if (!body.hasMore) return;
    }
  }

  private async run(via: Refusal['via'], attempt: (body: object) => Promise<Omit<Refusal, 'via'> | null>) {
    let clientMessageId = randomUUID();
    for (const _ of rounds(MOST_ATTEMPTS)) {
      const refused = await attempt({ content: 'hello', clientMessageId });
      if (refused) {
        this.refusals.push({ via, ...refused });
        await delay(PAUSE);
      } else {
        this.acknowledged.push(clientMessageId);
        if (this.stopping) return;
        clientMessageId = randomUUID();
      }
    }
  }

  private async overHttp(body: object): Promise<Omit<Refusal, 'via'> | null> {
    const answer = await send(this.url, this.token, this.conversationId, body).catch(() => null);
    if (!answer) return NO_ANSWER;
    return answer.status < 300 ? null : { status: answer.status, code: answer.body.code };
  }

  private async overSocket(body: object): Promise<Omit<Refusal, 'via'> | null> {
    const { client } = this.sender;
    if (!client.connected) return NO_ANSWER;
    const gone = Promise.withResolvers<null>();
    const lost = () => gone.resolve(null);
    client.once('disconnect', lost);
    const ack: Ack | null = await Promise.race([
      gone.promise,
      this.sender.emit('send_message', { conversationId: this.conversationId, ...body }),
    ]);
    client.off('disconnect', lost);
    if (!ack) return NO_ANSWER;
    return ack.ok ? null : { status: ack.error?.statusCode ?? 0, code: ack.error?.code ?? '' };
  }
}
