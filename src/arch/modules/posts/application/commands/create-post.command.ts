import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { draftPost } from '../../domain/models/post-draft.model.js';
import type { Post, PostVisibility } from '../../domain/models/post.model.js';
import { PostRepositoryPort } from '../ports/post-repository.port.js';

export class CreatePostCommand extends Command<Post> {
  constructor(
    readonly ownerId: string,
    readonly title: string,
    readonly content: string,
    readonly visibility: PostVisibility = 'public',
  ) {
    super();
  }
}

@CommandHandler(CreatePostCommand)
export class CreatePostHandler implements ICommandHandler<CreatePostCommand> {
  constructor(private readonly posts: PostRepositoryPort) {}

  async execute({ ownerId, title, content, visibility }: CreatePostCommand): Promise<Post> {
    return this.posts.create(draftPost({ ownerId, title, content, visibility }));
  }
}
