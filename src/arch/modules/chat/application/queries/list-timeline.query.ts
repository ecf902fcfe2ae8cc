import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { DatabaseEpochPort } from '../../../../common/application/ports/database-epoch.port.js';
import { NotConversationMemberError } from '../../domain/errors/not-conversation-member.error.js';
import { connectRevs, type RevPosition } from '../../domain/events/rev-order.js';
import type { MovedPositions } from '../../domain/models/moved-positions.model.js';
import type { ReadMessage } from '../../domain/models/read-message.model.js';
import {
  isEvent,
  type TimelineChanges,
  type TimelineEvent,
} from '../../domain/models/timeline-event.model.js';
import { requireEpoch, requireReached } from '../../domain/services/catch-up.policy.js';
import { fittingItems } from '../../domain/services/fitting-items.js';
import { fittingMembers } from '../../domain/services/fitting-members.js';
import { fittingReads } from '../../domain/services/fitting-reads.js';
import { requireAccess } from '../../domain/services/membership.policy.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { MovedPositionsPort } from '../ports/moved-positions.port.js';
import { TimelinePort } from '../ports/timeline.port.js';
import type { ChangesPage } from './list-changes.query.js';

/** Messages and events; those of one page have each `rev` at most once, and follow on each other. */
export interface TimelinePage extends ChangesPage {
  readonly messages: readonly (ReadMessage & RevPosition)[];
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
    /** Whether the read positions that have moved are asked for, too. */
    readonly withReads = false,
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
    private readonly positions: MovedPositionsPort,
    private readonly epoch: DatabaseEpochPort,
  ) {}

  async execute(query: ListTimelineQuery): Promise<TimelinePage> {
    const { conversationId, requesterId, since, limit, epoch, withReads } = query;
    const { current } = this.epoch;
    await requireAccess(conversationId, requesterId, this.conversations, this.members);
    requireEpoch(epoch, current);
    const found = await this.timeline.findChanges(conversationId, requesterId, since, limit + 1);
    if (!found) throw new NotConversationMemberError();
    requireReached(since, found.conversation);
    const moved = withReads ? await this.positions.findMoved(conversationId, requesterId, since) : null;
    return { ...toTimelinePage(found, since, limit, { asked: moved }), epoch: current };
  }
}

interface Beside {
  /** Bytes that remain of a page beside other conversations; otherwise those of a page. */
  readonly space?: number;
  /** The read positions that have moved, if they were asked for. */
  readonly asked?: MovedPositions | null;
}

/** @param limit of the rows: those of a page, or what remains of it beside other conversations */
export function toTimelinePage(
  found: TimelineChanges,
  since: number,
  limit: number,
  { space, asked = null }: Beside = {},
): Omit<TimelinePage, 'epoch'> {
  const { conversation, upTo } = found;
  const { members, membersTruncated, room: besideMembers } = fittingMembers(found, space);
  const { moved, room } = fittingReads(asked, besideMembers);
  const items = fittingItems(connectRevs(since, found.items.slice(0, limit)), room);
  const last = found.items.length > items.length ? items.at(-1) : undefined;
  const rev = last?.rev ?? upTo;
  return {
    conversation,
    messages: items.flatMap((item) => (isEvent(item) ? [] : [item])),
    events: items.filter(isEvent),
    members,
    membersTruncated,
    moved,
    rev,
    hasMore: rev < conversation.rev,
  };
}
