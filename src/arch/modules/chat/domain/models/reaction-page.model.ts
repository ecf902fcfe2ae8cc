import type { MessageSender } from './message.model.js';

/** Who has reacted how. */
export interface Reaction {
  readonly user: MessageSender;
  readonly emoji: string;
  readonly createdAt: Date;
}

export interface ReactionPage {
  /** By kind, then by user. */
  readonly data: readonly Reaction[];
  readonly nextCursor: string | null;
}
