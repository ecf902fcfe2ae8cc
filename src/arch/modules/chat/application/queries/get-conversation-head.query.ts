import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { OuterPosition } from '../../../../common/application/room-gate.js';
import { DatabaseEpochPort } from '../../../../common/application/ports/database-epoch.port.js';
import { isThreadId, type ThreadRoot } from '../../domain/models/thread.model.js';
import { requireConversation, requireVisibleFrom } from '../../domain/services/membership.policy.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';

/** The latest numbers of a conversation. */
export interface ConversationHead {
  readonly conversationId: string;
  readonly lastSeq: number;
  readonly rev: number;
  /** The first message that the reader sees. */
  readonly visibleFromSeq: number;
  /** The epoch of `lastSeq` and `rev`. */
  readonly epoch: string;
  /** Of a thread: the room of its parent, the parent's last change, and the message there at which the thread begins. */
  readonly outer?: OuterPosition;
}

export class GetConversationHeadQuery extends Query<ConversationHead> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
  ) {
    super();
  }

  /** Whether it is of a thread, if there is one: such a head has its parent's as `outer`. */
  get isOfThread(): boolean {
    return isThreadId(this.conversationId);
  }
}

@QueryHandler(GetConversationHeadQuery)
export class GetConversationHeadHandler implements IQueryHandler<GetConversationHeadQuery> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly epoch: DatabaseEpochPort,
  ) {}

  async execute({ conversationId, requesterId }: GetConversationHeadQuery): Promise<ConversationHead> {
    const { current: epoch } = this.epoch;
    const { lastSeq, rev, parent } = await requireConversation(conversationId, this.conversations);
    const outer = parent && (await this.readPosition(parent));
    const visibleFromSeq = await requireVisibleFrom(conversationId, requesterId, this.members);
    return { conversationId, lastSeq, rev, visibleFromSeq, epoch, ...(outer && { outer }) };
  }

  private async readPosition({ conversationId, seq }: ThreadRoot): Promise<OuterPosition> {
    const { id: room, rev } = await requireConversation(conversationId, this.conversations);
    return { room, rev, seq };
  }
}
