import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account.ts';
import type { Conversation } from './history.ts';
import type { LiveSocket } from './live-socket.ts';
import type { Mirror } from './mirror.ts';
import type { Overview } from './overview.ts';
import type { OpenStream, Recorder } from './recorder.ts';
import { openStream } from './stream.ts';
import type { WireError, WireHead } from './wire.ts';

/** Milliseconds in which a client must be connected and in all rooms again, once no client sends any more. */
const REJOIN_LIMIT = 90_000;

/** The client whose rooms are joined. */
export interface Joiner {
  readonly client: number;
  readonly account: Account;
  readonly recorder: Recorder;
  readonly socket: LiveSocket;
  readonly overview: Overview;
  /** The client's lists, by conversation; one for each conversation that it is a member of. */
  readonly mirrors: ReadonlyMap<number, Mirror>;
}

/** Joins the rooms of a socket, one by one or all at once, repeats joins that are answered 429 or 503, and leaves rooms. */
export class Joins {
  private readonly who: Joiner;
  private readonly conversations: readonly Conversation[];
  /** Streams of the rooms that are joined or being joined on the current connection. */
  private readonly streams = new Map<number, OpenStream>();
  private readonly joining = new Set<Promise<void>>();
  /** Whether `join_all` was sent: it may join a room before the client knows that it is a member. */
  private hasSentJoinAll = false;
  private failure: unknown;

  constructor(who: Joiner, conversations: readonly Conversation[]) {
    this.who = who;
    this.conversations = conversations;
  }

  /** Starts to join a room, if the socket is connected. */
  startJoin(conversation: number): void {
    this.track(this.joinRoom(conversation));
  }

  /** Starts to join each room that is not joined, with `join_room`, if the socket is connected. */
  startMissingJoins(): void {
    if (this.who.socket.connection === 0) return;
    for (const conversation of this.who.mirrors.keys()) {
      if (!this.streams.has(conversation)) this.track(this.joinRoom(conversation));
    }
  }

  /** Starts to join all rooms with `join_all`, if the socket is connected. */
  startJoinAll(): void {
    this.track(this.joinAll());
  }

  /** Joins all rooms with `join_all`, if the socket is connected; rooms that it is already in are joined again. */
  async joinAll(): Promise<void> {
    const { connection } = this.who.socket;
    if (connection === 0) return;
    const begun = this.who.recorder.tick();
    const wanted = [...this.who.mirrors.keys()];
    for (const conversation of wanted) {
      if (!this.streams.has(conversation)) this.openStream(conversation);
    }
    this.hasSentJoinAll = true;
    const answer = await this.who.socket.emitWithAck('join_all', {});
    if (this.who.socket.connection !== connection) return;
    if (answer.kind !== 'ok') {
      const open = wanted.filter((one) => this.streams.get(one)?.lastSeqAtJoin === -1);
      for (const conversation of open) this.openStream(conversation);
      if (answer.kind === 'error') await this.waitAfter(answer.error);
      await Promise.all(open.map((conversation) => this.joinRoom(conversation)));
      return;
    }
    const { conversations, epoch } = answer.data as { conversations: WireHead[]; epoch: string };
    this.who.recorder.recordEpoch(epoch);
    const heads = new Map(
      conversations.map((head) => [this.who.recorder.indexOfConversation(head.conversationId), head]),
    );
    for (const head of conversations) this.who.overview.recordHead('join_all', head, begun);
    for (const conversation of wanted) {
      const head = heads.get(conversation);
      const stream = this.streams.get(conversation);
      if (!head)
        this.who.recorder.unexpectedAnswers.push(
          `${this.who.account.name}: join_all lacks conversation ${conversation}`,
        );
      else if (stream?.lastSeqAtJoin === -1) this.recordJoin(stream, head);
    }
    await Promise.all(wanted.map(async (conversation) => this.who.mirrors.get(conversation)?.catchUp()));
  }

