import { z } from 'zod';
import type { ChangesPage } from '../../../application/queries/list-changes.query.js';
import { conversationSchema, toConversationDto } from './conversation.dto.js';
import { conversationExample, epochExample, messageExample } from './examples.js';
import { memberSchema, toMemberDto } from './member.dto.js';
import { messageSchema, toListedMessageDto } from './message.dto.js';

export const changesSchema = z
  .strictObject({
    data: z.array(messageSchema).meta({
      description: 'The messages changed after `since`, each in its latest state, in the order of `rev`.',
    }),
    members: z
      .array(memberSchema)
      .optional()
      .meta({ description: 'All members; only when somebody has joined or left after `since`.' }),
    membersTruncated: z.literal(true).optional().meta({
      description: 'Only when members changed whose list has no room here: `GET …/members` has it, by pages.',
    }),
    conversation: conversationSchema,
    rev: z.int().nonnegative().meta({ description: 'How far this page goes: the next `since`.' }),
    hasMore: z.boolean(),
    epoch: z.string().meta({
      description:
        'Which history of the database `rev` and `seq` count in: repeat it with the next `since`. Another one begins when the database is restored, or a standby promoted.',
    }),
  })
  .meta({
    id: 'Changes',
    examples: [
      {
        data: [messageExample],
        conversation: conversationExample,
        rev: messageExample.rev,
        hasMore: false,
        epoch: epochExample,
      },
    ],
  });

export type ChangesDto = z.output<typeof changesSchema>;

export function toChangesDto(page: ChangesPage): ChangesDto {
  const { messages, members, membersTruncated, conversation, rev, hasMore, epoch } = page;
  return {
    data: messages.map(toListedMessageDto),
    ...(members && { members: members.map(toMemberDto) }),
    ...(membersTruncated && { membersTruncated: true }),
    conversation: toConversationDto(conversation),
    rev,
    hasMore,
    epoch,
  };
}
