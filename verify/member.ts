import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account.ts';
import type { Conversation } from './history.ts';
import { LiveSocket } from './live-socket.ts';
import { Mirror } from './mirror.ts';
import type { Random } from './random.ts';
import type { OpenSend, OpenStream, Recorder } from './recorder.ts';
import { Sender } from './sender.ts';
import type { WireMessage } from './wire.ts';

/** Most messages that are sent in one go without waiting. */
const BURST = 20;

/** A client that sends, listens, loses its connection, comes back and catches up. */
export class Member {
  readonly socket: LiveSocket;
  readonly mirrors = new Map<number, Mirror>();
  private readonly client: number;
  private readonly account: Account;
  private readonly conversations: readonly Conversation[];
  private readonly recorder: Recorder;
  private readonly random: Random;
  private readonly sender: Sender;
  private readonly streams = new Map<number, OpenStream>();
  private readonly resuming = new Set<Promise<void>>();
  private failure: unknown;
  private connections = 0;

  constructor(
    client: number,
    account: Account,
    conversations: readonly Conversation[],
    recorder: Recorder,
    random: Random,
  ) {
    this.client = client;
    this.account = account;
    this.conversations = conversations;
    this.recorder = recorder;
    this.random = random;
    for (const [index, { id, members }] of conversations.entries()) {
      if (!members.includes(client)) continue;
      this.mirrors.set(index, new Mirror(index, id, account, recorder, random.fork()));
    }
    this.socket = new LiveSocket(account, {
      connected: () => this.resume(),
      disconnected: () => this.suspend(),
      heard: (event, payload) => this.hear(event, payload),
    });
    this.sender = new Sender(client, account, this.socket, conversations, recorder, random.fork());
  }

  /** Acts until `enough()`; ends when every message is settled. */
  async run(enough: () => boolean): Promise<void> {
    while (!enough()) {
      if (this.failure !== undefined) throw this.failure;
      await this.act(this.random.pick([...this.mirrors.keys()]));
    }
  }

  /** Resolves when all rooms are joined and every list has caught up. */
  async settled(): Promise<void> {
    while (this.resuming.size > 0 || this.streams.size < this.mirrors.size) {
      await Promise.all(this.resuming);
      if (this.failure !== undefined) throw this.failure;
      if (this.socket.connection === 0) await delay(10);
      else this.joinAll();
    }
  }

  /** What is heard from now on is no part of the history. */
  end(): void {
    for (const stream of this.streams.values()) stream.untilEnd = true;
    this.socket.close();
  }

  private async act(conversation: number): Promise<void> {
    const dice = this.random.next();
    if (dice < 0.35) return this.sendBurst(conversation);
    if (dice < 0.6) return this.sendOne(conversation, (send) => this.sender.overSocket(send));
    if (dice < 0.85) return this.sendOne(conversation, (send) => this.sender.overHttp(send));
    if (dice < 0.94) return this.sendOne(conversation, (send) => this.sender.retry(send));
    if (dice < 0.97) return this.rejoin(conversation);
    return this.drop();
  }

  private async sendOne(conversation: number, attempt: (send: OpenSend) => Promise<number>): Promise<void> {
    const send = this.sender.draft(conversation);
    await attempt(send);
    await this.sender.settle(send);
    const retried = send.clientMessageId !== null && this.random.chance(0.1);
    if (retried) await this.sender.retry(send);
  }

  /** Many without waiting for an answer; now and then the connection is lost before the answers come. */
  private async sendBurst(conversation: number): Promise<void> {
    const other = this.random.pick([...this.mirrors.keys()]);
    const sends = Array.from({ length: this.random.integer(2, BURST) }, () =>
      this.sender.draft(this.random.chance(0.8) ? conversation : other),
    );
    const attempts = sends.map((send) => this.sender.overSocket(send));
    if (this.random.chance(0.1)) attempts.push(this.drop().then(() => 0));
    await Promise.all(attempts);
    await Promise.all(sends.map((send) => this.sender.settle(send)));
  }

  private async drop(): Promise<void> {
    if (this.socket.connection === 0) return;
    // At once, after the packets are out, or in the middle of the answers.
    await delay(this.random.pick([0, 0, 1, 3, 10]));
    this.account.api.counts.drops += 1;
    this.socket.drop(this.random.pick(['tcp', 'tcp', 'engine', 'goodbye']));
  }

  /** Leaves a room, stays away for some messages, and joins it again. */
  private async rejoin(conversation: number): Promise<void> {
    const stream = this.streams.get(conversation);
    const id = this.conversations[conversation]?.id;
    if (!stream) return;
    const answer = await this.socket.ask('leave_room', { conversationId: id });
    if (answer.kind !== 'ok' || this.streams.get(conversation) !== stream) return;
    this.streams.delete(conversation);
    this.mirrors.get(conversation)?.away();
    await this.sendOne(conversation, (send) => this.sender.overHttp(send));
    if (this.socket.connection !== 0 && !this.streams.has(conversation)) this.begin(conversation);
  }

  private suspend(): void {
    this.streams.clear();
    for (const mirror of this.mirrors.values()) mirror.away();
  }

  private resume(): void {
    this.connections += 1;
    if (this.connections > 1) this.account.api.counts.reconnects += 1;
    this.joinAll();
  }

  private joinAll(): void {
    for (const conversation of this.mirrors.keys()) {
      if (!this.streams.has(conversation)) this.begin(conversation);
    }
  }

  private begin(conversation: number): void {
    const joining = this.join(conversation)
      .catch((error: unknown) => void (this.failure ??= error))
      .finally(() => this.resuming.delete(joining));
    this.resuming.add(joining);
  }

  /** Joins, then asks for what was missed; ends early when the connection does, as the next one joins anew. */
  private async join(conversation: number): Promise<void> {
    const { connection } = this.socket;
    const stream: OpenStream = {
      client: this.client,
      conversation,
      connection,
      lastSeqAtJoin: -1,
      untilEnd: false,
      messages: [],
    };
    this.recorder.streams.push(stream);
    this.streams.set(conversation, stream);
    const conversationId = this.conversations[conversation]?.id;
    while (this.streams.get(conversation) === stream) {
      const answer = await this.socket.ask('join_room', { conversationId });
      if (answer.kind === 'ok') {
        stream.lastSeqAtJoin = (answer.data as { lastSeq: number }).lastSeq;
        await this.mirrors.get(conversation)?.catchUp();
        return;
      }
      if (answer.kind === 'error') await this.refusedJoin(answer.error);
    }
  }

  private async refusedJoin({
    statusCode,
    code,
    retryAfterMs = 100,
  }: {
    statusCode: number;
    code: string;
    retryAfterMs?: number;
  }): Promise<void> {
    if (statusCode !== 429 && statusCode !== 503) {
      this.recorder.oddities.push(`${this.account.name}: join_room: ${code}`);
      throw new Error(`a member may not join: ${code}`);
    }
    this.account.api.counts.toldToWait += 1;
    await delay(retryAfterMs);
  }

  private hear(event: string, payload: unknown): void {
    if (event !== 'new_message') return;
    const message = payload as WireMessage;
    this.account.api.counts.deliveries += 1;
    const index = this.recorder.see(message);
    const conversation = this.recorder.conversation(message.conversationId);
    const stream = conversation === undefined ? undefined : this.streams.get(conversation);
    if (conversation === undefined || !stream) {
      this.recorder.leaks.push(`${this.account.name} heard message ${message.id} of a room it is not in`);
      return;
    }
    stream.messages.push(index);
    this.mirrors.get(conversation)?.deliver(message);
  }
}
