const NONE: ReadonlySet<string> = new Set();

/** The rooms of threads that sockets of this node have joined, and those of their parents. */
export class ThreadRooms {
  private readonly parents = new Map<string, string>();
  private readonly threads = new Map<string, Set<string>>();

  add(thread: string, parent: string): void {
    this.parents.set(thread, parent);
    const threads = this.threads.get(parent);
    if (threads) threads.add(thread);
    else this.threads.set(parent, new Set([thread]));
  }

  list(): Iterable<string> {
    return this.parents.keys();
  }

  parentOf(thread: string): string | undefined {
    return this.parents.get(thread);
  }

  /** The threads of a parent. */
  of(parent: string): ReadonlySet<string> {
    return this.threads.get(parent) ?? NONE;
  }

  /** The last socket has left the room of a thread. */
  forget(thread: string): void {
    const parent = this.parents.get(thread);
    if (parent === undefined) return;
    this.parents.delete(thread);
    const threads = this.threads.get(parent);
    threads?.delete(thread);
    if (threads?.size === 0) this.threads.delete(parent);
  }
}
