import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { DatabaseEpochPort } from '../../../../common/application/ports/database-epoch.port.js';
import { NotConversationMemberError } from '../../domain/errors/not-conversation-member.error.js';
import type { ConversationCatchUp } from '../../domain/models/conversation-catch-up.model.js';
import type { MovedPositions } from '../../domain/models/moved-positions.model.js';
import { requireEpoch, requireReached } from '../../domain/services/catch-up.policy.js';
import { fittingMembers } from '../../domain/services/fitting-members.js';
import { fittingMessages } from '../../domain/services/fitting-messages.js';
import { fittingReads } from '../../domain/services/fitting-reads.js';
import { requireAccess } from '../../domain/services/membership.policy.js';
import { ConversationCatchUpPort } from '../ports/conversation-catch-up.port.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { MovedPositionsPort } from '../ports/moved-positions.port.js';

export interface ChangesPage extends ConversationCatchUp {
  /** The last `rev` of this page, from which the next one continues. */
  readonly rev: number;
  readonly hasMore: boolean;
  /** True when the members have changed and their list does not fit: it is available by pages. */
  readonly membersTruncated: boolean;
  /** The read positions that have moved, if they were asked for. */
  readonly moved: MovedPositions | null;
  /** The epoch of `rev`, to be sent back with it. */
  readonly epoch: string;
}

export class ListChangesQuery extends Query<ChangesPage> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly since: number,
    readonly limit: number,
    /** The epoch of `since`, if the reader knows it. */
    readonly epoch?: string,
    /** Whether the read positions that have moved are asked for, too. */
    readonly withReads = false,
  ) {
    super();
  }
}

@QueryHandler(ListChangesQuery)
export class ListChangesHandler implements IQueryHandler<ListChangesQuery> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly changes: ConversationCatchUpPort,
    private readonly positions: MovedPositionsPort,
    private readonly epoch: DatabaseEpochPort,
  ) {}

  async execute({
    conversationId,
    requesterId,
    since,
    limit,
    epoch,
    withReads,
  }: ListChangesQuery): Promise<ChangesPage> {
    const { current } = this.epoch;
    await requireAccess(conversationId, requesterId, this.conversations, this.members);
    requireEpoch(epoch, current);
    const found = await this.changes.findChanges(conversationId, requesterId, since, limit + 1);
    if (!found) throw new NotConversationMemberError();
    requireReached(since, found.conversation);
    const moved = withReads ? await this.positions.findMoved(conversationId, requesterId, since) : null;
    return { ...toPage(found, moved, limit), epoch: current };
  }
}

function toPage(
  found: ConversationCatchUp,
  asked: MovedPositions | null,
  limit: number,
): Omit<ChangesPage, 'epoch'> {
  const { conversation } = found;
  const { members, membersTruncated, room: besideMembers } = fittingMembers(found);
  const { moved, room } = fittingReads(asked, besideMembers);
  const messages = fittingMessages(found.messages.slice(0, limit), room);
  const last = found.messages.length > messages.length ? messages.at(-1) : undefined;
  const rev = last?.rev ?? conversation.rev;
  return { conversation, messages, members, membersTruncated, moved, rev, hasMore: last !== undefined };
}
