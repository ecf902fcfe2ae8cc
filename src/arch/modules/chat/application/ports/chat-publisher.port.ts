import type { Eviction } from '../../domain/events/eviction.js';
import type { HiddenMessages } from '../../domain/events/hidden-messages.js';
import type { ChatEvent } from '../../domain/events/chat-event.js';

/**
 * Emits chat events to connected clients. `interface/ws/dto/chat-events.ts` defines the audience and payload of each
 * event.
 */
export abstract class ChatPublisherPort {
  /**
   * Call it immediately after the commit. Never throws, never waits. Events with a `rev` are emitted in its order, each
   * `rev` of a conversation once: one that does not rise means that the database has gone back in time, and ends its
   * epoch (ADR 31). `message_read`, `me_updated` and `typing` are emitted at most once a second for each member: the
   * first, then the furthest or the latest. After the first message of a direct conversation,
   * `conversation_added` is emitted to the member who has not opened it.
   */
  abstract publish(event: ChatEvent): void;

  /**
   * Takes the sockets of former members out of the conversation's room: on this node at once, before the events of the
   * same change are published, and on the other nodes. Call it immediately after the commit.
   * @returns resolves when the other nodes that live have done it, after 500 ms at most; never rejects
   */
  abstract evict(eviction: Eviction): Promise<void>;
  /**
   * Tells the member's sockets of no later change of messages that it does not see any more, and takes them out of the threads that
   * begin there: on this node at once, and on the other nodes.
   * @returns resolves like `evict`
   */
  abstract hideHistory(hidden: HiddenMessages): Promise<void>;
  /** Drops the read positions of a user that wait for their second. */
  abstract withholdReceipts(userId: string): void;
}
