import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account.ts';
import type { Conversation } from './history.ts';
import { LiveSocket } from './live-socket.ts';
import { Mirror } from './mirror.ts';
import { Overview } from './overview.ts';
import type { Random } from './random.ts';
import type { OpenConnection, OpenStream, Recorder } from './recorder.ts';
import { hearInto, openStream } from './stream.ts';
import type { WireConversation, WireError, WireHead, WireMessage } from './wire.ts';

/** Milliseconds to be connected again and in all rooms, once nobody sends any more. */
const PATIENCE = 90_000;

/** A client's socket with the rooms it is in: joins them at every connection, hears, catches up. */
export class Listener {
  readonly socket: LiveSocket;
  readonly overview: Overview;
  readonly mirrors = new Map<number, Mirror>();
  readonly client: number;
  readonly account: Account;
  readonly recorder: Recorder;
  private readonly conversations: readonly Conversation[];
  private readonly random: Random;
  /** Of the rooms that are joined, or asked to be, on the live connection. */
  private readonly streams = new Map<number, OpenStream>();
  private readonly joining = new Set<Promise<void>>();
  /** Rooms that `join_all` may have joined before anybody said that the client was a member. */
  private askedForAll = false;
  private connection: OpenConnection | undefined;
  private failure: unknown;

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
    this.overview = new Overview(client, account, recorder, random.fork());
    this.socket = new LiveSocket(account, {
      connected: () => this.connected(),
      disconnected: () => this.disconnected(),
      heard: (event, payload) => this.heard(event, payload),
    });
  }

  /** Is a member of the conversation from now on. */
  enter(conversation: number): void {
    const { id: conversationId } = this.payload(conversation);
    const mirror = new Mirror(conversation, conversationId, this, this.random.fork());
    this.mirrors.set(conversation, mirror);
    if (this.socket.connection !== 0) this.track(this.join(conversation));
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
      if (!this.streams.has(conversation)) this.track(this.join(conversation));
    }
  }

  /** Asks for all rooms at once, those it is in included. */
  async joinAllAtOnce(): Promise<void> {
    const { connection } = this.socket;
    if (connection === 0) return;
    const begun = this.recorder.tick();
    const wanted = [...this.mirrors.keys()];
    for (const conversation of wanted) {
      if (!this.streams.has(conversation)) this.openStream(conversation);
    }
    this.askedForAll = true;
    const answer = await this.socket.ask('join_all', {});
    if (this.socket.connection !== connection) return;
    if (answer.kind !== 'ok') {
      const open = wanted.filter((one) => this.streams.get(one)?.lastSeqAtJoin === -1);
      for (const conversation of open) this.openStream(conversation);
      if (answer.kind === 'error') await this.waitAfter(answer.error);
      await Promise.all(open.map((conversation) => this.join(conversation)));
      return;
    }
    const { conversations, epoch } = answer.data as { conversations: WireHead[]; epoch: string };
    this.recorder.noteEpoch(epoch);
    const heads = new Map(
      conversations.map((head) => [this.recorder.conversation(head.conversationId), head]),
    );
    for (const head of conversations) this.overview.noteHead('join_all', head, begun);
    for (const conversation of wanted) {
      const head = heads.get(conversation);
      const stream = this.streams.get(conversation);
      if (!head)
        this.recorder.oddities.push(`${this.account.name}: join_all lacks conversation ${conversation}`);
      else if (stream?.lastSeqAtJoin === -1) this.joined(stream, head);
    }
    await Promise.all(wanted.map(async (conversation) => this.mirrors.get(conversation)?.catchUp()));
  }

  /** Resolves when all rooms are joined and every list has caught up. */
  async settled(): Promise<void> {
    const patience = Date.now() + PATIENCE;
    const isIn = (conversation: number): boolean => this.streams.has(conversation);
    while (this.joining.size > 0 || ![...this.mirrors.keys()].every(isIn)) {
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

  /** Whatever is open now is so to the end, unless its connection ends. */
  markEnd(): void {
    for (const stream of this.streams.values()) stream.untilEnd = true;
    if (this.connection) this.connection.untilEnd = true;
  }

  /** What is heard from now on is no part of the history. */
  end(): void {
    this.streams.clear();
    this.connection = undefined;
    this.socket.close();
  }

  private connected(): void {
    const { connection } = this.socket;
    if (this.connection) this.account.api.counts.reconnects += 1;
    this.connection = {
      client: this.client,
      connection,
      begun: this.recorder.tick(),
      untilEnd: false,
      invitations: [],
    };
    this.recorder.connections.push(this.connection);
    if (this.random.chance(0.5)) this.joinAll();
    else this.track(this.joinAllAtOnce());
  }

  private disconnected(): void {
    for (const stream of this.streams.values()) stream.untilEnd = false;
    if (this.connection) this.connection.untilEnd = false;
    this.streams.clear();
    this.askedForAll = false;
    for (const mirror of this.mirrors.values()) mirror.away();
  }

  private track(join: Promise<void>): void {
    const joining = join
      .catch((error: unknown) => void (this.failure ??= error))
      .finally(() => this.joining.delete(joining));
    this.joining.add(joining);
  }

  /** Joins, then asks for what was missed; ends early when the connection does, as the next one joins anew. */
  private async join(conversation: number): Promise<void> {
    const { connection } = this.socket;
    if (connection === 0) return;
    while (this.socket.connection === connection) {
      const stream = this.openStream(conversation);
      const begun = this.recorder.tick();
      const answer = await this.socket.ask('join_room', { conversationId: this.payload(conversation).id });
      if (answer.kind === 'ok') {
        const head = answer.data as WireHead & { readonly epoch: string };
        this.recorder.noteEpoch(head.epoch);
        this.overview.noteHead('join_room', head, begun);
        this.joined(stream, head);
        await this.mirrors.get(conversation)?.catchUp();
        return;
      }
      if (answer.kind !== 'error') continue;
      // What comes now, by a `join_all` say, is not behind what this attempt may have let through.
      if (this.streams.get(conversation) === stream) this.openStream(conversation);
      await this.waitAfter(answer.error);
    }
  }

  private joined(stream: OpenStream, { lastSeq, rev }: WireHead): void {
    stream.lastSeqAtJoin = lastSeq;
    stream.revAtJoin = rev;
    stream.joined = this.recorder.tick();
  }

  /** A new one for each attempt: a join that is refused may have let something through before. */
  private openStream(conversation: number): OpenStream {
    const stream = openStream(this.client, conversation, this.socket.connection);
    this.recorder.streams.push(stream);
    this.streams.set(conversation, stream);
    return stream;
  }

  private async waitAfter({ statusCode, code, retryAfterMs = 100 }: WireError): Promise<void> {
    if (statusCode !== 429 && statusCode !== 503) throw new Error(`a member may not join: ${code}`);
    this.account.api.counts.toldToWait += 1;
    await delay(retryAfterMs);
  }

  private heard(event: string, payload: unknown): void {
    this.recorder.news += 1;
    if (event === 'conversation_added') {
      const conversation = payload as WireConversation;
      this.connection?.invitations.push(conversation.id);
      this.overview.note(event, conversation);
      return;
    }
    if (event === 'ready') this.recorder.noteEpoch((payload as { epoch: string }).epoch);
    const { conversationId } = payload as { conversationId?: string };
    if (conversationId === undefined) return;
    const conversation = this.recorder.conversation(conversationId);
    const stream = conversation === undefined ? undefined : this.streamOf(conversation);
    if (!stream) this.recorder.leaks.push(`${this.account.name} heard ${event} of a room it is not in`);
    else hearInto(stream, this.recorder, event, payload);
    if (event !== 'new_message') return;
    this.account.api.counts.deliveries += 1;
    if (stream) this.mirrors.get(stream.conversation)?.deliver(payload as WireMessage);
  }

  private streamOf(conversation: number): OpenStream | undefined {
    const isEarly = this.askedForAll && !this.mirrors.has(conversation);
    return this.streams.get(conversation) ?? (isEarly ? this.openStream(conversation) : undefined);
  }

  private payload(conversation: number): { readonly id: string } {
    const found = this.conversations[conversation];
    if (!found) throw new RangeError(`no conversation ${conversation}`);
    return found;
  }
}
