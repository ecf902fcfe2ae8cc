import type { ReceivedEvent } from './ws-answer.js';

/** What must get through however much waits: a newer token before the old one ends, and what makes it quieter. */
const URGENT: ReadonlySet<string> = new Set(['authenticate', 'leave_room']);

export const isUrgent = ({ name }: ReceivedEvent): boolean => URGENT.has(name);

interface Held {
  readonly event: ReceivedEvent;
}

/** Events of one socket in the order in which they are to begin: urgent ones first, both kinds as they came. */
export class HeldEvents<T extends Held> {
  private readonly urgent: T[] = [];
  private readonly ordinary: T[] = [];

  get isEmpty(): boolean {
    return this.urgent.length === 0 && this.ordinary.length === 0;
  }

  push(held: T): void {
    (this.mayOvertake(held.event) ? this.urgent : this.ordinary).push(held);
  }

  shift(): T | undefined {
    return this.urgent.shift() ?? this.ordinary.shift();
  }

  /** Whoever joins a room and then leaves it is out of it at the end: no join is overtaken by the leaving. */
  private mayOvertake(urgent: ReceivedEvent): boolean {
    if (!isUrgent(urgent)) return false;
    const { name, payload } = urgent;
    if (name !== 'leave_room') return true;
    const room = roomOf(payload);
    return !this.ordinary.some(
      ({ event }) =>
        event.name === 'join_all' || (event.name === 'join_room' && roomOf(event.payload) === room),
    );
  }
}

/** As it came, which nobody has checked yet; ids are the same in either case. */
function roomOf(payload: unknown): string | undefined {
  if (typeof payload !== 'object' || payload === null || !('conversationId' in payload)) return undefined;
  const { conversationId } = payload;
  return typeof conversationId === 'string' ? conversationId.toLowerCase() : undefined;
}
