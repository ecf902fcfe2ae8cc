import type { WireMessage } from '../wire.ts';
import type { GuestAbsence } from './guest-absence.ts';
import type { Read, State, Wall, WallAct, WallEar, WallEnd, WallRoot } from './wall.ts';
import type { WallFold } from './wall-fold.ts';

type Open<T> = { -readonly [Key in keyof T]: T[Key] extends readonly (infer Item)[] ? Item[] : T[Key] };
export type OpenWallAct = Open<WallAct>;
export type OpenWallEar = Open<WallEar>;

/** The texts that people of a wall write: no other text looks like them. */
const TEXT = /wall-\d+-\d+/g;
/** Messages that people choose from: of the newest ones, so that several people change the same. */
const NEWEST = 12;

/** Collects what happens on a wall. */
export class WallRecord {
  readonly acts: OpenWallAct[] = [];
  readonly ears: OpenWallEar[] = [];
  readonly reads: Read[] = [];
  readonly states: State[] = [];
  readonly folds: WallFold[] = [];
  readonly outside: string[] = [];
  end: WallEnd | null = null;
  /** Number of acts that were answered with success. */
  done = 0;
  /** Of the conversation; empty until it is created. */
  id = '';
  private readonly people: readonly string[];
  private readonly personOf: ReadonlyMap<string, number>;
  private readonly indexes = new Map<string, number>();
  readonly absence: GuestAbsence;
  private readonly onThread: (id: string, messageId: string) => void;
  private readonly root: WallRoot | null;
  private readonly newest: State[] = [];
  private ticks = 0;

  /** @param onThread called with each message that shows a thread */
  constructor(
    accounts: readonly { readonly id: string; readonly name: string }[],
    absence: GuestAbsence,
    onThread: (id: string, messageId: string) => void = () => undefined,
    root: WallRoot | null = null,
  ) {
    this.absence = absence;
    this.onThread = onThread;
    this.root = root;
    this.people = accounts.map(({ name }) => name);
    this.personOf = new Map(accounts.map(({ id }, person) => [id, person]));
  }

  get isThread(): boolean {
    return this.root !== null;
  }

  /** @returns the next tick */
  tick(): number {
    this.ticks += 1;
    return this.ticks;
  }

  /** @returns the index of a person; -1 for another user */
  indexOf(userId: string): number {
    return this.personOf.get(userId) ?? -1;
  }

  /** Messages that somebody knows of, as somebody has received them: what people believe, not what is checked. */
  known(): readonly State[] {
    return this.newest;
  }

  /** @returns the index of a state */
  recordState(message: WireMessage): number {
    const fields = fieldsOf(message);
    const known = this.indexes.get(fields);
    if (known !== undefined) return known;
    const state = this.toState(message, fields);
    const index = this.states.push(state) - 1;
    this.indexes.set(fields, index);
    this.believe(state);
    if (state.thread) this.onThread(state.thread.id, state.id);
    return index;
  }

  /** @returns the indexes of the states in an answer */
  recordRead(person: number, begun: number, messages: readonly WireMessage[], answer: unknown): number[] {
    const states = messages.map((message) => this.recordState(message));
    const texts = new Set(JSON.stringify(answer).match(TEXT));
    this.reads.push({ person, begun, states, texts: [...texts] });
    return states;
  }

  wall(): Wall {
    const { id, root, people, acts, states, ears, reads, outside, end } = this;
    const keptStates = this.folds.map((fold) => fold.kept());
    return { id, root, people, acts, states, ears, reads, keptStates, outside, end };
  }

  private believe(state: State): void {
    const place = this.newest.findIndex(({ id }) => id === state.id);
    const known = this.newest[place];
    if (!known) this.newest.push(state);
    else if (known.rev < state.rev) this.newest[place] = state;
    if (this.newest.length > NEWEST) this.newest.splice(0, 1);
  }

  private toState(message: WireMessage, fields: string): State {
    const { id, seq, rev, senderId, content, createdAt, deletedAt, pinnedAt, thread } = message;
    const { mentions = [], mentionsAll = false, reactions = [] } = message;
    const everybody = [...this.people.keys()];
    return {
      id,
      seq,
      rev,
      sender: this.indexOf(senderId),
      content,
      createdAt,
      isDeleted: deletedAt !== null,
      isPinned: pinnedAt !== undefined,
      mentions: mentionsAll ? everybody : mentions.map((userId) => this.indexOf(userId)),
      reactions: reactions.map(({ emoji, count, userIds }) => {
        const people = userIds.map((userId) => this.indexOf(userId));
        return { emoji, count, people };
      }),
      thread: thread
        ? { id: thread.id, replyCount: thread.replyCount, lastReplyAt: thread.lastReplyAt ?? '' }
        : null,
      fields,
    };
  }
}

/** In one order of names. The beginning of the message that it replies to is as of the answer, and `prevRev` is its own. */
function fieldsOf({ sender: _name, prevRev: _place, replyTo, ...message }: WireMessage): string {
  const target = replyTo && { id: replyTo.id, seq: replyTo.seq };
  return JSON.stringify(
    Object.entries({ ...message, replyTo: target }).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
}
