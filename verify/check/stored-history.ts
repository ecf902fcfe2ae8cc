import type { History, SeenMessage, Send } from '../history.ts';

/** A history with the look-ups that the rules share. */
export class StoredHistory {
  readonly history: History;
  /** Of each seen message, its place in its conversation's stored list, from 0; -1 when it is not stored so. */
  readonly rank: Int32Array;
  readonly storedById = new Map<string, number>();
  /** Of each conversation, the revs up to its end at which no message is stored, rising: those of additions. */
  readonly additionRevs: readonly (readonly number[])[];
  /** Of each conversation, whether its numbers are in order, so that more can be said by them. */
  private readonly sound: readonly boolean[];
  private readonly membersOf: readonly ReadonlySet<number>[];
  private readonly addedOf: readonly Map<number, number>[];
  /** Contents are unique, so a content names its send. */
  readonly sendOf = new Map<string, Send>();

  constructor(history: History) {
    this.history = history;
    this.rank = new Int32Array(history.messages.length).fill(-1);
    for (const list of history.stored) {
      for (const [place, index] of list.entries()) {
        if (this.rank[index] === -1) this.rank[index] = place;
        this.storedById.set(this.message(index).id, index);
      }
    }
    for (const send of history.sends) this.sendOf.set(send.content, send);
    const members = history.conversations.map(({ founders }) => new Set(founders));
    for (const { conversation, client } of history.additions) members[conversation]?.add(client);
    this.membersOf = members;
    this.addedOf = this.whoWasAdded();
    this.sound = history.conversations.map((_, conversation) => this.hasSoundNumbers(conversation));
    this.additionRevs = history.conversations.map((_, conversation) => this.revsWithoutMessage(conversation));
  }

  message(index: number): SeenMessage {
    const message = this.history.messages[index];
    if (!message) throw new RangeError(`no message ${index}`);
    return message;
  }

  rankOf(index: number): number {
    return this.rank[index] ?? -1;
  }

  /** The stored message of the same id, in whatever form it was shown; itself when there is none. */
  canonical(index: number): number {
    return this.rankOf(index) === -1 ? (this.storedById.get(this.message(index).id) ?? index) : index;
  }

  stored(conversation: number): readonly number[] {
    return this.history.stored[conversation] ?? [];
  }

  /** How many messages are stored up to this `rev`. */
  messagesUpTo(conversation: number, rev: number): number {
    const list = this.stored(conversation);
    let [from, to] = [0, list.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.message(list[middle] ?? -1).rev <= rev) from = middle + 1;
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

  members(conversation: number): readonly number[] {
    return [...(this.membersOf[conversation] ?? [])];
  }

  /** Who was added at this `rev`, if anybody heard of it live. */
  addedAt(conversation: number, rev: number): number | undefined {
    return this.addedOf[conversation]?.get(rev);
  }

  /** The `rev` at which somebody was added, if anybody heard of it live. */
  additionRevOf(conversation: number, client: number): number | undefined {
    return [...(this.addedOf[conversation] ?? [])].find(([, one]) => one === client)?.[0];
  }

  /** The send that a message came of, when it is that send's in every part. */
  originOf(message: SeenMessage): Send | undefined {
    const send = this.sendOf.get(message.content);
    return send?.sender === message.sender &&
      send.conversation === message.conversation &&
      send.clientMessageId === message.clientMessageId
      ? send
      : undefined;
  }

  nameOfClient(client: number): string {
    return this.history.clients[client]?.name ?? 'somebody unknown';
  }

  /** Of what is heard live, what may be: somebody who was added, once. */
  private whoWasAdded(): Map<number, number>[] {
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
    const messages = this.stored(conversation).map((index) => this.message(index));
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
    const revs = new Set(this.stored(conversation).map((index) => this.message(index).rev));
    const { rev: end = 0 } = this.history.ends[conversation] ?? {};
    return Array.from({ length: end }, (_, place) => place + 1).filter((rev) => !revs.has(rev));
  }

  /** How a violation calls a message. */
  nameOf(index: number): string {
    const { id, conversation, sender, seq } = this.message(index);
    return `message ${id} (conversation ${conversation}, seq ${seq}, of ${this.nameOfClient(sender)})`;
  }
}
