import type { ReplyTarget } from '../../src/contract.ts';

/** The members of the model; the first one is the user of the client. */
export const USERS = ['me', 'ann', 'bob', 'cid'] as const;
export type User = (typeof USERS)[number];
/** Of a kind of reactions: few, so that some are left out. */
const SHOWN_USERS = 1;

export interface ModelMessage {
  readonly id: string;
  readonly seq: number;
  readonly rev: number;
  readonly senderId: User;
  readonly clientMessageId: string | null;
  readonly text: string;
  readonly replyTo?: ReplyTarget;
  readonly reactions: readonly {
    readonly emoji: string;
    readonly count: number;
    readonly userIds: readonly string[];
  }[];
}
export interface ModelOwn {
  readonly reactions: Readonly<Record<string, readonly string[]>>;
}
export interface ModelEvent {
  readonly rev: number;
  readonly prevRev?: number;
  readonly message?: ModelMessage;
}
interface Stored {
  readonly id: string;
  readonly seq: number;
  readonly senderId: User;
  readonly clientMessageId: string | null;
  /** All of its changes; the first one has stored it. */
  readonly revs: number[];
  text: string;
  /** Users by kind, in the order of time. */
  reactions: Map<string, User[]>;
}

/** One conversation, numbered and answered as the server does, for one reader: the first user. */
export class ModelServer {
  rev = 0;
  visibleFromSeq = 1;
  readonly stored: Stored[] = [];
  /** The `seq` of the message that a change has changed; 0 for a change of members. */
  private readonly changed: number[] = [];
  /** What the reader is not told of, until the next event that it is told of. */
  private withheldAfter: number | null = null;

  get lastSeq(): number {
    return this.stored.length;
  }

  send(senderId: User, clientMessageId: string | null): ModelMessage {
    const before = this.stored.find((one) => clientMessageId && one.clientMessageId === clientMessageId);
    if (before) return this.show(before.seq);
    const seq = this.lastSeq + 1;
    const sent = { id: `m${seq}`, seq, senderId, clientMessageId, revs: [], text: '1', reactions: new Map() };
    this.stored.push(sent);
    return this.change(sent);
  }

  edit(seq: number): ModelMessage {
    const message = this.at(seq);
    if (message.text !== '') message.text += '+';
    return this.change(message);
  }

  delete(seq: number): ModelMessage {
    const message = this.at(seq);
    message.text = '';
    message.reactions = new Map();
    return this.change(message);
  }

  /** Gives a reaction, or takes it back. */
  react(user: User, seq: number, emoji: string): ModelMessage {
    const message = this.at(seq);
    if (message.text === '') return this.show(seq);
    const users = message.reactions.get(emoji) ?? [];
    const others = users.filter((one) => one !== user);
    const left = others.length < users.length ? others : [...users, user];
    if (left.length > 0) message.reactions.set(emoji, left);
    else message.reactions.delete(emoji);
    return this.change(message);
  }

  changeMembers(): void {
    this.rev += 1;
    this.changed.push(0);
  }

  clear(): void {
    this.visibleFromSeq = this.lastSeq + 1;
  }

  /** All changes after `since` in one snapshot, as the events of a node that has missed them. */
  eventsSince(since: number): ModelEvent[] {
    const events: ModelEvent[] = [];
    let known = since;
    for (let rev = since + 1; rev <= this.rev; rev += 1) {
      const seq = this.changed[rev - 1] ?? 0;
      if (seq > 0 && this.at(seq).revs.at(-1) !== rev) continue;
      const prevRev = Math.min(known, this.withheldAfter ?? known);
      known = rev;
      if (seq > 0 && seq < this.visibleFromSeq) {
        this.withheldAfter = prevRev;
        continue;
      }
      this.withheldAfter = null;
      events.push({
        rev,
        ...(prevRev < rev - 1 && { prevRev }),
        ...(seq > 0 && { message: this.show(seq) }),
      });
    }
    return events;
  }

  /** What was withheld from a connection is forgotten with it. */
  reconnect(): void {
    this.withheldAfter = null;
  }

  /** The visible ones of these messages, newest first, as a page answers them. */
  page(first: number, last: number) {
    const from = Math.max(first, this.visibleFromSeq);
    const to = Math.min(last, this.lastSeq);
    const data: ModelMessage[] = [];
    for (let seq = to; seq >= from; seq -= 1) data.push(this.show(seq));
    return {
      data,
      hasMoreBefore: from > this.visibleFromSeq,
      hasMoreAfter: Math.max(to, this.visibleFromSeq - 1) < this.lastSeq,
      own: this.ownOf(data),
      rev: this.rev,
    };
  }

  changes(since: number, limit: number) {
    const all: ModelMessage[] = [];
    for (const [index, seq] of this.changed.entries())
      if (index >= since && seq >= this.visibleFromSeq && this.latestRevOf(seq) === index + 1)
        all.push(this.show(seq));
    const data = all.slice(0, limit);
    const rev = all.length > limit ? (data.at(-1)?.rev ?? 0) : this.rev;
    const { rev: headRev, lastSeq, visibleFromSeq } = this;
    return { data, own: this.ownOf(data), rev, headRev, lastSeq, visibleFromSeq };
  }

  show(seq: number): ModelMessage {
    const { id, senderId, clientMessageId, revs, text, reactions } = this.at(seq);
    const shown = [...reactions].map(([emoji, users]) => ({
      emoji,
      count: users.length,
      userIds: users.slice(0, SHOWN_USERS),
    }));
    return { id, seq, rev: revs.at(-1) ?? 0, senderId, clientMessageId, text, reactions: shown };
  }

  ownOf(messages: readonly ModelMessage[]): ModelOwn {
    const mine = messages.map(({ id, seq }) => [id, this.ownAt(seq)] as const);
    return { reactions: Object.fromEntries(mine.filter(([, emojis]) => emojis.length > 0)) };
  }

  ownAt(seq: number): string[] {
    return [...this.at(seq).reactions].flatMap(([emoji, users]) => (users.includes('me') ? [emoji] : []));
  }

  latestRevOf(seq: number): number {
    return this.at(seq).revs.at(-1) ?? 0;
  }

  private at(seq: number): Stored {
    const message = this.stored[seq - 1];
    if (!message) throw new Error(`There is no message ${seq}.`);
    return message;
  }

  private change(message: Stored): ModelMessage {
    this.rev += 1;
    this.changed.push(message.seq);
    message.revs.push(this.rev);
    return this.show(message.seq);
  }
}
