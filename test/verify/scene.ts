import type { History, MessageList, Outcome } from '../../verify/history.ts';
import { type OpenSend, type OpenStream, Recorder } from '../../verify/recorder.ts';
import type { WireMessage } from '../../verify/wire.ts';

/** The history with everything open to be changed. */
type Changeable<T> = T extends object ? { -readonly [Key in keyof T]: Changeable<T[Key]> } : T;
export type ChangeableHistory = Changeable<History>;

/** A server that does everything right, in memory, and clients whose every step the test decides. */
export class Scene {
  readonly recorder: Recorder;
  private readonly stored: WireMessage[][];
  private readonly streams = new Set<OpenStream>();
  private connections = 0;
  private ids = 0;

  constructor(
    private readonly clients: readonly string[],
    private readonly members: readonly (readonly number[])[],
  ) {
    const named = clients.map((name) => ({ id: name, name }));
    this.recorder = new Recorder(
      named,
      members.map((inIt, index) => ({ id: `room ${index}`, members: [...inIt], additions: 0 })),
    );
    this.stored = members.map(() => []);
  }

  connect(): number {
    this.connections += 1;
    return this.connections;
  }

  join(client: number, connection: number, conversation: number, answered = true): OpenStream {
    const lastSeqAtJoin = answered ? this.storedIn(conversation).length : -1;
    const stream = { client, conversation, connection, lastSeqAtJoin, untilEnd: false, messages: [] };
    this.recorder.streams.push(stream);
    this.streams.add(stream);
    return stream;
  }

  leave(stream: OpenStream): void {
    this.streams.delete(stream);
  }

  /** A message that its client is about to send. */
  draft(sender: number, conversation: number, withId = true): OpenSend {
    this.ids += 1;
    const clientMessageId = withId ? `id-${this.ids}` : null;
    const send = { sender, conversation, clientMessageId, content: `content ${this.ids}`, attempts: [] };
    this.recorder.sends.push(send);
    return send;
  }

  /** An attempt begins; what it answers with, once the server takes it. */
  begin(send: OpenSend, connection = 0): (answered?: boolean) => WireMessage {
    const attempt = this.recorder.begin(send, connection);
    return (answered = true) => {
      const [outcome, message] = this.take(send);
      if (answered) this.recorder.acknowledge(attempt, outcome, message);
      return message;
    };
  }

  /** Sends and is acknowledged. */
  send(sender: number, conversation: number, connection = 0): WireMessage {
    return this.begin(this.draft(sender, conversation), connection)();
  }

  /** Everything is settled: the lists are read. */
  end(): ChangeableHistory {
    for (const stream of this.streams) stream.untilEnd = true;
    for (const [conversation, messages] of this.stored.entries()) {
      const read = (): number[] => messages.map((message) => this.recorder.see(message));
      this.recorder.stored.push(read());
      for (const client of this.members[conversation] ?? []) {
        const list: MessageList = { client, conversation, how: 'as it went', messages: read() };
        this.recorder.lists.push(list);
      }
    }
    return structuredClone(this.recorder.history()) as ChangeableHistory;
  }

  private take({ sender, conversation, content, clientMessageId }: OpenSend): [Outcome, WireMessage] {
    const stored = this.storedIn(conversation);
    const known = stored.find((message) => message.content === content);
    if (known) return ['duplicate', known];
    const seq = stored.length + 1;
    const message: WireMessage = {
      id: `${conversation}/${seq}`,
      conversationId: `room ${conversation}`,
      senderId: this.clients[sender] ?? '',
      content,
      createdAt: `tick ${seq}`,
      seq,
      rev: seq,
      clientMessageId,
    };
    stored.push(message);
    for (const stream of this.streams) {
      if (stream.conversation === conversation) stream.messages.push(this.recorder.see(message));
    }
    return ['stored', message];
  }

  private storedIn(conversation: number): WireMessage[] {
    const stored = this.stored[conversation];
    if (!stored) throw new RangeError(`no conversation ${conversation}`);
    return stored;
  }
}
