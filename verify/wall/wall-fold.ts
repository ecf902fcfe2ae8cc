import type { WireMessage, WireOwn, WireReactionChange } from '../wire.ts';
import type { KeptStates } from './wall.ts';

/** Where the states of messages are recorded. */
interface StateRecord {
  /** @returns the index of the state */
  recordState(message: WireMessage): number;
  /** @returns the person with this id */
  indexOf(userId: string): number;
}

interface Kept {
  readonly rev: number;
  readonly state: number;
}

interface KeptOwn {
  readonly rev: number;
  readonly emojis: readonly string[];
}

/** What a client keeps: of each message the state with the highest `rev`, whatever has brought it. */
export class WallFold {
  /** All changes up to this `rev` are known. */
  completeTo = 0;
  private readonly states = new Map<string, Kept>();
  private readonly own = new Map<string, KeptOwn>();
  private readonly person: number;
  private readonly record: StateRecord;

  constructor(person: number, record: StateRecord) {
    this.person = person;
    this.record = record;
  }

  /** A message of an answer or event. @returns the index of its state */
  receive(message: WireMessage): number {
    const { id, rev } = message;
    const state = this.record.recordState(message);
    if (rev > (this.states.get(id)?.rev ?? 0)) this.states.set(id, { rev, state });
    if (message.deletedAt !== null) this.replaceOwn(id, rev, []);
    return state;
  }

  /** What an answer has beside its messages. */
  receiveOwn(messages: readonly WireMessage[], own: WireOwn = {}): void {
    for (const { id, rev } of messages) this.replaceOwn(id, rev, own.reactions?.[id] ?? []);
  }

  /** `own` of `me_updated`. */
  updateOwn({ reactions = {}, revs = {} }: WireOwn): void {
    for (const [id, emojis] of Object.entries(reactions)) this.replaceOwn(id, revs[id] ?? 0, emojis);
  }

  /** What a live event says of reactions: of all that have changed, or of none. */
  followOwn({ id, rev }: WireMessage, delta: readonly WireReactionChange[] = []): void {
    const before = this.own.get(id) ?? { rev: 0, emojis: [] };
    const mine = delta.filter(({ userId }) => this.record.indexOf(userId) === this.person);
    if (rev <= before.rev || mine.length === 0) return;
    const emojis = mine.reduce((all, { emoji, added }) => {
      const others = all.filter((one) => one !== emoji);
      return added ? [...others, emoji] : others;
    }, before.emojis);
    this.replaceOwn(id, rev, emojis);
  }

  /** A live event. @returns false when something was missed before it */
  follows(rev: number, prevRev = rev - 1): boolean {
    if (prevRev > this.completeTo) return false;
    this.completeTo = Math.max(this.completeTo, rev);
    return true;
  }

  kept(): KeptStates {
    const own = [...this.own].map(([id, { emojis }]) => ({ id, emojis }));
    return {
      person: this.person,
      states: [...this.states.values()].map(({ state }) => state),
      own: own.filter(({ emojis }) => emojis.length > 0),
    };
  }

  private replaceOwn(id: string, rev: number, emojis: readonly string[]): void {
    if (rev >= (this.own.get(id)?.rev ?? 0)) this.own.set(id, { rev, emojis });
  }
}
