import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Res,
  UseGuards,
} from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DEMO_POSTS } from '../../../../common/domain/demo-data.js';
import type { Principal } from '../../../../common/domain/principal.js';
import {
  ApiAddressErrors,
  ApiBodyErrors,
  ApiCommonErrors,
} from '../../../../common/interface/http/decorators/api-errors.decorator.js';
import { Authenticated } from '../../../../common/interface/http/decorators/authenticated.decorator.js';
import { Can } from '../../../../common/interface/http/decorators/can.decorator.js';
import { CurrentUser } from '../../../../common/interface/http/decorators/current-user.decorator.js';
import { Public } from '../../../../common/interface/http/decorators/public.decorator.js';
import { Keyed } from '../../../../common/interface/http/idempotency/keyed.decorator.js';
import { KeyedCreations } from '../../../../common/interface/http/idempotency/keyed-creations.js';
import { OptionalJwtAuthGuard } from '../../../../common/interface/http/guards/optional-jwt-auth.guard.js';
import { idParameter } from '../../../../common/interface/validation/uuid.schema.js';
import { CreatePostCommand } from '../../application/commands/create-post.command.js';
import { DeletePostCommand } from '../../application/commands/delete-post.command.js';
import { UpdatePostCommand } from '../../application/commands/update-post.command.js';
import { GetPostByIdQuery } from '../../application/queries/get-post-by-id.query.js';
import { ListPostsQuery } from '../../application/queries/list-posts.query.js';
import { type CreatePostDto, createPostSchema } from './dto/create-post.dto.js';
import { type ListPostsQueryDto, listPostsQuerySchema } from './dto/list-posts-query.dto.js';
import {
  type PostDto,
  type PostPageDto,
  postPageSchema,
  postSchema,
  toListedPostDto,
  toPostDto,
} from './dto/post.dto.js';
import { type UpdatePostDto, updatePostSchema } from './dto/update-post.dto.js';

const postId = idParameter('the post', DEMO_POSTS[0].id);

/** Accepts requests with and without a token. */
const OPTIONAL_AUTH = { security: [{ bearer: [] }, {}] };

@ApiTags('posts')
@ApiCommonErrors()
@Controller('posts')
export class PostsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly keyed: KeyedCreations,
  ) {}

  @Get()
  @Public('Public posts are for everybody; a token adds the own private ones.')
  @UseGuards(OptionalJwtAuthGuard)
  @ApiOperation({
    summary: 'Public posts and your own private ones, newest first',
    description:
      'Pages are exact at any depth. A page has at most 1 MiB: in a larger one the longest contents are cut to an equal share, and marked with `contentTruncated`.',
    ...OPTIONAL_AUTH,
  })
  @ApiOkResponse({ standardSchema: postPageSchema, description: 'One page of them.' })
  @ApiAddressErrors()
  async listPosts(
    @CurrentUser() user: Principal | undefined,
    @Query({ schema: listPostsQuerySchema }) { page = 1, limit }: ListPostsQueryDto,
  ): Promise<PostPageDto> {
    const { data, total } = await this.queries.execute(new ListPostsQuery(page, limit, user?.sub));
    return { data: data.map(toListedPostDto), total, page, limit };
  }

  @Get(':id')
  @Public('Public posts are for everybody; a token opens the own private ones.')
  @UseGuards(OptionalJwtAuthGuard)
  @ApiOperation({
    summary: 'One post',
    description: 'With its complete content. Only the owner can read a private post.',
    ...OPTIONAL_AUTH,
  })
  @ApiOkResponse({ standardSchema: postSchema, description: 'The post.' })
  @ApiAddressErrors('POST_NOT_FOUND', 'FORBIDDEN_POST_ACCESS')
  async getPost(
    @CurrentUser() user: Principal | undefined,
    @Param('id', { schema: postId }) id: string,
  ): Promise<PostDto> {
    return toPostDto(await this.queries.execute(new GetPostByIdQuery(id, user?.sub)));
  }

  @Post()
  @Can('posts', 'create')
  @Authenticated()
  @ApiOperation({
    summary: 'Write a post',
    description:
      'The post is public unless `visibility` is `private`. Send an `Idempotency-Key`, so that repeating the request creates nothing twice.',
  })
  @ApiCreatedResponse({ standardSchema: postSchema, description: 'Created, with you as its owner.' })
  @ApiBodyErrors()
  @Keyed()
  async createPost(
    @CurrentUser() user: Principal,
    @Body({ schema: createPostSchema }) body: CreatePostDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PostDto> {
    const command = new CreatePostCommand(user.sub, body.title, body.content, body.visibility);
    return this.keyed.answerCreation(reply, user, body, async () =>
      toPostDto(await this.commands.execute(command)),
    );
  }

  @Patch(':id')
  @Can('posts', 'update')
  @Authenticated()
  @ApiOperation({
    summary: 'Change a post of your own',
    description: 'Fields that are omitted keep their values.',
  })
  @ApiOkResponse({ standardSchema: postSchema, description: 'The post as it is now.' })
  @ApiBodyErrors('POST_NOT_FOUND', 'FORBIDDEN_POST_ACCESS')
  async updatePost(
    @CurrentUser() user: Principal,
    @Param('id', { schema: postId }) id: string,
    @Body({ schema: updatePostSchema }) changes: UpdatePostDto,
  ): Promise<PostDto> {
    return toPostDto(await this.commands.execute(new UpdatePostCommand(id, user.sub, changes)));
  }

  @Delete(':id')
  @Can('posts', 'delete')
  @Authenticated()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Delete a post of your own',
    description: 'The post is deleted for all users. This cannot be undone.',
  })
  @ApiNoContentResponse({ description: 'The post is deleted.' })
  @ApiAddressErrors('POST_NOT_FOUND', 'FORBIDDEN_POST_ACCESS')
  async deletePost(
    @CurrentUser() user: Principal,
    @Param('id', { schema: postId }) id: string,
  ): Promise<void> {
    await this.commands.execute(new DeletePostCommand(id, user.sub));
  }
}
