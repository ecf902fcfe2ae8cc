/**
 * Members that are written to in one turn of the event loop: at about 15 µs each they take half a millisecond. Other
 * work, such as a message to another room, needs several turns and waits for as many slices.
 */
const SLICE = 32;
/** Bytes of a room's events that may wait; above it they are written at once, however long that takes. */
const MAX_QUEUED = 1_048_576;

type Rooms = ReadonlyMap<string, ReadonlySet<string>>;
type Write<T> = (member: string, items: readonly T[]) => void;

interface Limits {
  readonly slice: number;
  readonly maxQueued: number;
}

interface Run<T> {
  /** Items for every member that was in the room when the first of them came. */
  readonly items: readonly T[];
  /** The number of the first item. */
  readonly first: number;
}

interface Pass<T> extends Run<T> {
  /** Members when the pass began; a member that joins later gets none of its items. */
  readonly members: readonly string[];
  /** Number of members that have been visited. */
  visited: number;
}

interface Queue<T> {
  readonly room: string;
  /** Number of items since the queue was created. */
  count: number;
  waiting: T[];
  waitingBytes: number;
  pass: Pass<T> | undefined;
  /** Members that joined meanwhile, with the number of the first item that they get. */
  readonly joined: Map<string, number>;
}

/**
 * Writes each item to all members of its room, in the order in which the room's items came. Small rooms are written at
 * once, large ones in slices that alternate with other rooms. Items that come while a room is being written go to each
 * member together, so a busy room needs fewer writes, not more. A member that leaves gets nothing more; one that joins
 * gets nothing from before.
 */
export class RoomSlices<T> {
  /** Rooms that wait for their next slice, in the order of their turns. */
  private readonly queues = new Map<string, Queue<T>>();

  /** @param rooms live view of the members of all rooms */
  constructor(
    private readonly rooms: Rooms,
    private readonly write: Write<T>,
    private readonly limits: Limits = { slice: SLICE, maxQueued: MAX_QUEUED },
  ) {}

  /**
   * Writes an item to a small room, or queues it for `writeSlice`.
   * @param bytes memory that the item holds while it waits
   */
  deliverItem(room: string, item: T, bytes: number): void {
    const members = this.rooms.get(room);
    if (!members) return;
    const queue = this.queues.get(room);
    if (queue) this.enqueueItem(queue, item, bytes);
    else if (members.size > this.limits.slice) this.enqueueItem(this.openQueue(room), item, bytes);
    else {
      const items = [item];
      for (const member of members) this.write(member, items);
    }
  }

  /** Must be called for every member that joins a room. */
  memberJoined(room: string, member: string): void {
    const queue = this.queues.get(room);
    queue?.joined.set(member, queue.count);
  }

  /** Writes a member's pending items of all its rooms at once. */
  finishMember(member: string): void {
    for (const { room, pass, waiting, joined, count } of this.queues.values()) {
      if (!this.rooms.get(room)?.has(member)) continue;
      if (pass?.members.includes(member, pass.visited)) this.writeTo(member, pass, joined);
      // `writeTo` gets a copy, because the list will grow.
      if (waiting.length > 0) {
        this.writeTo(member, { items: [...waiting], first: count - waiting.length }, joined);
      }
      joined.set(member, count);
    }
  }

  get isEmpty(): boolean {
    return this.queues.size === 0;
  }

  /** Writes to as many members as one turn has time for: one slice over all rooms. */
  writeSlice(): void {
    let left = this.limits.slice;
    for (const queue of this.queues.values()) {
      left -= this.advanceQueue(queue, left);
      this.queues.delete(queue.room);
      if (queue.pass) this.queues.set(queue.room, queue);
      if (left === 0) return;
    }
  }

  private openQueue(room: string): Queue<T> {
    const queue = { room, count: 0, waiting: [], waitingBytes: 0, pass: undefined, joined: new Map() };
    this.queues.set(room, queue);
    return queue;
  }

  private enqueueItem(queue: Queue<T>, item: T, bytes: number): void {
    queue.waiting.push(item);
    queue.waitingBytes += bytes;
    queue.count += 1;
    if (queue.waitingBytes <= this.limits.maxQueued) return;
    this.queues.delete(queue.room);
    this.advanceQueue(queue, Infinity);
  }

  /** Writes to a limited number of members; returns how many. When no pass remains, the queue is empty. */
  private advanceQueue(queue: Queue<T>, limit: number): number {
    let visited = 0;
    queue.pass ??= this.beginPass(queue);
    while (queue.pass && visited < limit) {
      const member = queue.pass.members[queue.pass.visited];
      if (member === undefined) queue.pass = this.beginPass(queue);
      else {
        queue.pass.visited += 1;
        if (!this.rooms.get(queue.room)?.has(member)) continue;
        visited += 1;
        this.writeTo(member, queue.pass, queue.joined);
      }
    }
    return visited;
  }

  private beginPass(queue: Queue<T>): Pass<T> | undefined {
    const { waiting: items, room, count } = queue;
    const members = this.rooms.get(room);
    if (items.length === 0 || !members) return undefined;
    queue.waiting = [];
    queue.waitingBytes = 0;
    const first = count - items.length;
    for (const [member, before] of queue.joined) {
      if (before <= first) queue.joined.delete(member);
    }
    return { items, first, members: [...members], visited: 0 };
  }

  private writeTo(member: string, { items, first }: Run<T>, joined: Queue<T>['joined']): void {
    const missed = (joined.get(member) ?? 0) - first;
    if (missed <= 0) this.write(member, items);
    else if (missed < items.length) this.write(member, items.slice(missed));
  }
}