  /** Leaves a room. @returns false when the room was not joined, or the connection has ended meanwhile */
  async leaveRoom(conversation: number): Promise<boolean> {
    const stream = this.streams.get(conversation);
    if (!stream || stream.lastSeqAtJoin === -1) return false;
    const answer = await this.who.socket.emitWithAck('leave_room', {
      conversationId: this.idOf(conversation),
    });
    if (answer.kind !== 'ok' || this.streams.get(conversation) !== stream) return false;
    this.streams.delete(conversation);
    this.who.mirrors.get(conversation)?.onLeave();
    return true;
  }

  /** Resolves when all rooms are joined and every list has caught up. @throws Error after 90 seconds */
  async whenAllJoined(): Promise<void> {
    const deadline = Date.now() + REJOIN_LIMIT;
    const isIn = (conversation: number): boolean => this.streams.has(conversation);
    while (this.joining.size > 0 || ![...this.who.mirrors.keys()].every(isIn)) {
      await Promise.all(this.joining);
      this.throwFailure();
      if (Date.now() > deadline) throw new Error(`${this.who.account.name} has not joined its rooms again`);
      if (this.who.socket.connection === 0) await delay(10);
      else this.startMissingJoins();
    }
  }

  throwFailure(): void {
    if (this.failure !== undefined) throw this.failure;
  }

  /** @returns the stream that records a conversation's events; undefined when its room is not joined */
  streamOf(conversation: number): OpenStream | undefined {
    const isEarly = this.hasSentJoinAll && !this.who.mirrors.has(conversation);
    return this.streams.get(conversation) ?? (isEarly ? this.openStream(conversation) : undefined);
  }

  /** Marks the open streams as complete to the end, unless their connection ends later. */
  markEnd(): void {
    for (const stream of this.streams.values()) stream.untilEnd = true;
  }

  /** To be called when the connection has ended. */
  onDisconnect(): void {
    for (const stream of this.streams.values()) stream.untilEnd = false;
    this.stopRecording();
  }

  /** Events that are received from now on are not recorded. */
  stopRecording(): void {
    this.streams.clear();
    this.hasSentJoinAll = false;
  }

  private track(join: Promise<void>): void {
    const joining = join
      .catch((error: unknown) => void (this.failure ??= error))
      .finally(() => this.joining.delete(joining));
    this.joining.add(joining);
  }

  /** Joins a room and catches up. Returns early when the connection ends, because the next connection joins again. */
  private async joinRoom(conversation: number): Promise<void> {
    const { connection } = this.who.socket;
    if (connection === 0) return;
    while (this.who.socket.connection === connection) {
      const stream = this.openStream(conversation);
      const begun = this.who.recorder.tick();
      const answer = await this.who.socket.emitWithAck('join_room', {
        conversationId: this.idOf(conversation),
      });
      if (answer.kind === 'ok') {
        const head = answer.data as WireHead & { readonly epoch: string };
        this.who.recorder.recordEpoch(head.epoch);
        this.who.overview.recordHead('join_room', head, begun);
        this.recordJoin(stream, head);
        await this.who.mirrors.get(conversation)?.catchUp();
        return;
      }
      if (answer.kind !== 'error') continue;
      // The refused attempt may have let events through: later ones, after a `join_all`, belong to a new stream.
      if (this.streams.get(conversation) === stream) this.openStream(conversation);
      await this.waitAfter(answer.error);
    }
  }

  private recordJoin(stream: OpenStream, { lastSeq, rev }: WireHead): void {
    stream.lastSeqAtJoin = lastSeq;
    stream.revAtJoin = rev;
    stream.joined = this.who.recorder.tick();
  }

  /** Opens a new stream for each attempt, because a join that is refused may have let events through. */
  private openStream(conversation: number): OpenStream {
    const stream = openStream(this.who.client, conversation, this.who.socket.connection);
    this.who.recorder.streams.push(stream);
    this.streams.set(conversation, stream);
    return stream;
  }

  private async waitAfter({ statusCode, code, retryAfterMs = 100 }: WireError): Promise<void> {
    if (statusCode !== 429 && statusCode !== 503) throw new Error(`a member could not join: ${code}`);
    this.who.account.api.counts.retryLaterAnswers += 1;
    await delay(retryAfterMs);
  }

  private idOf(conversation: number): string {
    const found = this.conversations[conversation];
    if (!found) throw new RangeError(`no conversation ${conversation}`);
    return found.id;
  }
}
