import { type RevPosition, skipsChanges } from '../../domain/events/rev-order.js';
import { HiddenHistory } from './hidden-history.js';

/** An event with a `rev` that waits for earlier changes. */
interface WaitingChange extends RevPosition {
  readonly deliver: () => void;
}

/** A shared empty map in most rooms, to save memory. */
const NOBODY = new Map<string, number>();

/**
 * What a node knows of a conversation whose room its sockets have joined. The memberships that ended up to `applied`
 * have been applied: nobody who lost one is in the room. An event is delivered only when all changes before it have been.
 */
export class JoinedRoom {
  /** The change of the last membership that ended; of those that ended before the first socket joined nothing is known. */
  private lastEnd: number;
  /** Sockets whose membership was read at a later change than the applied ones, with that change. */
  private ahead = NOBODY;
  private changes: WaitingChange[] = [];
  private others: (() => void)[] = [];

  /**
   * @param applied the change at which the first socket's membership was read
   * @param confirmedAt when that was, in `performance.now()`
   * @param hidden what the sockets in the room may not see; undefined when they may see everything
   */
  constructor(
    public applied: number,
    public confirmedAt: number,
    public hidden?: HiddenHistory,
  ) {
    this.lastEnd = applied;
  }

  /** Events that wait. */
  get waiting(): number {
    return this.changes.length + this.others.length;
  }

  /** The latest change that waits; null without one. */
  get awaited(): number | null {
    return this.changes.at(-1)?.rev ?? null;
  }

  /** Whether a membership that was read at this change still stands, as far as this node knows. */
  admits(rev: number): boolean {
    return rev >= this.lastEnd;
  }

  /** Whether a membership of one of its sockets that was read at this change is no earlier than the one with which it is here. */
  admitsWithin(socketId: string, rev: number): boolean {
    return this.admits(rev) && rev >= (this.ahead.get(socketId) ?? 0);
  }

  /** The socket's membership was read at this change. */
  addSocket(socketId: string, rev: number): void {
    if (rev > this.applied) {
      if (this.ahead === NOBODY) this.ahead = new Map();
      this.ahead.set(socketId, rev);
    } else this.ahead.delete(socketId);
  }

  /** The socket's user does not see messages before this one, as was read at the change. */
  hideBefore(socketId: string, rev: number, seq = 1): void {
    if (seq > 1) this.hidden ??= new HiddenHistory();
    this.hidden?.hideBefore(socketId, rev, seq);
  }

  forgetSocket(socketId: string): void {
    this.ahead.delete(socketId);
    this.hidden?.forgetSocket(socketId);
  }

  /** A membership has ended. Returns the sockets that stay, as they were let in later; null when it was applied before. */
  endMembership(rev: number): ReadonlySet<string> | null {
    if (rev <= this.applied) return null;
    this.lastEnd = Math.max(this.lastEnd, rev);
    return new Set([...this.ahead].flatMap(([socketId, letInAt]) => (letInAt >= rev ? [socketId] : [])));
  }

  /** Delivers an event with a `rev`, or keeps it until all changes before it have been applied. */
  takeChange(position: RevPosition, deliver: () => void): void {
    if (this.changes.length === 0 && !skipsChanges(position, this.applied)) {
      this.advance(position.rev);
      deliver();
      return;
    }
    const after = this.changes.findIndex((waiting) => comesBefore(position, waiting));
    this.changes.splice(after === -1 ? this.changes.length : after, 0, { ...position, deliver });
    this.deliverChanges();
  }

  /** Keeps an event without a `rev` until the memberships have been confirmed. */
  keep(deliver: () => void): void {
    this.others.push(deliver);
  }

  /** Drops the events without a `rev`. */
  dropOthers(): void {
    this.others = [];
  }

  /**
   * All memberships that ended up to a change have been applied.
   * @param confirmedAt when they were read
   */
  confirm(upTo: number, confirmedAt: number): void {
    this.advance(upTo);
    this.confirmedAt = Math.max(this.confirmedAt, confirmedAt);
    this.deliverChanges();
    const { others } = this;
    this.others = [];
    for (const deliver of others) deliver();
  }

  private deliverChanges(): void {
    const missing = this.changes.findIndex((change) => {
      if (skipsChanges(change, this.applied)) return true;
      this.advance(change.rev);
      return false;
    });
    for (const { deliver } of this.changes.splice(0, missing === -1 ? Infinity : missing)) deliver();
  }

  private advance(rev: number): void {
    if (rev <= this.applied) return;
    this.applied = rev;
    for (const [socketId, letInAt] of this.ahead) if (letInAt <= rev) this.ahead.delete(socketId);
    if (this.ahead.size === 0) this.ahead = NOBODY;
  }
}

const neededBy = ({ rev, prevRev = rev - 1 }: RevPosition): number => prevRev;

/** By `rev`. What has only to wait for the change of a `rev` comes after that change. */
function comesBefore(one: RevPosition, other: RevPosition): boolean {
  return one.rev === other.rev ? neededBy(one) < neededBy(other) : one.rev < other.rev;
}
