import { z } from 'zod';
import type { OwnReactions } from '../../../domain/models/own-reactions.model.js';
import { OWN_REACTIONS_MAX } from '../../../domain/models/reaction.model.js';
import type { ReadMessage } from '../../../domain/models/read-message.model.js';

const emojis = z.array(z.string()).max(OWN_REACTIONS_MAX);

/** What is the reader's alone, beside messages. */
const ownSchema = z
  .strictObject({
    reactions: z.record(z.uuid(), emojis).meta({
      description: 'Your own reactions by message, in the order of time, where you have any.',
    }),
  })
  .meta({ id: 'Own', description: 'What is yours alone of messages.' });

/** Beside messages. */
export const ownField = ownSchema.optional().meta({
  description: 'What is yours alone of these messages. Absent when there is nothing.',
});

export const ownReactionSetsSchema = z
  .strictObject({
    reactions: z.record(z.uuid(), emojis).meta({
      description: 'All of their own reactions to a message; an empty list when none is left.',
    }),
    revs: z.record(z.uuid(), z.int().min(1)).meta({
      description: 'The `rev` of the message to which the list belongs.',
    }),
  })
  .meta({ id: 'OwnReactionSets', description: 'Your own reactions to messages that have changed.' });

/** For the answer that has these messages. */
export function toOwnDto(messages: readonly ReadMessage[]): { own?: z.output<typeof ownSchema> } {
  const reactions = new Map<string, string[]>();
  for (const { id, ownReactions } of messages) if (ownReactions) reactions.set(id, [...ownReactions]);
  return reactions.size > 0 ? { own: { reactions: Object.fromEntries(reactions) } } : {};
}

export function toOwnReactionSetsDto(sets: readonly OwnReactions[]): z.output<typeof ownReactionSetsSchema> {
  return {
    reactions: Object.fromEntries(sets.map(({ messageId, emojis: own }) => [messageId, [...own]])),
    revs: Object.fromEntries(sets.map(({ messageId, rev }) => [messageId, rev])),
  };
}
