import { z } from 'zod';
import type { ConversationDetail } from '../../../application/queries/get-conversation-by-id.query.js';
import { MEMBERS_PAGE } from '../../../domain/models/conversation-member.model.js';
import type { ConversationSummary } from '../../../domain/models/conversation.model.js';
import { conversationExample, memberExample, otherMemberExample } from './examples.js';
import { memberSchema, roleSchema, toMemberDto } from './member.dto.js';
import { messageSchema, toListedMessageDto } from './message.dto.js';

const shape = {
  id: z.uuid(),
  createdBy: z.uuid(),
  title: z.string().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime().meta({ description: 'The last message, or the creation.' }),
  lastSeq: z.int().nonnegative(),
  rev: z.int().nonnegative(),
  memberCount: z.int().min(1),
  lastMessage: messageSchema.nullable(),
  me: z.strictObject({
    role: roleSchema,
    joinedAt: z.iso.datetime(),
    lastReadSeq: z.int().nonnegative(),
    unreadCount: z.int().nonnegative(),
  }),
};

export const conversationSchema = z
  .strictObject(shape)
  .meta({ id: 'Conversation', examples: [conversationExample] });
export const conversationDetailSchema = z
  .strictObject({
    ...shape,
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
    examples: [{ ...conversationExample, members: [memberExample, otherMemberExample] }],
  });
export const conversationPageSchema = z
  .strictObject({
    data: z.array(conversationSchema),
    nextCursor: z.string().nullable().meta({ description: 'For `?cursor=`; null at the end.' }),
  })
  .meta({ id: 'ConversationPage', examples: [{ data: [conversationExample], nextCursor: null }] });

export type ConversationDto = z.output<typeof conversationSchema>;
export type ConversationDetailDto = z.output<typeof conversationDetailSchema>;
export type ConversationPageDto = z.output<typeof conversationPageSchema>;

export function toConversationDto(conversation: ConversationSummary): ConversationDto {
  const { lastMessage, me } = conversation;
  return {
    id: conversation.id,
    createdBy: conversation.createdBy,
    title: conversation.title,
    createdAt: conversation.createdAt.toISOString(),
    updatedAt: conversation.updatedAt.toISOString(),
    lastSeq: conversation.lastSeq,
    rev: conversation.rev,
    memberCount: conversation.memberCount,
    lastMessage: lastMessage && toListedMessageDto(lastMessage),
    me: {
      role: me.role,
      joinedAt: me.joinedAt.toISOString(),
      lastReadSeq: me.lastReadSeq,
      unreadCount: me.unreadCount,
    },
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
