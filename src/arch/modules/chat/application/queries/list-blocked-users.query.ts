import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type BlockedUserPage, BlockRepositoryPort } from '../ports/block-repository.port.js';

export class ListBlockedUsersQuery extends Query<BlockedUserPage> {
  constructor(
    readonly blockerId: string,
    readonly limit: number,
    readonly cursor?: string,
  ) {
    super();
  }
}

@QueryHandler(ListBlockedUsersQuery)
export class ListBlockedUsersHandler implements IQueryHandler<ListBlockedUsersQuery> {
  constructor(private readonly blocks: BlockRepositoryPort) {}

  execute({ blockerId, limit, cursor }: ListBlockedUsersQuery): Promise<BlockedUserPage> {
    return this.blocks.findPage(blockerId, limit, cursor);
  }
}
