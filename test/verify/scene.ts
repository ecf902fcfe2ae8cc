import type { History, MessageList, Outcome } from '../../verify/history.ts';
import { type OpenSend, type OpenStream, Recorder } from '../../verify/recorder.ts';
import { openStream } from '../../verify/stream.ts';
import type { WireMessage } from '../../verify/wire.ts';

/** A history whose fields can be changed. */
type Changeable<T> = T extends object ? { -readonly [Key in keyof T]: Changeable<T[Key]> } : T;
export type ChangeableHistory = Changeable<History>;

/** A room as the server stores it. */
interface SceneRoom {
  readonly messages: WireMessage[];
  /** Its members, with their read positions. */
  readonly members: Map<number, number>;
  rev: number;
  membersRev: number;
}

/** A correct server in memory, and clients whose every step the test decides. */
export class Scene {
  readonly recorder: Recorder;
  private readonly rooms: readonly SceneRoom[];
  private readonly streams = new Set<OpenStream>();
  private connections = 0;
  private ids = 0;

  constructor(
    private readonly clients: readonly string[],
    members: readonly (readonly number[])[],
  ) {
    this.recorder = new Recorder(clients.map((name) => ({ id: name, name })));
    this.rooms = members.map((founders, index) => {
      this.recorder.addConversation({
        id: `room ${index}`,
        founders: [...founders],
        begun: this.recorder.tick(),
      });
      const read = new Map(founders.map((client) => [client, 0]));
      return { messages: [], members: read, rev: 0, membersRev: 0 };
    });
  }

  connect(client: number): number {
    this.connections += 1;
    const begun = this.recorder.tick();
    const connection = this.connections;
    this.recorder.connections.push({ client, connection, begun, untilEnd: true, invitations: [] });
    return connection;
  }

  disconnect(connection: number): void {
    const found = this.recorder.connections.find((one) => one.connection === connection);
    if (found) found.untilEnd = false;
  }

  join(client: number, connection: number, conversation: number, answered = true): OpenStream {
    const stream = openStream(client, conversation, connection);
    if (answered) {
      stream.lastSeqAtJoin = this.room(conversation).messages.length;
      stream.revAtJoin = this.room(conversation).rev;
      stream.joined = this.recorder.tick();
    }
    this.recorder.streams.push(stream);
    this.streams.add(stream);
    return stream;
  }

  leave(stream: OpenStream): void {
    this.streams.delete(stream);
  }

  add(client: number, conversation: number): void {
    const room = this.room(conversation);
    const begun = this.recorder.tick();
    room.rev += 1;
    room.membersRev = room.rev;
    room.members.set(client, room.messages.length);
    for (const stream of this.listeners(conversation))
      stream.additions.push({ rev: room.rev, client, after: stream.messages.length });
    for (const connection of this.recorder.connections) {
      if (connection.client === client) connection.invitations.push(`room ${conversation}`);
    }
    this.recorder.additions.push({ client, conversation, begun, ended: this.recorder.tick() });
  }

  mark(client: number, conversation: number, seq: number, answered = true): void {
    const { members } = this.room(conversation);
    const begun = this.recorder.tick();
    const before = members.get(client) ?? 0;
    const lastReadSeq = Math.max(before, seq);
    members.set(client, lastReadSeq);
    if (lastReadSeq > before) {
      for (const stream of this.listeners(conversation)) stream.reads.push({ client, lastReadSeq });
    }
    const answer = answered
      ? { ended: this.recorder.tick(), lastReadSeq }
      : { ended: Infinity, lastReadSeq: -1 };
    this.recorder.marks.push({ client, conversation, seq, begun, ...answer });
  }

  /** Reads the head of a conversation, and the client's own read position. */
  readHead(client: number, conversation: number): void {
    const { messages, members, rev } = this.room(conversation);
    const begun = this.recorder.tick();
    const lastSeq = messages.length;
    const lastReadSeq = members.get(client) ?? 0;
    const unreadCount = lastSeq - lastReadSeq;
    const ended = this.recorder.tick();
    const head = { client, conversation, begun, ended, lastSeq, rev, unreadCount };
    this.recorder.heads.push({ ...head, how: 'the list', lastReadSeq });
    this.recorder.heads.push({ ...head, how: 'join_all', lastReadSeq: -1 });
  }

  catchUp(client: number, conversation: number, since: number): void {
    const { rev, membersRev, members } = this.room(conversation);
    const changed = membersRev > since ? [...members.keys()] : null;
    this.recorder.changes.push({ client, conversation, since, rev, members: changed });
  }

  endOf(conversation: number): number {
    return this.room(conversation).messages.length;
  }

  /** A message that its client is about to send. */
  draft(sender: number, conversation: number, withId = true): OpenSend {
    this.ids += 1;
    const clientMessageId = withId ? `id-${this.ids}` : null;
    const send = { sender, conversation, clientMessageId, content: `content ${this.ids}`, attempts: [] };
    this.recorder.sends.push(send);
    return send;
  }

  /** Begins an attempt; returns its answer, once the server accepts it. */
  begin(send: OpenSend, connection = 0): (answered?: boolean) => WireMessage {
    const attempt = this.recorder.addAttempt(send, connection);
    return (answered = true) => {
      const [outcome, message] = this.take(send);
      if (answered) this.recorder.recordAck(attempt, outcome, message);
      return message;
    };
  }

  /** Sends a message, which is acknowledged. */
  send(sender: number, conversation: number, connection = 0): WireMessage {
    return this.begin(this.draft(sender, conversation), connection)();
  }

  /** All outcomes are known: the lists are read. */
  end(): ChangeableHistory {
    for (const stream of this.streams) stream.untilEnd = true;
    for (const [conversation, { messages, members, rev }] of this.rooms.entries()) {
      const read = (): number[] => messages.map((message) => this.recorder.recordMessage(message));
      this.recorder.stored.push(read());
      const places = [...members].map(([client, lastReadSeq]) => ({ client, lastReadSeq }));
      this.recorder.ends.push({ lastSeq: messages.length, rev, members: places });
      for (const client of members.keys()) {
        const list: MessageList = { client, conversation, how: 'kept during the round', messages: read() };
        this.recorder.lists.push(list);
      }
    }
    for (const client of this.clients.keys()) {
      const own = [...this.rooms.entries()].filter(([, { members }]) => members.has(client));
      this.recorder.conversationLists.push({
        client,
        conversations: own.map(([conversation]) => conversation),
      });
    }
    return structuredClone(this.recorder.history()) as ChangeableHistory;
  }

  private take({ sender, conversation, content, clientMessageId }: OpenSend): [Outcome, WireMessage] {
    const room = this.room(conversation);
    const known = room.messages.find((message) => message.content === content);
    if (known) return ['duplicate', known];
    const seq = room.messages.length + 1;
    room.rev += 1;
    const message: WireMessage = {
      id: `${conversation}/${seq}`,
      conversationId: `room ${conversation}`,
      senderId: this.clients[sender] ?? '',
      content,
      createdAt: `tick ${seq}`,
      seq,
      rev: room.rev,
      clientMessageId,
      deletedAt: null,
    };
    room.messages.push(message);
    room.members.set(sender, seq);
    for (const stream of this.listeners(conversation))
      stream.messages.push(this.recorder.recordMessage(message));
    return ['stored', message];
  }

  private listeners(conversation: number): OpenStream[] {
    return [...this.streams].filter((stream) => stream.conversation === conversation);
  }

  private room(conversation: number): SceneRoom {
    const room = this.rooms[conversation];
    if (!room) throw new RangeError(`no conversation ${conversation}`);
    return room;
  }
}
