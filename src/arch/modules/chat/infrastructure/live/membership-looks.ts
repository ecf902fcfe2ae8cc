import { guardListener } from '../../../../common/application/guard-listener.js';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import { EndedMembershipsReader } from '../statements/ended-memberships.reader.js';
import type { JoinedRoom } from './joined-room.js';

/** Rooms of one statement: with more, other statements would wait for its answer. */
const MAX_ROOMS = 4_096;
/** Milliseconds that an event waits for the missing ones, which other nodes have sent, before the log is read. */
const MISSED_AFTER = 10;
/** Milliseconds over which rooms are collected whose memberships have to be confirmed. */
const COLLECTED_FOR = 20;
/** Milliseconds before a failed reading is repeated. */
const REPEATED_AFTER = 500;

interface Rooms {
  find(room: string): JoinedRoom | undefined;
  usersIn(room: string): readonly string[];
  evict(room: string, userId: string | null, rev: number): void;
  /** Whether missing events can still come from other nodes. */
  hearsOthers(): boolean;
}

/** A room whose memberships are being read. */
interface Asked {
  readonly id: string;
  readonly joined: JoinedRoom;
  readonly applied: number;
  /** The latest change that waited before the reading: the log has all changes up to it. */
  readonly upTo: number;
}

/**
 * Reads which memberships have ended in the rooms where events wait for it: one statement for many rooms, one at a time.
 * Rooms that had events without a `rev` since the last reading are read again with the others.
 */
export class MembershipLooks {
  private readonly reader;
  /** Rooms with events that wait. */
  private readonly needed = new Set<string>();
  /** Rooms whose confirmation is used. */
  private readonly used = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  /** When the next reading is due, in `performance.now()`. */
  private dueAt = Infinity;
  private reading = false;

  constructor(
    private readonly database: Database,
    private readonly rooms: Rooms,
  ) {
    this.reader = new EndedMembershipsReader(database);
  }

  /** An event waits for changes that this node has missed. */
  readMissed(room: string): void {
    this.needed.add(room);
    this.schedule(this.rooms.hearsOthers() ? MISSED_AFTER : 0);
  }

  /** An event waits until the memberships have been confirmed. */
  confirm(room: string): void {
    this.needed.add(room);
    this.schedule(COLLECTED_FOR);
  }

  /** The memberships are needed, and confirmed. */
  refresh(room: string): void {
    this.used.add(room);
  }

  /** The last socket has left the room. */
  forget(room: string): void {
    this.needed.delete(room);
    this.used.delete(room);
  }

  private schedule(delay: number): void {
    const at = performance.now() + delay;
    if (at >= this.dueAt) return;
    this.dueAt = at;
    if (!this.reading) this.startTimer();
  }

  private startTimer(): void {
    clearTimeout(this.timer);
    const delay = Math.max(0, this.dueAt - performance.now());
    this.timer = this.database.outsideTransaction(() => setTimeout(this.readAll, delay).unref());
  }

  private readonly readAll = guardListener(async () => {
    this.dueAt = Infinity;
    this.reading = true;
    const isRead = await this.readDue();
    this.reading = false;
    if (!isRead) this.dueAt = performance.now() + REPEATED_AFTER;
    // More rooms than one statement reads.
    else if (this.needed.size > 0) this.schedule(COLLECTED_FOR);
    if (this.dueAt < Infinity) this.startTimer();
  });

  private async readDue(): Promise<boolean> {
    const asked = this.takeDue();
    if (asked.length === 0) return true;
    try {
      await this.read(asked);
      return true;
    } catch {
      for (const { id, joined } of asked) {
        joined.dropOthers();
        if (joined.awaited !== null && this.rooms.find(id) === joined) this.needed.add(id);
      }
      return false;
    }
  }

  private takeDue(): Asked[] {
    const [needed, used] = [[...this.needed].slice(0, MAX_ROOMS), [...this.used].slice(0, MAX_ROOMS)];
    for (const id of needed) this.needed.delete(id);
    // The missing events may have come meanwhile.
    const waiting = needed.filter((id) => (this.rooms.find(id)?.waiting ?? 0) > 0);
    if (waiting.length === 0) return [];
    for (const id of used) this.used.delete(id);
    return [...new Set([...waiting, ...used])].slice(0, MAX_ROOMS).flatMap((id) => this.ask(id) ?? []);
  }

  private ask(id: string): Asked | null {
    const joined = this.rooms.find(id);
    if (!joined) return null;
    const { applied, awaited } = joined;
    return { id, joined, applied, upTo: awaited ?? applied };
  }

  private async read(asked: readonly Asked[]): Promise<void> {
    const readAt = performance.now();
    const ended = new Map((await this.reader.findEnds(asked)).map((found) => [found.id, found]));
    for (const { id, joined, upTo } of asked) {
      const found = ended.get(id);
      if (found?.ends) for (const { rev, userId } of found.ends) this.rooms.evict(id, userId, rev);
      else if (found) await this.evictStrangers(id, joined, found.membersRev);
      if (this.rooms.find(id) === joined) joined.confirm(Math.max(upTo, found?.membersRev ?? 0), readAt);
    }
  }

  /** For changes of members that the log does not show: asks who of the room is a member. */
  private async evictStrangers(id: string, joined: JoinedRoom, rev: number): Promise<void> {
    // Nor does it show who is joining with a membership that has ended: all that were read before are read again.
    joined.endMembership(rev);
    const users = this.rooms.usersIn(id);
    const members = await this.reader.findMembers(id, users);
    for (const userId of users) if (!members.has(userId)) this.rooms.evict(id, userId, rev);
  }
}
