import type { ReceivedEvent } from './ws-answer.js';

/**
 * Events that may overtake waiting ones: a new token must arrive before the old one expires, and leaving a room reduces
 * the load.
 */
const URGENT: ReadonlySet<string> = new Set(['authenticate', 'leave_room']);

export const isUrgent = ({ name }: ReceivedEvent): boolean => URGENT.has(name);

interface Held {
  readonly event: ReceivedEvent;
}

/**
 * Held events of one socket in the order in which they are to begin: urgent ones first, both kinds in order of arrival.
 */
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

  /**
   * A client that joins a room and then leaves it is out of it at the end: `leave_room` never overtakes a join of its
   * room.
   */
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

/** Reads the room from a payload that has not been validated; ids are compared without case. */
function roomOf(payload: unknown): string | undefined {
  if (typeof payload !== 'object' || payload === null || !('conversationId' in payload)) return undefined;
  const { conversationId } = payload;
  return typeof conversationId === 'string' ? conversationId.toLowerCase() : undefined;
}
