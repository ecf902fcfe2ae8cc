import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '../../../../common/domain/principal.js';
import {
  ApiAddressErrors,
  ApiBodyErrors,
  ApiCommonErrors,
  ApiPageErrors,
} from '../../../../common/interface/http/decorators/api-errors.decorator.js';
import { Authenticated } from '../../../../common/interface/http/decorators/authenticated.decorator.js';
import { Can } from '../../../../common/interface/http/decorators/can.decorator.js';
import { CurrentUser } from '../../../../common/interface/http/decorators/current-user.decorator.js';
import { Throttled } from '../../../../common/interface/http/throttling/throttled.decorator.js';
import {
  type PageQueryDto,
  pageQuerySchema,
} from '../../../../common/interface/validation/parameter.schema.js';
import { BanMemberCommand } from '../../application/commands/ban-member.command.js';
import { UnbanMemberCommand } from '../../application/commands/unban-member.command.js';
import { ListBansQuery } from '../../application/queries/list-bans.query.js';
import { ACCESS_ERRORS, conversationId, memberId } from './conversation-path.js';
import {
  type BanMemberDto,
  banMemberSchema,
  type BanPageDto,
  banPageSchema,
  toBanDraft,
  toBanPageDto,
} from './dto/ban.dto.js';
import { roleErrors } from './dto/role-errors.js';

@ApiTags('chat')
@Authenticated()
@ApiCommonErrors()
@Controller('chat/conversations/:id/bans')
export class BansController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Can('conversations', 'update')
  @ApiOperation({
    summary: 'Who is banned from a conversation',
    description: 'For its owner and admins. Expired bans are left out.',
  })
  @ApiOkResponse({ standardSchema: banPageSchema, description: 'One page of them.' })
  @ApiPageErrors(...ACCESS_ERRORS, 'CANNOT_REMOVE_MEMBER', 'THREAD_NOT_ALLOWED')
  async listBans(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Query({ schema: pageQuerySchema }) { limit, cursor }: PageQueryDto,
  ): Promise<BanPageDto> {
    return toBanPageDto(await this.queries.execute(new ListBansQuery(id, user.sub, limit, cursor)));
  }

  @Put(':userId')
  @HttpCode(204)
  @Can('conversations', 'update')
  @Throttled('members')
  @ApiOperation({
    summary: 'Ban a user from a conversation',
    description:
      'By its owner, or, unless the user is the owner or an admin, by an admin. A member is removed, as by `DELETE …/members/:userId`, with the reason `banned`; nobody can add the user, and no invite lets the user in, until the ban is lifted or expires. A ban replaces an earlier one.',
  })
  @ApiNoContentResponse({ description: 'Banned.' })
  @ApiBodyErrors(...ACCESS_ERRORS, ...roleErrors('banMember'), 'USER_NOT_FOUND')
  async banMember(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Param('userId', { schema: memberId }) userId: string,
    @Body({ schema: banMemberSchema }) ban: BanMemberDto,
  ): Promise<void> {
    await this.commands.execute(new BanMemberCommand(id, user.sub, userId, toBanDraft(ban)));
  }

  @Delete(':userId')
  @HttpCode(204)
  @Can('conversations', 'update')
  @Throttled('members')
  @ApiOperation({
    summary: 'Lift a ban',
    description:
      'By its owner or an admin. The user is not a member again. Without a ban it changes nothing.',
  })
  @ApiNoContentResponse({ description: 'Not banned.' })
  @ApiAddressErrors(...ACCESS_ERRORS, ...roleErrors('banMember'))
  async unbanMember(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Param('userId', { schema: memberId }) userId: string,
  ): Promise<void> {
    await this.commands.execute(new UnbanMemberCommand(id, user.sub, userId));
  }
}
