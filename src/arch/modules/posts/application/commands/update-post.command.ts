import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { draftPostChanges, type PostChanges } from '../../domain/models/post-draft.model.js';
import type { Post } from '../../domain/models/post.model.js';
import { requireOwnPost, requirePost } from '../../domain/services/post-visibility.policy.js';
import { PostRepositoryPort } from '../ports/post-repository.port.js';

export class UpdatePostCommand extends Command<Post> {
  constructor(
    readonly postId: string,
    readonly requesterId: string,
    readonly changes: PostChanges,
  ) {
    super();
  }
}

@CommandHandler(UpdatePostCommand)
export class UpdatePostHandler implements ICommandHandler<UpdatePostCommand> {
  constructor(private readonly posts: PostRepositoryPort) {}

  async execute({ postId, requesterId, changes }: UpdatePostCommand): Promise<Post> {
    const draft = draftPostChanges(changes);
    requireOwnPost(await requirePost(postId, this.posts), requesterId);
    return this.posts.update(postId, requesterId, draft);
  }
}
