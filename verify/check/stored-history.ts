import type { History, SeenMessage, Send } from '../history.ts';

/** A history with the lookups that the rules share. */
export class StoredHistory {
  readonly history: History;
  /** The position of each received message in the stored list, from 0; -1 when it is not stored with the same fields. */
  readonly rank: Int32Array;
  readonly storedById = new Map<string, number>();
  /** Every `rev` of each conversation that no message has, in ascending order: the additions. */
  readonly additionRevs: readonly (readonly number[])[];
  /** Whether the `seq` and `rev` of each conversation are right, so that other rules can use them. */
  private readonly sound: readonly boolean[];
  private readonly membersOf: readonly ReadonlySet<number>[];
  private readonly addedOf: readonly Map<number, number>[];
  /** Sends by their content, which is unique. */
  readonly sendOf = new Map<string, Send>();

  constructor(history: History) {
    this.history = history;
    this.rank = new Int32Array(history.messages.length).fill(-1);
    for (const list of history.stored) {
      for (const [place, index] of list.entries()) {
        if (this.rank[index] === -1) this.rank[index] = place;
        this.storedById.set(this.getMessage(index).id, index);
      }
    }
    for (const send of history.sends) this.sendOf.set(send.content, send);
    const members = history.conversations.map(({ founders }) => new Set(founders));
    for (const { conversation, client } of history.additions) members[conversation]?.add(client);
    this.membersOf = members;
    this.addedOf = this.findAddedClients();
    this.sound = history.conversations.map((_, conversation) => this.hasSoundNumbers(conversation));
    this.additionRevs = history.conversations.map((_, conversation) => this.revsWithoutMessage(conversation));
  }

  getMessage(index: number): SeenMessage {
    const message = this.history.messages[index];
    if (!message) throw new RangeError(`no message ${index}`);
    return message;
  }

  rankOf(index: number): number {
    return this.rank[index] ?? -1;
  }

  /** @returns the stored message with the same id; the message itself when there is none */
  storedVersionOf(index: number): number {
    return this.rankOf(index) === -1 ? (this.storedById.get(this.getMessage(index).id) ?? index) : index;
  }

  storedMessagesOf(conversation: number): readonly number[] {
    return this.history.stored[conversation] ?? [];
  }

  /** @returns the number of stored messages up to this `rev` */
  countMessagesUpTo(conversation: number, rev: number): number {
    const list = this.storedMessagesOf(conversation);
    let [from, to] = [0, list.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.getMessage(list[middle] ?? -1).rev <= rev) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  isSound(conversation: number): boolean {
    return this.sound[conversation] ?? false;
  }

  isMember(client: number, conversation: number): boolean {
    return this.membersOf[conversation]?.has(client) ?? false;
  }

  listMembers(conversation: number): readonly number[] {
    return [...(this.membersOf[conversation] ?? [])];
  }

  /** @returns the client that was added at this `rev`; undefined when no connection received its `member_added` */
  addedAt(conversation: number, rev: number): number | undefined {
    return this.addedOf[conversation]?.get(rev);
  }

  /** @returns the `rev` at which a client was added; undefined when no connection received its `member_added` */
  additionRevOf(conversation: number, client: number): number | undefined {
    return [...(this.addedOf[conversation] ?? [])].find(([, one]) => one === client)?.[0];
  }

  /** @returns the send with the same content, if all other fields agree, too */
  originOf(message: SeenMessage): Send | undefined {
    const send = this.sendOf.get(message.content);
    return send?.sender === message.sender &&
      send.conversation === message.conversation &&
      send.clientMessageId === message.clientMessageId
      ? send
      : undefined;
  }

  nameOfClient(client: number): string {
    return this.history.clients[client]?.name ?? 'an unknown user';
  }

  /** Finds the `rev` of each addition in the received `member_added` events. Each client was added once. */
  private findAddedClients(): Map<number, number>[] {
    const expected = this.history.conversations.map(() => new Set<number>());
    for (const { conversation, client } of this.history.additions) expected[conversation]?.add(client);
    const added = expected.map(() => new Map<number, number>());
    for (const { conversation, additions } of this.history.streams) {
      for (const { rev, client } of additions) {
        if (added[conversation]?.has(rev) || !expected[conversation]?.delete(client)) continue;
        added[conversation]?.set(rev, client);
      }
    }
    return added;
  }

  private hasSoundNumbers(conversation: number): boolean {
    const { lastSeq, rev } = this.history.ends[conversation] ?? { lastSeq: -1, rev: -1 };
    const messages = this.storedMessagesOf(conversation).map((index) => this.getMessage(index));
    const additions = this.history.additions.filter((addition) => addition.conversation === conversation);
    const inOrder = messages.every(
      (message, place) =>
        message.seq === place + 1 &&
        message.rev > (messages[place - 1]?.rev ?? 0) &&
        this.originOf(message) !== undefined,
    );
    return inOrder && lastSeq === messages.length && rev === lastSeq + additions.length;
  }

  private revsWithoutMessage(conversation: number): number[] {
    if (!this.isSound(conversation)) return [];
    const revs = new Set(this.storedMessagesOf(conversation).map((index) => this.getMessage(index).rev));
    const { rev: end = 0 } = this.history.ends[conversation] ?? {};
    return Array.from({ length: end }, (_, place) => place + 1).filter((rev) => !revs.has(rev));
  }

  /** @returns the description of a message in violations */
  nameOfMessage(index: number): string {
    const { id, conversation, sender, seq } = this.getMessage(index);
    return `message ${id} (conversation ${conversation}, seq ${seq}, of ${this.nameOfClient(sender)})`;
  }
}
