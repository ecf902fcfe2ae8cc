import type { CircleRecord } from './circle/circle-record.ts';
import type {
  Addition,
  Attempt,
  Changes,
  Connection,
  Conversation,
  ConversationList,
  End,
  EndedSession,
  Head,
  History,
  Mark,
  MessageList,
  Outcome,
  OwnUpdate,
  SeenMessage,
  Send,
  Stream,
} from './history.ts';
import type { WallRecord } from './wall/wall-record.ts';
import type { WireMessage, WireOwnUpdate } from './wire.ts';

type Open<T> = { -readonly [Key in keyof T]: T[Key] extends readonly (infer Item)[] ? Item[] : T[Key] };
export type OpenAttempt = Open<Attempt>;
export type OpenSend = Omit<Send, 'attempts'> & { readonly attempts: OpenAttempt[] };
export type OpenStream = Open<Stream>;
export type OpenMark = Open<Mark>;
/** Invitations refer to conversations by their ids, because one may be received before the creation is answered. */
export type OpenConnection = Open<Omit<Connection, 'invitations'>> & { readonly invitations: string[] };

/** A client and its name in violations. */
interface Named {
  readonly id: string;
  readonly name: string;
}

/** Records the history of one round. A message that several clients receive is recorded once. */
export class Recorder {
  readonly sends: OpenSend[] = [];
  readonly streams: OpenStream[] = [];
  readonly lists: MessageList[] = [];
  readonly stored: number[][] = [];
  readonly ends: End[] = [];
  readonly additions: Addition[] = [];
  readonly connections: OpenConnection[] = [];
  readonly heads: Head[] = [];
  readonly marks: OpenMark[] = [];
  readonly changes: Changes[] = [];
  readonly conversationLists: ConversationList[] = [];
  readonly endedSessions: EndedSession[] = [];
  readonly circles: CircleRecord[] = [];
  readonly walls: WallRecord[] = [];
  readonly ownUpdates: OwnUpdate[] = [];
  readonly leaks: string[] = [];
  readonly differences: string[] = [];
  readonly unexpectedAnswers: string[] = [];
  epoch: string | undefined;
  /** Number of live events that all clients have received. */
  eventCount = 0;
  private readonly clients: readonly Named[];
  private readonly nodes: number;
  private readonly conversations: Conversation[] = [];
  private readonly messages: SeenMessage[] = [];
  private readonly byId = new Map<string, number[]>();
  private readonly clientOf: ReadonlyMap<string, number>;
  private readonly conversationOf = new Map<string, number>();
  private ticks = 0;

  constructor(clients: readonly Named[], nodes = 1) {
    this.clients = clients;
    this.nodes = nodes;
    this.clientOf = new Map(clients.map(({ id }, index) => [id, index]));
  }

  /** Records the epoch in an answer. It must never change, because no backup is restored during a check. */
  recordEpoch(epoch: string): void {
    this.epoch ??= epoch;
    if (epoch !== this.epoch) this.unexpectedAnswers.push(`the epoch was ${this.epoch}, and then ${epoch}`);
  }

  /** @returns the next tick */
  tick(): number {
    this.ticks += 1;
    return this.ticks;
  }

  /** Adds a conversation of this round. @returns its index */
  addConversation(conversation: Conversation): number {
    const index = this.conversations.push(conversation) - 1;
    this.conversationOf.set(conversation.id, index);
    return index;
  }

  /** @returns the index of a conversation; undefined for one of another round */
  indexOfConversation(id: string): number | undefined {
    return this.conversationOf.get(id);
  }

  /** @returns the index of a client; -1 for another user */
  indexOfClient(id: string): number {
    return this.clientOf.get(id) ?? -1;
  }

  /** Records a message that a client has received now. @returns its index */
  recordMessage(wire: WireMessage): number {
    const known = this.byId.get(wire.id);
    const same = known?.find((index) => this.isSame(index, wire));
    if (same !== undefined) return same;
    const { id, seq, rev, clientMessageId, content, createdAt } = wire;
    const conversation = this.conversationOf.get(wire.conversationId) ?? -1;
    const sender = this.indexOfClient(wire.senderId);
    const firstSeen = this.tick();
    const index =
      this.messages.push({
        id,
        conversation,
        sender,
        seq,
        rev,
        clientMessageId,
        content,
        createdAt,
        firstSeen,
      }) - 1;
    if (known) known.push(index);
    else this.byId.set(id, [index]);
    return index;
  }

  recordOwnUpdate(client: number, { conversationId, me }: WireOwnUpdate): void {
    if (!me) return;
    const conversation = this.conversationOf.get(conversationId) ?? -1;
    this.ownUpdates.push({ client, conversation, lastReadSeq: me.lastReadSeq, received: this.tick() });
  }

  addAttempt(send: OpenSend, connection: number): OpenAttempt {
    const attempt: OpenAttempt = { connection, begun: this.tick(), outcome: 'unknown', message: -1 };
    send.attempts.push(attempt);
    return attempt;
  }

  recordAck(attempt: OpenAttempt, outcome: Outcome, message: WireMessage): void {
    attempt.outcome = outcome;
    attempt.message = this.recordMessage(message);
  }

  history(): History {
    const connections = this.connections.map(({ invitations, ...connection }) => ({
      ...connection,
      invitations: invitations.map((id) => this.indexOfConversation(id) ?? -1),
    }));
    const { nodes, clients, conversations, messages } = this;
    const { sends, streams, lists, stored, ends, additions, heads, marks, changes } = this;
    const { conversationLists, endedSessions, leaks, differences, unexpectedAnswers } = this;
    return {
      nodes,
      clients,
      conversations,
      messages,
      sends,
      streams,
      lists,
      stored,
      ends,
      additions,
      connections,
      heads,
      marks,
      changes,
      conversationLists,
      endedSessions,
      ownUpdates: this.ownUpdates,
      circles: this.circles.map((record) => record.circle()),
      walls: this.walls.map((record) => record.wall()),
      leaks,
      differences,
      unexpectedAnswers,
    };
  }

  private isSame(index: number, wire: WireMessage): boolean {
    const seen = this.messages[index];
    return (
      seen !== undefined &&
      seen.seq === wire.seq &&
      seen.rev === wire.rev &&
      seen.content === wire.content &&
      seen.clientMessageId === wire.clientMessageId &&
      seen.createdAt === wire.createdAt &&
      seen.conversation === (this.conversationOf.get(wire.conversationId) ?? -1) &&
      seen.sender === this.indexOfClient(wire.senderId)
    );
  }
}
