import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account.ts';
import type { Conversation } from './history.ts';
import { LiveSocket } from './live-socket.ts';
import { Mirror } from './mirror.ts';
import type { Random } from './random.ts';
import type { OpenStream, Recorder } from './recorder.ts';
import type { WireError, WireMessage } from './wire.ts';

/** Milliseconds to be connected again and in all rooms, once nobody sends any more. */
const PATIENCE = 90_000;

/** A client's socket with the rooms it is in: joins them at every connection, hears, catches up. */
export class Listener {
  readonly socket: LiveSocket;
  readonly mirrors = new Map<number, Mirror>();
  private readonly client: number;
  private readonly account: Account;
  private readonly conversations: readonly Conversation[];
  private readonly recorder: Recorder;
  private readonly random: Random;
  /** Of the rooms that are joined, or asked to be, on the live connection. */
  private readonly streams = new Map<number, OpenStream>();
  private readonly joining = new Set<Promise<void>>();
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
    this.socket = new LiveSocket(account, {
      connected: () => {
        this.connections += 1;
        if (this.connections > 1) account.api.counts.reconnects += 1;
        this.joinAll();
      },
      disconnected: () => {
        this.streams.clear();
        for (const mirror of this.mirrors.values()) mirror.away();
      },
      heard: (event, payload) => {
        if (event === 'new_message') this.hear(payload as WireMessage);
      },
    });
  }

  /** Is a member of the conversation from now on. */
  enter(conversation: number): void {
    const { id: conversationId } = this.payload(conversation);
    const mirror = new Mirror(conversation, conversationId, this.account, this.recorder, this.random.fork());
    this.mirrors.set(conversation, mirror);
    this.joinAll();
  }

  /** Leaves a room; false when it is not in it yet, or the connection ended meanwhile. */
  async leave(conversation: number): Promise<boolean> {
    const stream = this.streams.get(conversation);
    if (!stream || stream.lastSeqAtJoin === -1) return false;
    const answer = await this.socket.ask('leave_room', { conversationId: this.payload(conversation).id });
    if (answer.kind !== 'ok' || this.streams.get(conversation) !== stream) return false;
    this.streams.delete(conversation);
    this.mirrors.get(conversation)?.away();
    return true;
  }

  /** Joins what is not joined, if there is a connection. */
  joinAll(): void {
    if (this.socket.connection === 0) return;
    for (const conversation of this.mirrors.keys()) {
      if (this.streams.has(conversation)) continue;
      const joining = this.join(conversation)
        .catch((error: unknown) => void (this.failure ??= error))
        .finally(() => this.joining.delete(joining));
      this.joining.add(joining);
    }
  }

  /** Resolves when all rooms are joined and every list has caught up. */
  async settled(): Promise<void> {
    const patience = Date.now() + PATIENCE;
    while (this.joining.size > 0 || this.streams.size < this.mirrors.size) {
      await Promise.all(this.joining);
      this.throwFailure();
      if (Date.now() > patience) throw new Error(`${this.account.name} does not come back into its rooms`);
      if (this.socket.connection === 0) await delay(10);
      else this.joinAll();
    }
  }

  throwFailure(): void {
    if (this.failure !== undefined) throw this.failure;
  }

  /** What is heard from now on is no part of the history. */
  end(): void {
    for (const stream of this.streams.values()) stream.untilEnd = true;
    this.socket.close();
  }

  /** Joins, then asks for what was missed; ends early when the connection does, as the next one joins anew. */
  private async join(conversation: number): Promise<void> {
    const { connection } = this.socket;
    while (this.socket.connection === connection) {
      const stream = this.openStream(conversation);
      const answer = await this.socket.ask('join_room', { conversationId: this.payload(conversation).id });
      if (answer.kind === 'ok') {
        stream.lastSeqAtJoin = (answer.data as { lastSeq: number }).lastSeq;
        await this.mirrors.get(conversation)?.catchUp();
        return;
      }
      if (answer.kind === 'error') await this.waitAfter(answer.error);
    }
  }

  /** A new one for each attempt: a join that is refused may have let something through before. */
  private openStream(conversation: number): OpenStream {
    const stream: OpenStream = {
      client: this.client,
      conversation,
      connection: this.socket.connection,
      lastSeqAtJoin: -1,
      untilEnd: false,
      messages: [],
    };
    this.recorder.streams.push(stream);
    this.streams.set(conversation, stream);
    return stream;
  }

  private async waitAfter({ statusCode, code, retryAfterMs = 100 }: WireError): Promise<void> {
    if (statusCode !== 429 && statusCode !== 503) throw new Error(`a member may not join: ${code}`);
    this.account.api.counts.toldToWait += 1;
    await delay(retryAfterMs);
  }

  private hear(message: WireMessage): void {
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

  private payload(conversation: number): { readonly id: string } {
    const found = this.conversations[conversation];
    if (!found) throw new RangeError(`no conversation ${conversation}`);
    return found;
  }
}
