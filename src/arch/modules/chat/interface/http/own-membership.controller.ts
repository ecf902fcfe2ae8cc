import { Body, Controller, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '../../../../common/domain/principal.js';
import {
  ApiAddressErrors,
  ApiBodyErrors,
  ApiCommonErrors,
} from '../../../../common/interface/http/decorators/api-errors.decorator.js';
import { Authenticated } from '../../../../common/interface/http/decorators/authenticated.decorator.js';
import { Can } from '../../../../common/interface/http/decorators/can.decorator.js';
import { CurrentUser } from '../../../../common/interface/http/decorators/current-user.decorator.js';
import { ChangeOwnMembershipCommand } from '../../application/commands/change-own-membership.command.js';
import { ClearHistoryCommand } from '../../application/commands/clear-history.command.js';
import { ACCESS_ERRORS, conversationId } from './conversation-path.js';
import {
  type ChangeOwnMembershipDto,
  changeOwnMembershipSchema,
  toMembershipChange,
} from './dto/change-own-membership.dto.js';
import { type OwnMembershipDto, ownMembershipSchema, toOwnMembershipDto } from './dto/own-membership.dto.js';

/** What a conversation is to one of its members: no other member sees any of it. */
@ApiTags('chat')
@Authenticated()
@ApiCommonErrors()
@Controller('chat/conversations/:id')
export class OwnMembershipController {
  constructor(private readonly commands: CommandBus) {}

  @Patch('me')
  @Can('conversations', 'read')
  @ApiOperation({
    summary: 'Change what a conversation is to me',
    description:
      'Notifications, mute, pin, archive, and your own read position; omitted fields keep their values. Your sockets are sent `me_updated`; nobody else sees any of it. An archived conversation stays archived when a message comes. In a thread only the read position can be changed, by who follows it; for anybody else nothing changes.',
  })
  @ApiOkResponse({ standardSchema: ownMembershipSchema, description: '`me` as it is now.' })
  @ApiBodyErrors(...ACCESS_ERRORS, 'THREAD_NOT_ALLOWED')
  async changeOwnMembership(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Body({ schema: changeOwnMembershipSchema }) body: ChangeOwnMembershipDto,
  ): Promise<OwnMembershipDto> {
    const command = new ChangeOwnMembershipCommand(id, user.sub, toMembershipChange(body));
    return toOwnMembershipDto(await this.commands.execute(command));
  }

  @Post('clear')
  @HttpCode(204)
  @Can('conversations', 'read')
  @ApiOperation({
    summary: 'Clear the history for me',
    description:
      'You see none of the messages until now any more, nor do they count as unread; the others see them as before. It cannot be undone. Your sockets are sent `me_updated`.',
  })
  @ApiNoContentResponse({ description: 'The history is cleared.' })
  @ApiAddressErrors(...ACCESS_ERRORS, 'THREAD_NOT_ALLOWED')
  async clearHistory(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
  ): Promise<void> {
    await this.commands.execute(new ClearHistoryCommand(id, user.sub));
  }
}
