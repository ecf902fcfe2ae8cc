import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { DatabaseEpochPort } from '../../../../common/application/ports/database-epoch.port.js';
import { CursorInvalidError } from '../../../../common/domain/errors/cursor-invalid.error.js';
import { jsonBytes, roomBeside } from '../../../../common/domain/fitting-rows.js';
import { NotConversationMemberError } from '../../domain/errors/not-conversation-member.error.js';
import type { ConversationCatchUp } from '../../domain/models/conversation-catch-up.model.js';
import { requireAccess } from '../../domain/services/membership.policy.js';
import { fittingMessages } from '../../domain/services/fitting-messages.js';
import { ConversationCatchUpPort } from '../ports/conversation-catch-up.port.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';

/** Bytes reserved for rows beside the members, so that every page advances: one of the longest takes half of it. */
export const ROOM_FOR_ROWS = 65_536;
export const START_OVER =
  'What you know is not of this history: the database was restored, or the cursor is of another. Drop it and start over, with since=0.';

export interface ChangesPage extends ConversationCatchUp {
  /** The last `rev` of this page, from which the next one continues. */
  readonly rev: number;
  readonly hasMore: boolean;
  /** True when the members have changed and their list does not fit: it is available by pages. */
  readonly membersTruncated: boolean;
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
    private readonly epoch: DatabaseEpochPort,
  ) {}

  async execute({
    conversationId,
    requesterId,
    since,
    limit,
    epoch,
  }: ListChangesQuery): Promise<ChangesPage> {
    const { current } = this.epoch;
    await requireAccess(conversationId, requesterId, this.conversations, this.members);
    if (epoch !== undefined && epoch !== current) throw new CursorInvalidError(START_OVER);
    const found = await this.changes.findChanges(conversationId, requesterId, since, limit + 1);
    if (!found) throw new NotConversationMemberError();
    if (since > found.conversation.rev) throw new CursorInvalidError(START_OVER);
    return { ...toPage(found, limit), epoch: current };
  }
}

/** The members are complete or omitted; the messages take the remaining room. */
function toPage(found: ConversationCatchUp, limit: number): Omit<ChangesPage, 'epoch'> {
  const { conversation } = found;
  const room = roomBeside(jsonBytes(conversation));
  const membersBytes = found.members ? jsonBytes(found.members) : 0;
  const membersTruncated = membersBytes > room - ROOM_FOR_ROWS;
  const members = membersTruncated ? null : found.members;
  const messages = fittingMessages(found.messages.slice(0, limit), members ? room - membersBytes : room);
  const last = found.messages.length > messages.length ? messages.at(-1) : undefined;
  const rev = last?.rev ?? conversation.rev;
  return { conversation, messages, members, membersTruncated, rev, hasMore: last !== undefined };
}
