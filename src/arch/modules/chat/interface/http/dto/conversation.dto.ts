import { z } from 'zod';
import type { ConversationDetail } from '../../../domain/models/conversation-detail.model.js';
import { MEMBERS_PAGE } from '../../../domain/models/conversation-member.model.js';
import { SLOW_MODE_MAX } from '../../../domain/models/conversation-settings.model.js';
import type { Conversation, ConversationSummary } from '../../../domain/models/conversation.model.js';
import type { ThreadRoot } from '../../../domain/models/thread.model.js';
import { conversationExample, memberExample, otherMemberExample } from './examples.js';
import { memberSchema, toMemberDto } from './member.dto.js';
import { messageSchema, senderSchema, toListedMessageDto, toSenderDto } from './message.dto.js';
import { metadataSchema } from './metadata.dto.js';
import { ownMembershipSchema, toOwnMembershipDto } from './own-membership.dto.js';

/** What is not there has its default: old clients are answered to the letter what they always were. */
const settings = {
  metadata: metadataSchema.optional(),
  posting: z.literal('admins').optional().meta({ description: 'Only the owner and the admins may send.' }),
  adding: z.literal('all').optional().meta({ description: 'Every member may add members.' }),
  slowModeSeconds: z
    .int()
    .min(1)
    .max(SLOW_MODE_MAX)
    .optional()
    .meta({ description: 'Seconds between two messages of one member.' }),
};

const shape = {
  id: z.uuid(),
  type: z.enum(['direct', 'thread']).optional().meta({ description: 'Absent in a group.' }),
  parent: z
    .strictObject({ conversationId: z.uuid(), messageId: z.uuid(), seq: z.int().min(1) })
    .optional()
    .meta({ description: 'Of a thread: the message that it has begun at.' }),
  createdBy: z.uuid(),
  title: z.string().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime().meta({ description: 'The last message, or the creation.' }),
  lastSeq: z.int().nonnegative(),
  rev: z.int().nonnegative(),
  memberCount: z.int().min(1),
  ...settings,
};

const ownShape = {
  direct: z
    .strictObject({ user: senderSchema })
    .optional()
    .meta({ description: 'The other member of a direct conversation; you in notes to yourself.' }),
  lastMessage: messageSchema.nullable(),
  me: ownMembershipSchema,
};

/** As everybody in it sees it. */
export const sharedConversationSchema = z
  .strictObject(shape)
  .meta({ id: 'SharedConversation', description: 'A conversation as all of its members see it.' });

export const conversationSchema = z.strictObject({ ...shape, ...ownShape }).meta({
  id: 'Conversation',
  description: 'A conversation as you see it.',
  examples: [conversationExample],
});
export const conversationDetailSchema = z
  .strictObject({
    ...shape,
    ...ownShape,
    members: z
      .array(memberSchema)
      .max(MEMBERS_PAGE)
      .meta({ description: 'The first 100, in the order of joining.' }),
    membersCursor: z.string().optional().meta({
      description: 'Value for `?cursor=` of `GET …/members`, if there are more members.',
    }),
  })
  .meta({
    id: 'ConversationDetail',
    description: 'A conversation with its first members.',
    examples: [{ ...conversationExample, members: [memberExample, otherMemberExample] }],
  });
export const conversationPageSchema = z
  .strictObject({
    data: z.array(conversationSchema),
    nextCursor: z.string().nullable().meta({ description: 'For `?cursor=`; null at the end.' }),
  })
  .meta({ id: 'ConversationPage', examples: [{ data: [conversationExample], nextCursor: null }] });

export type SharedConversationDto = z.output<typeof sharedConversationSchema>;
export type ConversationDto = z.output<typeof conversationSchema>;
export type ConversationDetailDto = z.output<typeof conversationDetailSchema>;
export type ConversationPageDto = z.output<typeof conversationPageSchema>;

export function toSharedConversationDto(conversation: Conversation): SharedConversationDto {
  const { metadata, slowModeSeconds, parent } = conversation;
  return {
    id: conversation.id,
    ...(conversation.type !== 'group' && { type: conversation.type }),
    ...(parent && { parent: toThreadRootDto(parent) }),
    createdBy: conversation.createdBy,
    title: conversation.title,
    createdAt: conversation.createdAt.toISOString(),
    updatedAt: conversation.updatedAt.toISOString(),
    lastSeq: conversation.lastSeq,
    rev: conversation.rev,
    memberCount: conversation.memberCount,
    ...(metadata !== null && { metadata }),
    ...(conversation.posting === 'admins' && { posting: 'admins' }),
    ...(conversation.adding === 'all' && { adding: 'all' }),
    ...(slowModeSeconds > 0 && { slowModeSeconds }),
  };
}

const toThreadRootDto = ({ conversationId, messageId, seq }: ThreadRoot) => ({
  conversationId,
  messageId,
  seq,
});

export function toConversationDto(conversation: ConversationSummary): ConversationDto {
  const { lastMessage, me, other } = conversation;
  return {
    ...toSharedConversationDto(conversation),
    ...(other && { direct: { user: toSenderDto(other) } }),
    lastMessage: lastMessage && toListedMessageDto(lastMessage),
    me: toOwnMembershipDto(me),
  };
}

export function toConversationDetailDto(detail: ConversationDetail): ConversationDetailDto {
  const { members, membersCursor } = detail;
  return {
    ...toConversationDto(detail),
    members: members.map(toMemberDto),
    ...(membersCursor !== null && { membersCursor }),
  };
}
