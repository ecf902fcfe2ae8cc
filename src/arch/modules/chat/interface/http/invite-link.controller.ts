import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '../../../../common/domain/principal.js';
import {
  ApiAddressErrors,
  ApiCommonErrors,
} from '../../../../common/interface/http/decorators/api-errors.decorator.js';
import { Authenticated } from '../../../../common/interface/http/decorators/authenticated.decorator.js';
import { Can } from '../../../../common/interface/http/decorators/can.decorator.js';
import { CurrentUser } from '../../../../common/interface/http/decorators/current-user.decorator.js';
import { Throttled } from '../../../../common/interface/http/throttling/throttled.decorator.js';
import { JoinByInviteCommand } from '../../application/commands/join-by-invite.command.js';
import { GetInviteQuery } from '../../application/queries/get-invite.query.js';
import { inviteToken } from './conversation-path.js';
import { type ConversationDto, conversationSchema, toConversationDto } from './dto/conversation.dto.js';
import { type InvitePreviewDto, invitePreviewSchema, toInvitePreviewDto } from './dto/invite.dto.js';

/** What whoever has the token of an invite can do. Logs and errors show the token nowhere: `shown-path.ts`. */
@ApiTags('chat')
@Authenticated()
@ApiCommonErrors()
@Controller('chat/invites/:token')
export class InviteLinkController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Can('conversations', 'read')
  @Throttled('invite')
  @ApiOperation({
    summary: 'Where an invite leads',
    description: 'For everybody who has its token, before joining. Errors and logs do not show the token.',
  })
  @ApiOkResponse({ standardSchema: invitePreviewSchema, description: 'The conversation, from outside.' })
  @ApiAddressErrors('INVITE_NOT_FOUND', 'MEMBER_BANNED')
  async getInvite(
    @CurrentUser() user: Principal,
    @Param('token', { schema: inviteToken }) token: string,
  ): Promise<InvitePreviewDto> {
    return toInvitePreviewDto(await this.queries.execute(new GetInviteQuery(token, user.sub)));
  }

  @Post('join')
  @HttpCode(200)
  @Can('conversations', 'update')
  @Throttled('invite')
  @ApiOperation({
    summary: 'Join the conversation of an invite',
    description:
      'Whoever may add you and whom you have blocked does not matter: you join on your own. The room is sent `member_added` with `via: invite`, and your sockets `conversation_added`. For members it changes nothing, so that a repeat is harmless.',
  })
  @ApiOkResponse({ standardSchema: conversationSchema, description: 'The conversation, as in your list.' })
  @ApiAddressErrors('INVITE_NOT_FOUND', 'USER_NOT_FOUND', 'MEMBER_BANNED', 'CONVERSATION_FULL')
  async joinByInvite(
    @CurrentUser() user: Principal,
    @Param('token', { schema: inviteToken }) token: string,
  ): Promise<ConversationDto> {
    return toConversationDto(await this.commands.execute(new JoinByInviteCommand(token, user.sub)));
  }
}
