import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CreatePostHandler } from './application/commands/create-post.command.js';
import { DeletePostHandler } from './application/commands/delete-post.command.js';
import { UpdatePostHandler } from './application/commands/update-post.command.js';
import { PostDataPort } from './application/ports/post-data.port.js';
import { PostRepositoryPort } from './application/ports/post-repository.port.js';
import { GetPostByIdHandler } from './application/queries/get-post-by-id.query.js';
import { ListPostsHandler } from './application/queries/list-posts.query.js';
import { PostDataAdapter } from './infrastructure/adapters/post-data.adapter.js';
import { PostRepositoryAdapter } from './infrastructure/adapters/post-repository.adapter.js';
import { PostsController } from './interface/http/posts.controller.js';

@Module({
  imports: [CqrsModule],
  controllers: [PostsController],
  providers: [
    CreatePostHandler,
    UpdatePostHandler,
    DeletePostHandler,
    ListPostsHandler,
    GetPostByIdHandler,
    { provide: PostRepositoryPort, useClass: PostRepositoryAdapter },
    { provide: PostDataPort, useClass: PostDataAdapter },
  ],
  exports: [PostDataPort],
})
export class PostsModule {}
