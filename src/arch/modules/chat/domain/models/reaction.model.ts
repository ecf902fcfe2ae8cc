import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';
import { atPath, nameFaults, refuseFaults, textFaults } from '../../../../common/domain/texts.js';

/** Maximum kinds of reactions of a message. */
export const REACTION_KINDS_MAX = 50;
/** Maximum reactions of one user to one message. */
export const OWN_REACTIONS_MAX = 20;
/** Users whom the summary of a kind names. */
export const REACTION_USERS_SHOWN = 20;
/** Changes that an event names. */
export const REACTION_DELTA_MAX = 50;
/** Members above which the reactions to a message are written once a second. */
export const SMALL_ROOM = 100;
/** Maximum code points of a key. */
const KEY_MAX = 32;
/** Maximum code points as sent, with the variation selectors that the key does not have. */
const EMOJI_MAX = 64;

/** They ask for the coloured or the plain form of one emoji. */
const VARIATION_SELECTORS = /[\ufe0e\ufe0f]/gu;
/** A key is a segment of a path: it must be one, and stay where it is. */
const NO_SEGMENT = /[\s/]|^\.{1,2}$/u;

/** A kind of reaction: an emoji, or a word of the application such as `:ship:`. */
export interface ReactionKind {
  /** The same for all forms of one emoji. */
  readonly key: string;
  /** As it is sent. */
  readonly emoji: string;
}

/** @throws ValidationFailedError */
export function toReactionKind(emoji: string): ReactionKind {
  const key = emoji.replaceAll(VARIATION_SELECTORS, '').normalize('NFC');
  refuseFaults(atPath('emoji', [...textFaults(emoji, 1, EMOJI_MAX), ...nameFaults(key, KEY_MAX)]));
  if (NO_SEGMENT.test(key))
    throw new ValidationFailedError([{ path: 'emoji', message: 'must have neither blanks nor /' }]);
  return { key, emoji };
}

/** A reaction that a user gives or takes back, or that a moderator removes. */
export interface ReactionDraft extends ReactionKind {
  readonly conversationId: string;
  readonly messageId: string;
  readonly actorId: string;
  /** Whose reaction it is. */
  readonly userId: string;
  readonly added: boolean;
}

/** A reaction that was added or removed; `emoji` is the form that the message shows. */
export interface ReactionChange extends ReactionKind {
  readonly messageId: string;
  readonly actorId: string;
  readonly userId: string;
  readonly added: boolean;
}

/** What an event tells of it. */
export type ReactionDelta = Pick<ReactionChange, 'userId' | 'emoji' | 'added'>;
