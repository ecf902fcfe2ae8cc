import { z } from 'zod';
import type {
  TimelineEvent,
  TimelineEventKind,
  TimelineEventOf,
} from '../../../domain/models/timeline-event.model.js';
import { changedSettingsSchema, toChangedSettingsDto } from './changed-settings.dto.js';
import { eventExample } from './examples.js';
import { memberSchema, toMemberDto } from './member.dto.js';
import { senderSchema, toSenderDto } from './message.dto.js';
import { prevRevSchema, withPrevRev } from './prev-rev.dto.js';

const place = {
  rev: z.int().min(1),
  prevRev: prevRevSchema,
  actorId: z.uuid().nullable().meta({ description: 'Who made the change.' }),
};
const afterSeq = z.int().nonnegative().meta({
  description: 'The `seq` of the message after which it is shown; 0 before the first one.',
});
const about = {
  subjectId: z.uuid().meta({ description: 'The user whom it is about.' }),
  afterSeq,
  createdAt: z.iso.datetime(),
};

const memberAddedSchema = z.strictObject({
  ...place,
  kind: z.literal('member_added'),
  ...about,
  data: z.strictObject({
    member: memberSchema.meta({ description: 'With the role of then, and the name and picture of now.' }),
    via: z.literal('invite').optional(),
  }),
});
const memberRemovedSchema = z.strictObject({
  ...place,
  kind: z.literal('member_removed'),
  ...about,
  data: z.strictObject({
    user: senderSchema,
    reason: z.enum(['left', 'removed', 'banned', 'account_deleted']),
    heirId: z.uuid().optional().meta({ description: 'The new owner, if the member was the owner.' }),
  }),
});
const memberUpdatedSchema = z.strictObject({
  ...place,
  kind: z.literal('member_updated'),
  ...about,
  data: z.strictObject({ member: memberSchema }),
});
const conversationUpdatedSchema = z.strictObject({
  ...place,
  kind: z.literal('conversation_updated'),
  subjectId: z.null(),
  afterSeq,
  createdAt: z.iso.datetime(),
  data: changedSettingsSchema.meta({ description: 'What has changed, with its new values.' }),
});

export const timelineEventSchema = z
  .discriminatedUnion('kind', [
    memberAddedSchema,
    memberRemovedSchema,
    memberUpdatedSchema,
    conversationUpdatedSchema,
  ])
  .meta({
    id: 'TimelineEvent',
    description: 'A change that is no message, at its place between the messages.',
    examples: [eventExample],
  });

export type TimelineEventDto = z.output<typeof timelineEventSchema>;

type DataDto<Kind extends TimelineEventKind> = Extract<TimelineEventDto, { kind: Kind }>['data'];
type DataOf = {
  readonly [Kind in TimelineEventKind]: (data: TimelineEventOf<Kind>['data']) => DataDto<Kind>;
};

/** Built field by field: new fields of a model do not reach clients by themselves. */
const DATA_OF: DataOf = {
  member_added: ({ member, via }) => ({ member: toMemberDto(member), ...(via !== undefined && { via }) }),
  member_removed: ({ user, reason, heirId }) => ({
    user: toSenderDto(user),
    reason,
    ...(heirId !== undefined && { heirId }),
  }),
  member_updated: ({ member }) => ({ member: toMemberDto(member) }),
  conversation_updated: toChangedSettingsDto,
};

export function toTimelineEventDto(event: TimelineEvent): TimelineEventDto {
  const { rev, kind, actorId, subjectId, afterSeq: after, createdAt } = event;
  const dataOf = DATA_OF[kind] as (data: TimelineEvent['data']) => TimelineEventDto['data'];
  const dto = { rev, kind, actorId, subjectId, afterSeq: after, createdAt: createdAt.toISOString() };
  return withPrevRev({ ...dto, data: dataOf(event.data) } as TimelineEventDto, event);
}
