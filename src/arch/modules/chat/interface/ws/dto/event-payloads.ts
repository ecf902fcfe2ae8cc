import { z } from 'zod';
import { REACTION_DELTA_MAX } from '../../../domain/models/reaction.model.js';
import { changedSettingsSchema } from '../../http/dto/changed-settings.dto.js';
import { sharedConversationSchema } from '../../http/dto/conversation.dto.js';
import { memberSchema } from '../../http/dto/member.dto.js';
import { ownMembershipSchema } from '../../http/dto/own-membership.dto.js';
import { ownReactionSetsSchema } from '../../http/dto/own-reactions.dto.js';
import { messageSchema } from '../../http/dto/message.dto.js';
import { prevRevSchema } from '../../http/dto/prev-rev.dto.js';

// The payloads of `chat-events.ts` that are not those of answers over HTTP.

const reactionDeltaSchema = z
  .strictObject({
    userId: z.uuid(),
    emoji: z.string(),
    added: z.boolean().meta({ description: 'False when it was taken back, or removed.' }),
  })
  .meta({ id: 'ReactionDelta', description: 'One reaction that has been added or removed.' });

export const messageUpdatedSchema = z.strictObject({
  conversationId: z.uuid(),
  rev: z.int().min(1),
  prevRev: prevRevSchema,
  change: z.enum(['edited', 'deleted', 'pin', 'reactions', 'thread']).meta({
    description:
      'What has happened; `pin`: `pinnedAt` of the message says whether it is pinned now. `thread`: a thread has begun at it, or has new replies.',
  }),
  actorId: z.uuid().nullable().meta({ description: 'Null when several users have reacted.' }),
  message: messageSchema,
  delta: z.array(reactionDeltaSchema).max(REACTION_DELTA_MAX).optional().meta({
    description:
      'The reactions that have changed since the last event of the message, all of them. Absent when they are more than 50, and with other changes.',
  }),
});
export const messageReadSchema = z.strictObject({
  conversationId: z.uuid(),
  userId: z.uuid(),
  lastReadSeq: z.int().nonnegative(),
});
export const typingSchema = z.strictObject({
  conversationId: z.uuid(),
  userId: z.uuid(),
  isTyping: z.boolean(),
  expiresAt: z.iso.datetime(),
});
export const memberAddedSchema = z.strictObject({
  conversationId: z.uuid(),
  rev: z.int().min(1),
  prevRev: prevRevSchema,
  member: memberSchema,
  via: z.literal('invite').optional().meta({ description: 'Only of who has joined by an invite.' }),
});
export const memberRemovedSchema = z.strictObject({
  conversationId: z.uuid(),
  rev: z.int().min(1),
  prevRev: prevRevSchema,
  userId: z.uuid(),
  reason: z.enum(['left', 'removed', 'banned', 'account_deleted']),
  actorId: z.uuid(),
  heirId: z.uuid().optional().meta({ description: 'The new owner, if the member was the owner.' }),
});
export const memberUpdatedSchema = z.strictObject({
  conversationId: z.uuid(),
  rev: z.int().min(1),
  prevRev: prevRevSchema,
  member: memberSchema,
  actorId: z.uuid(),
});
export const conversationUpdatedSchema = z.strictObject({
  conversationId: z.uuid(),
  rev: z.int().min(1),
  prevRev: prevRevSchema,
  actorId: z.uuid(),
  changed: changedSettingsSchema,
  conversation: sharedConversationSchema,
});
export const meUpdatedSchema = z.strictObject({
  conversationId: z.uuid(),
  me: ownMembershipSchema.optional(),
  own: ownReactionSetsSchema.optional(),
});
export const conversationRemovedSchema = z.strictObject({
  conversationId: z.uuid(),
  reason: z.enum(['left', 'removed', 'banned', 'deleted']),
});
export const userBlockedSchema = z.strictObject({
  userId: z.uuid(),
  isBlocked: z.boolean().meta({ description: 'False when the block has ended.' }),
});
