/** Conversations remembered: about 10 MiB. Those that have been quiet the longest are forgotten first. */
const MAX_CONVERSATIONS = 65_536;

/** How far each conversation's changes have been emitted. */
export class EmittedRevs {
  private readonly last = new Map<string, number>();

  constructor(private readonly most = MAX_CONVERSATIONS) {}

  /** Whether this change is later than all that were emitted of its conversation; it counts as emitted then. */
  advance(conversationId: string, rev: number): boolean {
    const last = this.last.get(conversationId);
    if (last !== undefined && rev <= last) return false;
    this.last.delete(conversationId);
    this.last.set(conversationId, rev);
    if (this.last.size > this.most) this.last.delete(this.last.keys().next().value as string);
    return true;
  }
}
