import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { requireOwnPost, requirePost } from '../../domain/services/post-visibility.policy.js';
import { PostRepositoryPort } from '../ports/post-repository.port.js';

export class DeletePostCommand extends Command<void> {
  constructor(
    readonly postId: string,
    readonly requesterId: string,
  ) {
    super();
  }
}

@CommandHandler(DeletePostCommand)
export class DeletePostHandler implements ICommandHandler<DeletePostCommand> {
  constructor(private readonly posts: PostRepositoryPort) {}

  async execute({ postId, requesterId }: DeletePostCommand): Promise<void> {
    requireOwnPost(await requirePost(postId, this.posts), requesterId);
    await this.posts.delete(postId, requesterId);
  }
}
