import type { Account } from './account.ts';
import type { Conversation } from './history.ts';
import { Joins } from './joins.ts';
import { LiveSocket } from './live-socket.ts';
import { Mirror } from './mirror.ts';
import { Overview } from './overview.ts';
import type { Random } from './random.ts';
import type { OpenConnection, Recorder } from './recorder.ts';
import { recordEvent } from './stream.ts';
import type { WireConversation, WireMessage, WireOwnUpdate } from './wire.ts';

/** A client's socket and its rooms: joins them at each connection, records what it receives, and catches up. */
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
      onConnect: () => this.onConnect(),
      onDisconnect: () => this.onDisconnect(),
      onEvent: (event, payload) => this.onEvent(event, payload),
    });
    this.joins = new Joins(this, conversations);
  }

  /** Adds a conversation that the client is a member of from now on, and joins its room. */
  addConversation(conversation: number): void {
    const { id: conversationId = '' } = this.conversations[conversation] ?? {};
    const mirror = new Mirror(conversation, conversationId, this, this.random.fork());
    this.mirrors.set(conversation, mirror);
    this.joins.startJoin(conversation);
  }

  /** Marks the connection and its streams as complete to the end, unless the connection ends later. */
  markEnd(): void {
    this.joins.markEnd();
    if (this.connection) this.connection.untilEnd = true;
  }

  /** Closes the socket. Events that are received from now on are not recorded. */
  end(): void {
    this.joins.stopRecording();
    this.connection = undefined;
    this.socket.close();
  }

  private onConnect(): void {
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
    if (this.random.chance(0.5)) this.joins.startMissingJoins();
    else this.joins.startJoinAll();
  }

  private onDisconnect(): void {
    this.joins.onDisconnect();
    if (this.connection) this.connection.untilEnd = false;
    for (const mirror of this.mirrors.values()) mirror.onLeave();
  }

  private onEvent(event: string, payload: unknown): void {
    this.recorder.eventCount += 1;
    if (event === 'conversation_added') {
      const conversation = payload as WireConversation;
      this.connection?.invitations.push(conversation.id);
      this.overview.recordConversation(event, conversation);
      return;
    }
    if (event === 'me_updated') {
      this.recorder.recordOwnUpdate(this.client, payload as WireOwnUpdate);
      return;
    }
    if (event === 'ready') this.recorder.recordEpoch((payload as { epoch: string }).epoch);
    const { conversationId } = payload as { conversationId?: string };
    if (conversationId === undefined) return;
    const conversation = this.recorder.indexOfConversation(conversationId);
    const stream = conversation === undefined ? undefined : this.joins.streamOf(conversation);
    if (!stream)
      this.recorder.leaks.push(`${this.account.name} received ${event} of a room that it is not in`);
    else recordEvent(stream, this.recorder, event, payload);
    if (event !== 'new_message') return;
    this.account.api.counts.deliveries += 1;
    if (stream) this.mirrors.get(stream.conversation)?.onMessage(payload as WireMessage);
  }
}
