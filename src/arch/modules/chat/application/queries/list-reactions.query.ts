import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { MessageNotFoundError } from '../../domain/errors/message-not-found.error.js';
import { toReactionKind } from '../../domain/models/reaction.model.js';
import type { ReactionPage } from '../../domain/models/reaction-page.model.js';
import { requireConversationExists, requireVisibleFrom } from '../../domain/services/membership.policy.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { MessageReactionsPort } from '../ports/message-reactions.port.js';

interface Request {
  readonly conversationId: string;
  readonly requesterId: string;
  readonly messageId: string;
  /** Only reactions of this kind. */
  readonly emoji?: string | undefined;
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** Who has reacted to a message how. */
export class ListReactionsQuery extends Query<ReactionPage> {
  constructor(readonly request: Request) {
    super();
  }
}

@QueryHandler(ListReactionsQuery)
export class ListReactionsHandler implements IQueryHandler<ListReactionsQuery> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly reactions: MessageReactionsPort,
  ) {}

  async execute({ request }: ListReactionsQuery): Promise<ReactionPage> {
    const { conversationId, requesterId, messageId, emoji, limit, cursor } = request;
    const key = emoji === undefined ? undefined : toReactionKind(emoji).key;
    await requireConversationExists(conversationId, this.conversations);
    const visibleFrom = await requireVisibleFrom(conversationId, requesterId, this.members);
    const place = { conversationId, messageId, visibleFrom };
    const page = await this.reactions.findReactions({ ...place, key, limit, cursor });
    if (!page) throw new MessageNotFoundError();
    return page;
  }
}
