import type { Account } from './account.ts';
import type { Conversation } from './history.ts';
import { Joins } from './joins.ts';
import { LiveSocket } from './live-socket.ts';
import { Mirror } from './mirror.ts';
import { Overview } from './overview.ts';
import type { Random } from './random.ts';
import type { OpenConnection, Recorder } from './recorder.ts';
import { hearInto } from './stream.ts';
import type { WireConversation, WireMessage } from './wire.ts';

/** A client's socket with the rooms it is in: joins them at every connection, hears, catches up. */
export class Listener {
  readonly socket: LiveSocket;
  readonly overview: Overview;
  readonly mirrors = new Map<number, Mirror>();
  readonly client: number;
  readonly account: Account;
  readonly recorder: Recorder;
  readonly joins: Joins;
  private readonly conversations: readonly Conversation[];
  private readonly random: Random;
  private connection: OpenConnection | undefined;

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
    this.joins = new Joins(this, conversations);
  }

  /** Is a member of the conversation from now on. */
  enter(conversation: number): void {
    const { id: conversationId = '' } = this.conversations[conversation] ?? {};
    const mirror = new Mirror(conversation, conversationId, this, this.random.fork());
    this.mirrors.set(conversation, mirror);
    this.joins.begin(conversation);
  }

  /** Whatever is open now is so to the end, unless its connection ends. */
  markEnd(): void {
    this.joins.markEnd();
    if (this.connection) this.connection.untilEnd = true;
  }

  /** What is heard from now on is no part of the history. */
  end(): void {
    this.joins.forget();
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
    if (this.random.chance(0.5)) this.joins.joinAll();
    else this.joins.beginAtOnce();
  }

  private disconnected(): void {
    this.joins.lose();
    if (this.connection) this.connection.untilEnd = false;
    for (const mirror of this.mirrors.values()) mirror.away();
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
    const stream = conversation === undefined ? undefined : this.joins.streamOf(conversation);
    if (!stream) this.recorder.leaks.push(`${this.account.name} heard ${event} of a room it is not in`);
    else hearInto(stream, this.recorder, event, payload);
    if (event !== 'new_message') return;
    this.account.api.counts.deliveries += 1;
    if (stream) this.mirrors.get(stream.conversation)?.deliver(payload as WireMessage);
  }
}
