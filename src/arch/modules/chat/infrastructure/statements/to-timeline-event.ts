import type { ChangeOf } from '../../domain/models/conversation-change.model.js';
import type { ConversationMember, MemberRole } from '../../domain/models/conversation-member.model.js';
import type { MessageSender } from '../../domain/models/message.model.js';
import type {
  TimelineEvent,
  TimelineEventKind,
  TimelineEventOf,
} from '../../domain/models/timeline-event.model.js';

/** A row of the log, with the present state of the user whom it is about. */
interface Row {
  readonly event: {
    readonly rev: number;
    readonly kind: string;
    readonly actorId: string | null;
    readonly subjectId: string | null;
    readonly afterSeq: number;
    readonly createdAt: Date;
    readonly data: unknown;
  };
  readonly user: MessageSender | null;
  /** Null when the user is no longer a member. */
  readonly member: Pick<ConversationMember, 'joinedAt' | 'lastReadSeq'> | null;
  /** Whether the reader is shown how far the user has read; null when the account is not there any more. */
  readonly showsReading: boolean | null;
}

type DataOf = {
  readonly [Kind in TimelineEventKind]: (
    row: Row,
    data: ChangeOf<Kind>['data'],
  ) => TimelineEventOf<Kind>['data'];
};

/** What the events of each kind show. */
const DATA_OF: DataOf = {
  member_added: (row, { role, via }) => ({ member: memberAs(role, row), ...(via !== undefined && { via }) }),
  member_removed: ({ user, event }, data) => ({ user: user ?? goneUser(event.subjectId), ...data }),
  member_updated: (row, { role }) => ({ member: memberAs(role, row) }),
  conversation_updated: (_row, data) => data,
};

/** The kinds of rows that events are made of. */
export const SHOWN_KINDS = Object.keys(DATA_OF) as TimelineEventKind[];

export function toTimelineEvent(row: Row): TimelineEvent {
  const { kind, ...place } = row.event;
  const dataOf = DATA_OF[kind as TimelineEventKind] as (from: Row, data: unknown) => TimelineEvent['data'];
  return { ...place, kind, data: dataOf(row, place.data) } as TimelineEvent;
}

/** The role is that of the event; whoever has left since is shown as having joined and read then. */
function memberAs(role: MemberRole, { event, user, member, showsReading }: Row): ConversationMember {
  const { id: userId, displayName, avatarUrl } = user ?? goneUser(event.subjectId);
  const readThen = showsReading === true ? event.afterSeq : 0;
  const { joinedAt, lastReadSeq } = member ?? { joinedAt: event.createdAt, lastReadSeq: readThen };
  return { userId, displayName, avatarUrl, role, joinedAt, lastReadSeq };
}

/** The log refers to no account, so that a row of it may outlive one that was deleted by hand. */
const goneUser = (id: string | null): MessageSender => ({
  id: id ?? '',
  displayName: 'Deleted user',
  avatarUrl: null,
});
