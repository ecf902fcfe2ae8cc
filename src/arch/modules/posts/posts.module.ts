import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { PrivatePostsPort } from '../../common/application/ports/private-posts.port.js';
import { CreatePostHandler } from './application/commands/create-post.command.js';
import { DeletePostHandler } from './application/commands/delete-post.command.js';
import { UpdatePostHandler } from './application/commands/update-post.command.js';
import { PostRepositoryPort } from './application/ports/post-repository.port.js';
import { GetPostByIdHandler } from './application/queries/get-post-by-id.query.js';
import { ListPostsHandler } from './application/queries/list-posts.query.js';
import { PostRepositoryAdapter } from './infrastructure/adapters/post-repository.adapter.js';
import { PostsController } from './interface/http/posts.controller.js';

/** Global for the private posts of an account that is deleted, which the user module asks for. */
@Global()
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
    { provide: PrivatePostsPort, useExisting: PostRepositoryPort },
  ],
  exports: [PrivatePostsPort],
})
export class PostsModule {}
