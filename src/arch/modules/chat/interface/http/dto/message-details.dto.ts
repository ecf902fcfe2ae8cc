import { z } from 'zod';
import type {
  MessageDetails,
  ReplyTarget,
  ThreadSummary,
} from '../../../domain/models/message-details.model.js';
import { MENTIONS_MAX } from '../../../domain/models/message-extras.model.js';
import { REACTION_KINDS_MAX, REACTION_USERS_SHOWN } from '../../../domain/models/reaction.model.js';
import { metadataSchema } from './metadata.dto.js';

const replyTargetSchema = z
  .strictObject({
    id: z.uuid(),
    seq: z.int().min(1),
    senderId: z.uuid().optional(),
    excerpt: z.string().optional().meta({
      description: 'The first 200 code points of its text when this was read; empty once it is deleted.',
    }),
    deletedAt: z.iso.datetime().optional(),
  })
  .meta({
    id: 'ReplyTarget',
    description: 'A message to which another one replies, as it was when this was read.',
  });

const reactionSchema = z
  .strictObject({
    emoji: z.string(),
    count: z.int().min(1),
    userIds: z.array(z.uuid()).max(REACTION_USERS_SHOWN).meta({
      description: 'The first 20 who reacted so, the same for every reader.',
    }),
  })
  .meta({ id: 'Reaction', description: 'All reactions of one kind to a message.' });

const threadSchema = z
  .strictObject({
    id: z.uuid().meta({ description: 'The thread: a conversation of its own.' }),
    replyCount: z.int().nonnegative(),
    lastReplyAt: z.iso.datetime().optional(),
  })
  .meta({ id: 'ThreadSummary', description: 'The thread of a message.' });

/** What is not there is empty: a plain message has none of it, and stays byte for byte what it was to old clients. */
export const detailsShape = {
  replyTo: replyTargetSchema.optional().meta({
    description:
      'The message to which this one replies. Whoever may not see it gets its `id` and `seq` alone. A client that has the message itself shows that.',
  }),
  mentions: z.array(z.uuid()).max(MENTIONS_MAX).optional().meta({
    description: 'Ids of the members that it mentions. It is never taken from the text.',
  }),
  mentionsAll: z.literal(true).optional().meta({ description: 'It mentions everybody.' }),
  reactions: z.array(reactionSchema).max(REACTION_KINDS_MAX).optional().meta({
    description: 'In the order in which each kind was first used.',
  }),
  pinnedAt: z.iso.datetime().optional(),
  pinnedBy: z.uuid().optional(),
  deletedBy: z.uuid().optional(),
  thread: threadSchema.optional().meta({ description: 'The thread that has begun at this message.' }),
  metadata: metadataSchema.optional(),
};

type DetailsDto = z.output<z.ZodObject<typeof detailsShape>>;

/** Whether a message has nothing of this, as nearly all: its conversion costs more than the rest of the message's. */
export function isPlain(details: MessageDetails): boolean {
  const { replyTo, mentions, mentionsAll, reactions, pinnedAt, deletedBy, thread, metadata } = details;
  return !(replyTo || mentions || mentionsAll || reactions || pinnedAt || deletedBy || thread || metadata);
}

export function toDetailsDto(details: MessageDetails): DetailsDto {
  const { replyTo, mentions, mentionsAll, reactions, pinnedAt, pinnedBy, deletedBy, thread, metadata } =
    details;
  return {
    ...(replyTo && { replyTo: toReplyTargetDto(replyTo) }),
    ...(mentions && { mentions: [...mentions] }),
    ...(mentionsAll && { mentionsAll }),
    ...(reactions && { reactions: reactions.map(toReactionDto) }),
    ...(pinnedAt && { pinnedAt: pinnedAt.toISOString() }),
    ...(pinnedBy !== undefined && { pinnedBy }),
    ...(deletedBy !== undefined && { deletedBy }),
    ...(thread && { thread: toThreadDto(thread) }),
    ...(metadata && { metadata }),
  };
}

function toReplyTargetDto({
  id,
  seq,
  senderId,
  excerpt,
  deletedAt,
}: ReplyTarget): z.output<typeof replyTargetSchema> {
  return {
    id,
    seq,
    ...(senderId !== undefined && { senderId }),
    ...(excerpt !== undefined && { excerpt }),
    ...(deletedAt && { deletedAt: deletedAt.toISOString() }),
  };
}

function toReactionDto({
  emoji,
  count,
  userIds,
}: NonNullable<MessageDetails['reactions']>[number]): z.output<typeof reactionSchema> {
  return { emoji, count, userIds: [...userIds] };
}

function toThreadDto({ id, replyCount, lastReplyAt }: ThreadSummary): z.output<typeof threadSchema> {
  return { id, replyCount, ...(lastReplyAt && { lastReplyAt: lastReplyAt.toISOString() }) };
}
