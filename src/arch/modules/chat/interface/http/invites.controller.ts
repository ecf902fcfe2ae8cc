import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
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
} from '../../../../common/interface/http/decorators/api-errors.decorator.js';
import { Authenticated } from '../../../../common/interface/http/decorators/authenticated.decorator.js';
import { Can } from '../../../../common/interface/http/decorators/can.decorator.js';
import { CurrentUser } from '../../../../common/interface/http/decorators/current-user.decorator.js';
import { Throttled } from '../../../../common/interface/http/throttling/throttled.decorator.js';
import { CreateInviteCommand } from '../../application/commands/create-invite.command.js';
import { RevokeInviteCommand } from '../../application/commands/revoke-invite.command.js';
import { ListInvitesQuery } from '../../application/queries/list-invites.query.js';
import { ACCESS_ERRORS, conversationId, inviteId } from './conversation-path.js';
import {
  type CreateInviteDto,
  createInviteSchema,
  type InviteListDto,
  inviteListSchema,
  type NewInviteDto,
  newInviteSchema,
  toInviteListDto,
  toNewInviteDto,
} from './dto/invite.dto.js';
import { roleErrors } from './dto/role-errors.js';

/** The invites of a conversation, for its owner and admins. */
@ApiTags('chat')
@Authenticated()
@ApiCommonErrors()
@Controller('chat/conversations/:id/invites')
export class InvitesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Can('conversations', 'read')
  @ApiOperation({
    summary: 'The open invites of a conversation',
    description:
      'For its owner and admins, without the tokens. Invites that are spent, revoked or expired are left out.',
  })
  @ApiOkResponse({ standardSchema: inviteListSchema, description: 'All of them.' })
  @ApiAddressErrors(...ACCESS_ERRORS, 'CANNOT_ADD_MEMBER', 'THREAD_NOT_ALLOWED')
  async listInvites(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
  ): Promise<InviteListDto> {
    return toInviteListDto(await this.queries.execute(new ListInvitesQuery(id, user.sub)));
  }

  @Post()
  @Can('conversations', 'update')
  @Throttled('invite')
  @ApiOperation({
    summary: 'Create an invite',
    description:
      'By its owner or an admin. Whoever has the token can join until the invite is spent, revoked or expired, or its maker is no longer owner or admin. It cannot be read again, so this request takes no `Idempotency-Key`: revoke an invite whose answer was lost.',
  })
  @ApiCreatedResponse({ standardSchema: newInviteSchema, description: 'The invite with its token.' })
  @ApiBodyErrors(...ACCESS_ERRORS, ...roleErrors('invite'), 'TOO_MANY_INVITES')
  async createInvite(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Body({ schema: createInviteSchema }) draft: CreateInviteDto,
  ): Promise<NewInviteDto> {
    return toNewInviteDto(await this.commands.execute(new CreateInviteCommand(id, user.sub, draft)));
  }

  @Delete(':inviteId')
  @HttpCode(204)
  @Can('conversations', 'update')
  @ApiOperation({
    summary: 'Revoke an invite',
    description:
      'By the owner or an admin of the conversation, whoever has made the invite. Who has joined with it stays. Without such an invite it changes nothing.',
  })
  @ApiNoContentResponse({ description: 'Nobody can join with it.' })
  @ApiAddressErrors(...ACCESS_ERRORS, ...roleErrors('invite'))
  async revokeInvite(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Param('inviteId', { schema: inviteId }) invite: string,
  ): Promise<void> {
    await this.commands.execute(new RevokeInviteCommand(id, user.sub, invite));
  }
}
