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
  SeenMessage,
  Send,
  Stream,
} from './history.ts';
import type { WireMessage } from './wire.ts';

type Open<T> = { -readonly [Key in keyof T]: T[Key] extends readonly (infer Item)[] ? Item[] : T[Key] };
export type OpenAttempt = Open<Attempt>;
export type OpenSend = Omit<Send, 'attempts'> & { readonly attempts: OpenAttempt[] };
export type OpenStream = Open<Stream>;
export type OpenMark = Open<Mark>;
/** Invitations by the conversations' ids: the first may come before its creation is answered. */
export type OpenConnection = Open<Omit<Connection, 'invitations'>> & { readonly invitations: string[] };

/** A user of the check, as the history names it. */
interface Named {
  readonly id: string;
  readonly name: string;
}

/** Writes the history of one round. A message is kept once, however many are shown it. */
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
  readonly leaks: string[] = [];
  readonly oddities: string[] = [];
  epoch: string | undefined;
  /** Counts what anybody hears. */
  news = 0;
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

  /** The database's epoch, as some answer told it: there is one, as nobody restores anything here. */
  noteEpoch(epoch: string): void {
    this.epoch ??= epoch;
    if (epoch !== this.epoch) this.oddities.push(`the epoch was ${this.epoch}, and then ${epoch}`);
  }

  tick(): number {
    this.ticks += 1;
    return this.ticks;
  }

  /** Takes a new conversation of this round, and answers its index. */
  open(conversation: Conversation): number {
    const index = this.conversations.push(conversation) - 1;
    this.conversationOf.set(conversation.id, index);
    return index;
  }

  /** The index of a conversation of this round. */
  conversation(id: string): number | undefined {
    return this.conversationOf.get(id);
  }

  /** The index of a client, -1 when it is none of this round's. */
  client(id: string): number {
    return this.clientOf.get(id) ?? -1;
  }

  /** The index of a message that somebody is shown just now. */
  see(wire: WireMessage): number {
    const known = this.byId.get(wire.id);
    const same = known?.find((index) => this.isSame(index, wire));
    if (same !== undefined) return same;
    const { id, seq, rev, clientMessageId, content, createdAt } = wire;
    const conversation = this.conversationOf.get(wire.conversationId) ?? -1;
    const sender = this.client(wire.senderId);
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

  begin(send: OpenSend, connection: number): OpenAttempt {
    const attempt: OpenAttempt = { connection, begun: this.tick(), outcome: 'unknown', message: -1 };
    send.attempts.push(attempt);
    return attempt;
  }

  acknowledge(attempt: OpenAttempt, outcome: Outcome, message: WireMessage): void {
    attempt.outcome = outcome;
    attempt.message = this.see(message);
  }

  history(): History {
    const connections = this.connections.map(({ invitations, ...connection }) => ({
      ...connection,
      invitations: invitations.map((id) => this.conversation(id) ?? -1),
    }));
    const { nodes, clients, conversations, messages } = this;
    const { sends, streams, lists, stored, ends, additions, heads, marks, changes } = this;
    const { conversationLists, endedSessions, leaks, oddities } = this;
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
      leaks,
      oddities,
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
      seen.sender === this.client(wire.senderId)
    );
  }
}
