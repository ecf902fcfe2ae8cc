import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
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
import { AddConversationMemberCommand } from '../../application/commands/add-conversation-member.command.js';
import { ChangeRoleCommand } from '../../application/commands/change-role.command.js';
import { RemoveMemberCommand } from '../../application/commands/remove-member.command.js';
import { ListMembersQuery } from '../../application/queries/list-members.query.js';
import { ACCESS_ERRORS, conversationId, memberId } from './conversation-path.js';
import { type AddMemberDto, addMemberSchema } from './dto/add-member.dto.js';
import { type ChangeRoleDto, changeRoleSchema } from './dto/change-role.dto.js';
import { type ListMembersQueryDto, listMembersQuerySchema } from './dto/list-members-query.dto.js';
import {
  type MemberDto,
  type MemberPageDto,
  memberPageSchema,
  memberSchema,
  toMemberDto,
} from './dto/member.dto.js';
import { roleErrors } from './dto/role-errors.js';

@ApiTags('chat')
@Authenticated()
@ApiCommonErrors()
@Controller('chat/conversations/:id/members')
export class MembersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Can('conversations', 'read')
  @ApiOperation({
    summary: 'The members, in the order of joining',
    description: 'The order never changes, so that pages neither repeat nor omit a member.',
  })
  @ApiOkResponse({ standardSchema: memberPageSchema, description: 'One page of them.' })
  @ApiPageErrors(...ACCESS_ERRORS)
  async listMembers(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Query({ schema: listMembersQuerySchema }) { limit, cursor }: ListMembersQueryDto,
  ): Promise<MemberPageDto> {
    const page = await this.queries.execute(new ListMembersQuery(id, user.sub, limit, cursor));
    return { data: page.data.map(toMemberDto), nextCursor: page.nextCursor };
  }

  @Post()
  @Can('conversations', 'update')
  @ApiOperation({
    summary: 'Add a member',
    description:
      'By its owner or an admin, and by every member where `adding` is `all`; `USER_NOT_REACHABLE`: the user does not want it. The new member sees the whole history, or with `history: none` only what comes later; a member who is neither owner nor admin and does not see the whole history cannot show it. The sockets of that user are sent `conversation_added`.',
  })
  @ApiCreatedResponse({ standardSchema: memberSchema, description: 'The new member.' })
  @ApiBodyErrors(
    ...ACCESS_ERRORS,
    ...roleErrors('addMember'),
    'USER_NOT_FOUND',
    'ALREADY_CONVERSATION_MEMBER',
    'USER_NOT_REACHABLE',
    'MEMBER_BANNED',
    'CONVERSATION_FULL',
  )
  async addMember(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Body({ schema: addMemberSchema }) { userId, history }: AddMemberDto,
  ): Promise<MemberDto> {
    return toMemberDto(
      await this.commands.execute(new AddConversationMemberCommand(id, user.sub, userId, history)),
    );
  }

  @Patch(':userId')
  @Can('conversations', 'update')
  @Throttled('members')
  @ApiOperation({
    summary: 'Change the role of a member',
    description:
      'By its owner. `owner` transfers the ownership: you become an admin first, then the member becomes the owner, each with a `member_updated` to the room. The present role again changes nothing.',
  })
  @ApiOkResponse({ standardSchema: memberSchema, description: 'The member with its role.' })
  @ApiBodyErrors(...ACCESS_ERRORS, ...roleErrors('changeRole'), 'MEMBER_NOT_FOUND')
  async changeRole(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Param('userId', { schema: memberId }) userId: string,
    @Body({ schema: changeRoleSchema }) { role }: ChangeRoleDto,
  ): Promise<MemberDto> {
    return toMemberDto(await this.commands.execute(new ChangeRoleCommand(id, user.sub, userId, role)));
  }

  @Delete(':userId')
  @HttpCode(204)
  @Can('conversations', 'update')
  @Throttled('members')
  @ApiOperation({
    summary: 'Remove a member, or leave',
    description:
      'Everybody may leave; the owner removes anybody else, admins remove members. The room is sent `member_removed`, the sockets of that user `conversation_removed`, and they leave the room. When the owner leaves, the oldest admin becomes the owner, otherwise the oldest member; when the last member leaves, the conversation is deleted.',
  })
  @ApiNoContentResponse({ description: 'No longer a member.' })
  @ApiAddressErrors(...ACCESS_ERRORS, ...roleErrors('removeMember'), 'MEMBER_NOT_FOUND')
  async removeMember(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Param('userId', { schema: memberId }) userId: string,
  ): Promise<void> {
    await this.commands.execute(new RemoveMemberCommand(id, user.sub, userId));
  }
}
