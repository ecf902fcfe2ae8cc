import { Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '../../../../common/domain/principal.js';
import {
  ApiAddressErrors,
  ApiCommonErrors,
  ApiPageErrors,
} from '../../../../common/interface/http/decorators/api-errors.decorator.js';
import {
  type PageQueryDto,
  pageQuerySchema,
} from '../../../../common/interface/validation/parameter.schema.js';
import { Authenticated } from '../../../../common/interface/http/decorators/authenticated.decorator.js';
import { Can } from '../../../../common/interface/http/decorators/can.decorator.js';
import { CurrentUser } from '../../../../common/interface/http/decorators/current-user.decorator.js';
import { SetFollowingCommand } from '../../application/commands/set-following.command.js';
import { ListFollowedThreadsQuery } from '../../application/queries/list-followed-threads.query.js';
import { ListThreadsQuery } from '../../application/queries/list-threads.query.js';
import { ACCESS_ERRORS, conversationId, threadId } from './conversation-path.js';
import {
  type ListFollowedThreadsQueryDto,
  listFollowedThreadsQuerySchema,
  type ThreadPageDto,
  threadPageSchema,
  toThreadPageDto,
} from './dto/thread-page.dto.js';

/** Threads as lists, and who follows them. */
@ApiTags('chat')
@Authenticated()
@ApiCommonErrors()
@Controller('chat')
export class ThreadsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get('threads')
  @Can('messages', 'read')
  @ApiOperation({
    summary: 'The threads that I follow',
    description:
      'Last activity first. You follow a thread when you write in it, when you are mentioned in it, when somebody replies to your message that it has begun at, and when you ask for it. Threads whose message you do not see any more are left out.',
  })
  @ApiOkResponse({ standardSchema: threadPageSchema, description: 'One page of them.' })
  @ApiPageErrors()
  async listFollowedThreads(
    @CurrentUser() user: Principal,
    @Query({ schema: listFollowedThreadsQuerySchema }) { unread, limit, cursor }: ListFollowedThreadsQueryDto,
  ): Promise<ThreadPageDto> {
    const request = { userId: user.sub, isUnread: unread, limit, cursor };
    return toThreadPageDto(await this.queries.execute(new ListFollowedThreadsQuery(request)));
  }

  @Get('conversations/:id/threads')
  @Can('messages', 'read')
  @ApiOperation({
    summary: 'The threads of a conversation',
    description: 'Last activity first; those that have begun at a message that you see.',
  })
  @ApiOkResponse({ standardSchema: threadPageSchema, description: 'One page of them.' })
  @ApiPageErrors(...ACCESS_ERRORS)
  async listThreads(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Query({ schema: pageQuerySchema }) { limit, cursor }: PageQueryDto,
  ): Promise<ThreadPageDto> {
    return toThreadPageDto(await this.queries.execute(new ListThreadsQuery(id, user.sub, limit, cursor)));
  }

  @Put('conversations/:id/follow')
  @HttpCode(204)
  @Can('messages', 'read')
  @ApiOperation({
    summary: 'Follow a thread',
    description:
      'Its replies from now on count as unread until you have read them. It ends with your membership of the parent. A conversation that is no thread is not found.',
  })
  @ApiNoContentResponse({ description: 'You follow it.' })
  @ApiAddressErrors(...ACCESS_ERRORS)
  async followThread(
    @CurrentUser() user: Principal,
    @Param('id', { schema: threadId }) id: string,
  ): Promise<void> {
    await this.commands.execute(new SetFollowingCommand(id, user.sub, true));
  }

  @Delete('conversations/:id/follow')
  @HttpCode(204)
  @Can('messages', 'read')
  @ApiOperation({
    summary: 'Follow a thread no longer',
    description:
      'Nothing in it counts as unread any more. When you write in it or are mentioned in it, you follow it again.',
  })
  @ApiNoContentResponse({ description: 'You do not follow it.' })
  @ApiAddressErrors(...ACCESS_ERRORS)
  async unfollowThread(
    @CurrentUser() user: Principal,
    @Param('id', { schema: threadId }) id: string,
  ): Promise<void> {
    await this.commands.execute(new SetFollowingCommand(id, user.sub, false));
  }
}
