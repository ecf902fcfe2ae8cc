import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type MentionPage, MentionsPort } from '../ports/mentions.port.js';

export class ListMentionsQuery extends Query<MentionPage> {
  constructor(
    readonly userId: string,
    readonly limit: number,
    readonly cursor?: string,
  ) {
    super();
  }
}

@QueryHandler(ListMentionsQuery)
export class ListMentionsHandler implements IQueryHandler<ListMentionsQuery> {
  constructor(private readonly mentions: MentionsPort) {}

  execute({ userId, limit, cursor }: ListMentionsQuery): Promise<MentionPage> {
    return this.mentions.findPage(userId, limit, cursor);
  }
}
