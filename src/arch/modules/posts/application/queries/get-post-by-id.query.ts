import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Post } from '../../domain/models/post.model.js';
import { requireReadablePost, requirePost } from '../../domain/services/post-visibility.policy.js';
import { PostRepositoryPort } from '../ports/post-repository.port.js';

export class GetPostByIdQuery extends Query<Post> {
  constructor(
    readonly postId: string,
    /** Undefined for an anonymous reader. */
    readonly readerId?: string,
  ) {
    super();
  }
}

@QueryHandler(GetPostByIdQuery)
export class GetPostByIdHandler implements IQueryHandler<GetPostByIdQuery> {
  constructor(private readonly posts: PostRepositoryPort) {}

  async execute({ postId, readerId }: GetPostByIdQuery): Promise<Post> {
    const post = await requirePost(postId, this.posts);
    requireReadablePost(post, readerId);
    return post;
  }
}
