import { Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DEMO_USERS } from '../../../../common/domain/demo-data.js';
import type { Principal } from '../../../../common/domain/principal.js';
import {
  ApiAddressErrors,
  ApiCommonErrors,
  ApiPageErrors,
} from '../../../../common/interface/http/decorators/api-errors.decorator.js';
import { Authenticated } from '../../../../common/interface/http/decorators/authenticated.decorator.js';
import { Can } from '../../../../common/interface/http/decorators/can.decorator.js';
import { CurrentUser } from '../../../../common/interface/http/decorators/current-user.decorator.js';
import {
  type PageQueryDto,
  pageQuerySchema,
} from '../../../../common/interface/validation/parameter.schema.js';
import { idParameter } from '../../../../common/interface/validation/uuid.schema.js';
import { SetBlockCommand } from '../../application/commands/set-block.command.js';
import { ListBlockedUsersQuery } from '../../application/queries/list-blocked-users.query.js';
import {
  type BlockedUserPageDto,
  blockedUserPageSchema,
  toBlockedUserPageDto,
} from './dto/blocked-user.dto.js';

const blockedUserId = idParameter('the user', DEMO_USERS[2].id);

/** Routes for whom a user has blocked. */
@ApiTags('users')
@Authenticated()
@ApiCommonErrors()
@Controller('users/me/blocks')
export class BlockController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Can('user', 'read')
  @ApiOperation({
    summary: 'The users whom I have blocked, in the order of ids',
    description: 'In groups the server filters nothing: hide what they write there.',
  })
  @ApiOkResponse({ standardSchema: blockedUserPageSchema, description: 'One page of them.' })
  @ApiPageErrors()
  async listBlockedUsers(
    @CurrentUser() user: Principal,
    @Query({ schema: pageQuerySchema }) { limit, cursor }: PageQueryDto,
  ): Promise<BlockedUserPageDto> {
    return toBlockedUserPageDto(
      await this.queries.execute(new ListBlockedUsersQuery(user.sub, limit, cursor)),
    );
  }

  @Put(':userId')
  @HttpCode(204)
  @Can('user', 'update')
  @ApiOperation({
    summary: 'Block a user',
    description:
      'In your direct conversation neither of you can send, edit, react, pin or change anything, neither can open it, and that user cannot add you to a group. The answer to them is `USER_NOT_REACHABLE`, as for `addableBy`: they do not learn of the block. Your sockets are sent `user_blocked`.',
  })
  @ApiNoContentResponse({ description: 'The user is blocked.' })
  @ApiAddressErrors('USER_NOT_FOUND')
  async blockUser(
    @CurrentUser() user: Principal,
    @Param('userId', { schema: blockedUserId }) userId: string,
  ): Promise<void> {
    await this.commands.execute(new SetBlockCommand(user.sub, userId, true));
  }

  @Delete(':userId')
  @HttpCode(204)
  @Can('user', 'update')
  @ApiOperation({
    summary: 'Unblock a user',
    description: 'Answers 204 also when the user is not blocked. Your sockets are sent `user_blocked`.',
  })
  @ApiNoContentResponse({ description: 'The user is not blocked.' })
  @ApiAddressErrors('USER_NOT_FOUND')
  async unblockUser(
    @CurrentUser() user: Principal,
    @Param('userId', { schema: blockedUserId }) userId: string,
  ): Promise<void> {
    await this.commands.execute(new SetBlockCommand(user.sub, userId, false));
  }
}
