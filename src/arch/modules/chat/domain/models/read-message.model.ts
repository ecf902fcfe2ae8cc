import type { Message } from './message.model.js';

/**
 * A message as one reader gets it. What is the reader's alone is answered beside the message, never in it, and is in no
 * event of a room.
 */
export interface ReadMessage extends Message {
  /** The reader's own reactions, in the order of time; absent when there are none. */
  readonly ownReactions?: readonly string[];
}
