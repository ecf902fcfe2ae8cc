import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account.ts';
import type { Conversation } from './history.ts';
import type { LiveSocket } from './live-socket.ts';
import type { Mirror } from './mirror.ts';
import type { Overview } from './overview.ts';
import type { OpenStream, Recorder } from './recorder.ts';
import { openStream } from './stream.ts';
import type { WireError, WireHead } from './wire.ts';

/** Milliseconds to be connected again and in all rooms, once nobody sends any more. */
const PATIENCE = 90_000;

/** Who joins, and what is known of it. */
export interface Joiner {
  readonly client: number;
  readonly account: Account;
  readonly recorder: Recorder;
  readonly socket: LiveSocket;
  readonly overview: Overview;
  /** Of the conversations that it is a member of. */
  readonly mirrors: ReadonlyMap<number, Mirror>;
}

/** The rooms of a socket: joins them one by one or all at once, again when it is told to wait, and leaves them. */
export class Joins {
  private readonly who: Joiner;
  private readonly conversations: readonly Conversation[];
  /** Of the rooms that are joined, or asked to be, on the live connection. */
  private readonly streams = new Map<number, OpenStream>();
  private readonly joining = new Set<Promise<void>>();
  /** `join_all` may have joined rooms before anybody said that the client was a member. */
  private askedForAll = false;
  private failure: unknown;

  constructor(who: Joiner, conversations: readonly Conversation[]) {
    this.who = who;
    this.conversations = conversations;
  }

  /** Joins a room, if there is a connection. */
  begin(conversation: number): void {
    this.track(this.join(conversation));
  }

  /** Joins what is not joined, if there is a connection. */
  joinAll(): void {
    if (this.who.socket.connection === 0) return;
    for (const conversation of this.who.mirrors.keys()) {
      if (!this.streams.has(conversation)) this.track(this.join(conversation));
    }
  }

  /** Joins all rooms at once, if there is a connection. */
  beginAtOnce(): void {
    this.track(this.joinAllAtOnce());
  }

  /** Asks for all rooms at once, those it is in included. */
  async joinAllAtOnce(): Promise<void> {
    const { connection } = this.who.socket;
    if (connection === 0) return;
    const begun = this.who.recorder.tick();
    const wanted = [...this.who.mirrors.keys()];
    for (const conversation of wanted) {
      if (!this.streams.has(conversation)) this.openStream(conversation);
    }
    this.askedForAll = true;
    const answer = await this.who.socket.ask('join_all', {});
    if (this.who.socket.connection !== connection) return;
    if (answer.kind !== 'ok') {
      const open = wanted.filter((one) => this.streams.get(one)?.lastSeqAtJoin === -1);
      for (const conversation of open) this.openStream(conversation);
      if (answer.kind === 'error') await this.waitAfter(answer.error);
      await Promise.all(open.map((conversation) => this.join(conversation)));
      return;
    }
    const { conversations, epoch } = answer.data as { conversations: WireHead[]; epoch: string };
    this.who.recorder.noteEpoch(epoch);
    const heads = new Map(
      conversations.map((head) => [this.who.recorder.conversation(head.conversationId), head]),
    );
    for (const head of conversations) this.who.overview.noteHead('join_all', head, begun);
    for (const conversation of wanted) {
      const head = heads.get(conversation);
      const stream = this.streams.get(conversation);
      if (!head)
        this.who.recorder.oddities.push(
          `${this.who.account.name}: join_all lacks conversation ${conversation}`,
        );
      else if (stream?.lastSeqAtJoin === -1) this.joined(stream, head);
    }
    await Promise.all(wanted.map(async (conversation) => this.who.mirrors.get(conversation)?.catchUp()));
  }

  /** Leaves a room; false when it is not in it yet, or the connection ended meanwhile. */
  async leave(conversation: number): Promise<boolean> {
    const stream = this.streams.get(conversation);
    if (!stream || stream.lastSeqAtJoin === -1) return false;
    const answer = await this.who.socket.ask('leave_room', { conversationId: this.idOf(conversation) });
    if (answer.kind !== 'ok' || this.streams.get(conversation) !== stream) return false;
    this.streams.delete(conversation);
    this.who.mirrors.get(conversation)?.away();
    return true;
  }

  /** Resolves when all rooms are joined and every list has caught up. */
  async settled(): Promise<void> {
    const patience = Date.now() + PATIENCE;
    const isIn = (conversation: number): boolean => this.streams.has(conversation);
    while (this.joining.size > 0 || ![...this.who.mirrors.keys()].every(isIn)) {
      await Promise.all(this.joining);
      this.throwFailure();
      if (Date.now() > patience)
        throw new Error(`${this.who.account.name} does not come back into its rooms`);
      if (this.who.socket.connection === 0) await delay(10);
      else this.joinAll();
    }
  }

  throwFailure(): void {
    if (this.failure !== undefined) throw this.failure;
  }

  /** What is heard of a conversation goes there; nowhere when its room is not joined. */
  streamOf(conversation: number): OpenStream | undefined {
    const isEarly = this.askedForAll && !this.who.mirrors.has(conversation);
    return this.streams.get(conversation) ?? (isEarly ? this.openStream(conversation) : undefined);
  }

  /** Whatever is open now is so to the end, unless its connection ends. */
  markEnd(): void {
    for (const stream of this.streams.values()) stream.untilEnd = true;
  }

  /** The connection has ended. */
  lose(): void {
    for (const stream of this.streams.values()) stream.untilEnd = false;
    this.forget();
  }

  /** What is heard from now on is no part of the history. */
  forget(): void {
    this.streams.clear();
    this.askedForAll = false;
  }

  private track(join: Promise<void>): void {
    const joining = join
      .catch((error: unknown) => void (this.failure ??= error))
      .finally(() => this.joining.delete(joining));
    this.joining.add(joining);
  }

  /** Joins, then asks for what was missed; ends early when the connection does, as the next one joins anew. */
  private async join(conversation: number): Promise<void> {
    const { connection } = this.who.socket;
    if (connection === 0) return;
    while (this.who.socket.connection === connection) {
      const stream = this.openStream(conversation);
      const begun = this.who.recorder.tick();
      const answer = await this.who.socket.ask('join_room', { conversationId: this.idOf(conversation) });
      if (answer.kind === 'ok') {
        const head = answer.data as WireHead & { readonly epoch: string };
        this.who.recorder.noteEpoch(head.epoch);
        this.who.overview.noteHead('join_room', head, begun);
        this.joined(stream, head);
        await this.who.mirrors.get(conversation)?.catchUp();
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
    stream.joined = this.who.recorder.tick();
  }

  /** A new one for each attempt: a join that is refused may have let something through before. */
  private openStream(conversation: number): OpenStream {
    const stream = openStream(this.who.client, conversation, this.who.socket.connection);
    this.who.recorder.streams.push(stream);
    this.streams.set(conversation, stream);
    return stream;
  }

  private async waitAfter({ statusCode, code, retryAfterMs = 100 }: WireError): Promise<void> {
    if (statusCode !== 429 && statusCode !== 503) throw new Error(`a member may not join: ${code}`);
    this.who.account.api.counts.toldToWait += 1;
    await delay(retryAfterMs);
  }

  private idOf(conversation: number): string {
    const found = this.conversations[conversation];
    if (!found) throw new RangeError(`no conversation ${conversation}`);
    return found.id;
  }
}
