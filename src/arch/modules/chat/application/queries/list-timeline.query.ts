import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { DatabaseEpochPort } from '../../../../common/application/ports/database-epoch.port.js';
import { CursorInvalidError } from '../../../../common/domain/errors/cursor-invalid.error.js';
import { jsonBytes, roomBeside } from '../../../../common/domain/fitting-rows.js';
import { NotConversationMemberError } from '../../domain/errors/not-conversation-member.error.js';
import { connectRevs, type RevPosition } from '../../domain/events/rev-order.js';
import type { Message } from '../../domain/models/message.model.js';
import {
  isEvent,
  type TimelineChanges,
  type TimelineEvent,
} from '../../domain/models/timeline-event.model.js';
import { fittingItems } from '../../domain/services/fitting-items.js';
import { canAccessConversation, requireConversationExists } from '../../domain/services/membership.policy.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { TimelinePort } from '../ports/timeline.port.js';
import { type ChangesPage, ROOM_FOR_ROWS, START_OVER } from './list-changes.query.js';

/** Messages and events; those of one page have each `rev` at most once, and follow on each other. */
export interface TimelinePage extends ChangesPage {
  readonly messages: readonly (Message & RevPosition)[];
  readonly events: readonly TimelineEvent[];
}

/** Like `ListChangesQuery`, with the changes of members and settings as events in place of the list of members. */
export class ListTimelineQuery extends Query<TimelinePage> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly since: number,
    /** Counts messages and events together. */
    readonly limit: number,
    /** The epoch of `since`, if the reader knows it. */
    readonly epoch?: string,
  ) {
    super();
  }
}

@QueryHandler(ListTimelineQuery)
export class ListTimelineHandler implements IQueryHandler<ListTimelineQuery> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly timeline: TimelinePort,
    private readonly epoch: DatabaseEpochPort,
  ) {}

  async execute(query: ListTimelineQuery): Promise<TimelinePage> {
    const { conversationId, requesterId, since, limit, epoch } = query;
    const { current } = this.epoch;
    await requireConversationExists(conversationId, this.conversations);
    await canAccessConversation(conversationId, requesterId, this.members);
    if (epoch !== undefined && epoch !== current) throw new CursorInvalidError(START_OVER);
    const found = await this.timeline.findChanges(conversationId, requesterId, since, limit + 1);
    if (!found) throw new NotConversationMemberError();
    if (since > found.conversation.rev) throw new CursorInvalidError(START_OVER);
    return { ...toPage(found, since, limit), epoch: current };
  }
}

/** The members are complete or omitted; messages and events take the remaining room. */
function toPage(found: TimelineChanges, since: number, limit: number): Omit<TimelinePage, 'epoch'> {
  const { conversation } = found;
  const room = roomBeside(jsonBytes(conversation));
  const membersBytes = found.members ? jsonBytes(found.members) : 0;
  const membersTruncated = membersBytes > room - ROOM_FOR_ROWS;
  const members = membersTruncated ? null : found.members;
  const connected = connectRevs(since, found.items.slice(0, limit));
  const items = fittingItems(connected, members ? room - membersBytes : room);
  const last = found.items.length > items.length ? items.at(-1) : undefined;
  return {
    conversation,
    messages: items.flatMap((item) => (isEvent(item) ? [] : [item])),
    events: items.filter(isEvent),
    members,
    membersTruncated,
    rev: last?.rev ?? conversation.rev,
    hasMore: last !== undefined,
  };
}
