import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { MessageNotFoundError } from '../../domain/errors/message-not-found.error.js';
import type { ReaderPage } from '../../domain/models/reader-page.model.js';
import { requireAccess } from '../../domain/services/membership.policy.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { MessageReadersPort, type ReadersRequest } from '../ports/message-readers.port.js';

export class ListReadersQuery extends Query<ReaderPage> {
  constructor(readonly request: ReadersRequest) {
    super();
  }
}

@QueryHandler(ListReadersQuery)
export class ListReadersHandler implements IQueryHandler<ListReadersQuery> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly readers: MessageReadersPort,
  ) {}

  async execute({ request }: ListReadersQuery): Promise<ReaderPage> {
    const { conversationId, userId } = request;
    // This comes first, so that an invalid cursor is refused before the answer depends on the conversation.
    const page = await this.readers.findReaders(request);
    await requireAccess(conversationId, userId, this.conversations, this.members);
    if (!page) throw new MessageNotFoundError();
    return page;
  }
}
