import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type PostPage, PostRepositoryPort } from '../ports/post-repository.port.js';

export class ListPostsQuery extends Query<PostPage> {
  constructor(
    readonly page: number,
    readonly limit: number,
    /** Undefined for an anonymous reader. */
    readonly readerId?: string,
  ) {
    super();
  }
}

@QueryHandler(ListPostsQuery)
export class ListPostsHandler implements IQueryHandler<ListPostsQuery> {
  constructor(private readonly posts: PostRepositoryPort) {}

  execute({ page, limit, readerId }: ListPostsQuery): Promise<PostPage> {
    return readerId === undefined
      ? this.posts.findPublic(page, limit)
      : this.posts.findVisibleTo(readerId, page, limit);
  }
}
