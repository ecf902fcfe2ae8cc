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
      .meta({ description: 'All members. Present only when a member has joined or left after `since`.' }),
    membersTruncated: z.literal(true).optional().meta({
      description:
        'Present only when the members changed, but are too many for this page: read `GET …/members`.',
    }),
    conversation: conversationSchema,
    rev: z
      .int()
      .nonnegative()
      .meta({ description: 'The `rev` up to which this page has the changes: the next `since`.' }),
    hasMore: z.boolean(),
    epoch: z.string().meta({
      description:
        'The epoch of the database, to which `rev` and `seq` belong: send it with the next `since`. Another epoch begins when the database is restored, or a standby is promoted.',
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
