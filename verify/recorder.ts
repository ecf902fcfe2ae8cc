import type {
  Attempt,
  Conversation,
  History,
  MessageList,
  Outcome,
  SeenMessage,
  Send,
  Stream,
} from './history.ts';
import type { WireMessage } from './wire.ts';

type Open<T> = { -readonly [Key in keyof T]: T[Key] };
export type OpenAttempt = Open<Attempt>;
export type OpenSend = Omit<Send, 'attempts'> & { readonly attempts: OpenAttempt[] };
export type OpenStream = Open<Omit<Stream, 'messages'>> & { readonly messages: number[] };

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
  readonly leaks: string[] = [];
  readonly oddities: string[] = [];
  private readonly clients: readonly Named[];
  private readonly conversations: readonly Conversation[];
  private readonly messages: SeenMessage[] = [];
  private readonly byId = new Map<string, number[]>();
  private readonly clientOf: ReadonlyMap<string, number>;
  private readonly conversationOf: ReadonlyMap<string, number>;
  private ticks = 0;

  constructor(clients: readonly Named[], conversations: readonly Conversation[]) {
    this.clients = clients;
    this.conversations = conversations;
    this.clientOf = new Map(clients.map(({ id }, index) => [id, index]));
    this.conversationOf = new Map(conversations.map(({ id }, index) => [id, index]));
  }

  tick(): number {
    this.ticks += 1;
    return this.ticks;
  }

  /** The index of a conversation of this round. */
  conversation(id: string): number | undefined {
    return this.conversationOf.get(id);
  }

  /** The index of a message that somebody is shown just now. */
  see(wire: WireMessage): number {
    const known = this.byId.get(wire.id);
    const same = known?.find((index) => this.isSame(index, wire));
    if (same !== undefined) return same;
    const { id, seq, rev, clientMessageId, content, createdAt } = wire;
    const conversation = this.conversationOf.get(wire.conversationId) ?? -1;
    const sender = this.clientOf.get(wire.senderId) ?? -1;
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
    const { clients, conversations, messages, sends, streams, lists, stored, leaks, oddities } = this;
    return { clients, conversations, messages, sends, streams, lists, stored, leaks, oddities };
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
      seen.sender === (this.clientOf.get(wire.senderId) ?? -1)
    );
  }
}
