import { Highest } from './highest.ts';
import type { StoredHistory } from './stored-history.ts';

/** Where a member had read to: at least, and at most. */
interface Place {
  readonly least: number;
  readonly most: number;
}

/** What is known of each member's read position: sending moves it, `mark_read` does, and a late member starts at the end. */
export class ReadPlaces {
  private readonly known: StoredHistory;
  private readonly done = new Map<string, Highest>();
  private readonly begun = new Map<string, Highest>();

  constructor(known: StoredHistory) {
    this.known = known;
    const done: Step[] = [];
    const begun: Step[] = [];
    for (const [conversation, list] of known.history.stored.entries()) {
      for (const index of list) {
        const message = known.message(index);
        const key = keyOf(message.sender, conversation);
        const first = known.originOf(message)?.attempts[0]?.begun ?? 0;
        done.push({ key, tick: message.firstSeen, value: message.seq });
        begun.push({ key, tick: first, value: message.seq });
      }
    }
    for (const { client, conversation, seq, begun: tick, ended, lastReadSeq } of known.history.marks) {
      const key = keyOf(client, conversation);
      if (ended !== Infinity) done.push({ key, tick: ended, value: lastReadSeq });
      begun.push({ key, tick, value: Math.max(seq, lastReadSeq) });
    }
    for (const [key, steps] of Map.groupBy(done, ({ key: one }) => one))
      this.done.set(key, new Highest(steps));
    for (const [key, steps] of Map.groupBy(begun, ({ key: one }) => one))
      this.begun.set(key, new Highest(steps));
  }

  /** For an answer to a question asked at `begun` that came at `ended`. */
  of(client: number, conversation: number, begun: number, ended: number): Place {
    const key = keyOf(client, conversation);
    const [from, to] = this.start(client, conversation);
    return {
      least: Math.max(from, this.done.get(key)?.before(begun) ?? 0),
      most: Math.max(to, this.begun.get(key)?.before(ended) ?? 0),
    };
  }

  /** Where the member began: a founder with nothing, a late one with everything. */
  private start(client: number, conversation: number): readonly [number, number] {
    if (this.known.history.conversations[conversation]?.founders.includes(client)) return [0, 0];
    const rev = this.known.additionRevOf(conversation, client);
    if (rev === undefined) return [0, Infinity];
    const there = this.known.messagesUpTo(conversation, rev);
    return [there, there];
  }
}

interface Step {
  readonly key: string;
  readonly tick: number;
  readonly value: number;
}

function keyOf(client: number, conversation: number): string {
  return `${client} ${conversation}`;
}
