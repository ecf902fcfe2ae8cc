import type { History, SeenMessage, Send } from '../history.ts';

/** A history with the look-ups that the rules share. */
export class StoredHistory {
  readonly history: History;
  /** Of each seen message, its place in its conversation's stored list, from 0; -1 when it is not stored so. */
  readonly rank: Int32Array;
  readonly storedById = new Map<string, number>();
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

  isMember(client: number, conversation: number): boolean {
    return this.history.conversations[conversation]?.members.includes(client) ?? false;
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

  /** How a violation calls a message. */
  nameOf(index: number): string {
    const { id, conversation, sender, seq } = this.message(index);
    return `message ${id} (conversation ${conversation}, seq ${seq}, of ${this.nameOfClient(sender)})`;
  }
}
