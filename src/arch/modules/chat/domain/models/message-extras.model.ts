import { ValidationFailedError } from '../../../../common/domain/errors/validation-failed.error.js';
import { atPath, refuseFaults } from '../../../../common/domain/texts.js';
import type { MessageDetails } from './message-details.model.js';
import { isSameJson, type Metadata, metadataFaults } from './metadata.model.js';

/** Maximum ids that a message mentions. */
export const MENTIONS_MAX = 50;

/** What a sender gives to a message besides its text. */
export interface MessageExtras {
  /** The message of the same conversation that it replies to. */
  readonly replyToId?: string | undefined;
  /** The users that it mentions: those that are members when it is stored. */
  readonly mentions?: readonly string[] | undefined;
  /** Whether it mentions everybody. */
  readonly mentionsAll?: boolean | undefined;
  readonly metadata?: Metadata | undefined;
}

/** What an edit changes of it: what is absent stays, and what is empty ends. */
export type ExtrasChange = Omit<MessageExtras, 'replyToId'>;

/** @throws ValidationFailedError */
export function requireAllowedExtras({ mentions = [], metadata }: ExtrasChange): void {
  if (mentions.length > MENTIONS_MAX)
    throw new ValidationFailedError([{ path: 'mentions', message: `must be at most ${MENTIONS_MAX} ids` }]);
  if (metadata) refuseFaults(atPath('metadata', metadataFaults(metadata)));
}

/** What of a change differs from what the message has, each mention once. */
export function changedExtras(
  present: MessageDetails,
  { mentions, mentionsAll, metadata }: ExtrasChange,
): ExtrasChange {
  const named = mentions && [...new Set(mentions)];
  return {
    ...(named && !isSameJson(named, present.mentions ?? []) && { mentions: named }),
    ...(mentionsAll !== undefined && mentionsAll !== (present.mentionsAll ?? false) && { mentionsAll }),
    ...(metadata && !isSameJson(metadata, present.metadata ?? {}) && { metadata }),
  };
}

/**
 * Checks the rules for what a message has besides its text, whatever its origin.
 * @returns only what says something, each mention once; undefined for a plain message
 */
export function draftExtras(sent: MessageExtras): MessageExtras | undefined {
  const { replyToId, mentions = [], mentionsAll = false, metadata } = sent;
  // Nearly all messages are plain.
  if (replyToId === undefined && mentions.length === 0 && !mentionsAll && !metadata) return undefined;
  requireAllowedExtras(sent);
  const extras = {
    ...(replyToId !== undefined && { replyToId }),
    ...(mentions.length > 0 && { mentions: [...new Set(mentions)] }),
    ...(mentionsAll && { mentionsAll }),
    ...(metadata && Object.keys(metadata).length > 0 && { metadata }),
  };
  return Object.keys(extras).length > 0 ? extras : undefined;
}
