import type { OwnReactions } from './own-reactions.model.js';
import type { Message } from './message.model.js';
import type { ReactionChange } from './reaction.model.js';
import type { ReadMessage } from './read-message.model.js';
import type { ParentPosition } from './thread.model.js';

/** A message after reactions to it, as somebody is shown it who sees the whole history. */
export interface ReactedMessage {
  readonly message: Message;
  /** Whether nobody has changed it since, as far as is known. */
  readonly isCurrent: boolean;
  readonly changes: readonly ReactionChange[];
  /** Of the users whose reactions have changed. */
  readonly own: readonly (OwnReactions & { readonly userId: string })[];
}

/** What came of a reaction. */
export type ReactionOutcome = { readonly message: ReadMessage } | { readonly refusal: unknown };

/** Reactions that were stored together. */
export interface StoredReactions {
  /** In the order of the drafts. */
  readonly outcomes: readonly ReactionOutcome[];
  /** The messages that have changed, in the order of `rev`. */
  readonly reacted: readonly ReactedMessage[];
  /** Of messages in a thread: what has come before all of this in the parent. */
  readonly parent?: ParentPosition;
}
