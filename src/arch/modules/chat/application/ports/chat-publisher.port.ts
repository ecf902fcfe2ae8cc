import type { ChatEvent } from '../../domain/events/chat-event.js';

/** Emits chat events to connected clients. `interface/ws/dto/chat-events.ts` says who gets which event, and what it carries. */
export abstract class ChatPublisherPort {
  /**
   * Call it at once after the commit. Never throws, never waits. Events with a `rev` go out in its order, each `rev` of a
   * conversation once: one that does not rise means that the database has gone back in time, and ends its epoch (ADR 31).
   * `message_read` and `typing` go out at most once a second for each member: the first, then the furthest or the latest.
   */
  abstract publish(event: ChatEvent): void;
}
