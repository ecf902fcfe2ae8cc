import { Highest } from './highest.ts';
import type { StoredHistory } from './stored-history.ts';

/** The bounds of a read position. */
interface PositionBounds {
  readonly least: number;
  readonly most: number;
}

/**
 * Bounds of each member's read position at any tick. Sending and `mark_read` advance it, and it starts at the last `seq` for
 * a member who was added later.
 */
export class ReadPositions {
  private readonly known: StoredHistory;
  private readonly done = new Map<string, Highest>();
  private readonly begun = new Map<string, Highest>();

  constructor(known: StoredHistory) {
    this.known = known;
    const done: Step[] = [];
    const begun: Step[] = [];
    for (const [conversation, list] of known.history.stored.entries()) {
      for (const index of list) {
        const message = known.getMessage(index);
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

  /** @returns the bounds for an answer that was requested at tick `begun` and received at tick `ended` */
  boundsOf(client: number, conversation: number, begun: number, ended: number): PositionBounds {
    const key = keyOf(client, conversation);
    const [from, to] = this.initialBoundsOf(client, conversation);
    return {
      least: Math.max(from, this.done.get(key)?.highestBefore(begun) ?? 0),
      most: Math.max(to, this.begun.get(key)?.highestBefore(ended) ?? 0),
    };
  }

  /** A founder starts at 0, and a member who was added later at the last `seq`. */
  private initialBoundsOf(client: number, conversation: number): readonly [number, number] {
    if (this.known.history.conversations[conversation]?.founders.includes(client)) return [0, 0];
    const rev = this.known.additionRevOf(conversation, client);
    if (rev === undefined) return [0, Infinity];
    const count = this.known.countMessagesUpTo(conversation, rev);
    return [count, count];
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
