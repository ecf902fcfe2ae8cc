const NONE: ReadonlySet<string> = new Set();

/** The parent of a thread. */
interface Parent {
  readonly room: string;
  /** The message in it at which the thread begins. */
  readonly seq: number;
}

/** The rooms of threads that sockets of this node have joined, and those of their parents. */
export class ThreadRooms {
  private readonly parents = new Map<string, Parent>();
  private readonly threads = new Map<string, Set<string>>();

  add(thread: string, { room, seq }: Parent): void {
    this.parents.set(thread, { room, seq });
    const threads = this.threads.get(room);
    if (threads) threads.add(thread);
    else this.threads.set(room, new Set([thread]));
  }

  list(): Iterable<string> {
    return this.parents.keys();
  }

  parentOf(thread: string): string | undefined {
    return this.parents.get(thread)?.room;
  }

  /** The threads of a parent. */
  of(parent: string): ReadonlySet<string> {
    return this.threads.get(parent) ?? NONE;
  }

  /** The threads of a parent that begin before a message. */
  beginningBefore(parent: string, seq: number): string[] {
    return [...this.of(parent)].filter((thread) => (this.parents.get(thread)?.seq ?? seq) < seq);
  }

  /** The last socket has left the room of a thread. */
  forget(thread: string): void {
    const parent = this.parentOf(thread);
    if (parent === undefined) return;
    this.parents.delete(thread);
    const threads = this.threads.get(parent);
    threads?.delete(thread);
    if (threads?.size === 0) this.threads.delete(parent);
  }
}
