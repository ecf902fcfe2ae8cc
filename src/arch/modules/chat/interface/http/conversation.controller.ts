import { Body, Controller, Delete, HttpCode, Param, Patch } from '@nestjs/common';
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
import { ChangeSettingsCommand } from '../../application/commands/change-settings.command.js';
import { DeleteConversationCommand } from '../../application/commands/delete-conversation.command.js';
import { ACCESS_ERRORS, conversationId } from './conversation-path.js';
import { type ChangeSettingsDto, changeSettingsSchema } from './dto/change-settings.dto.js';
import {
  type ConversationDetailDto,
  conversationDetailSchema,
  toConversationDetailDto,
} from './dto/conversation.dto.js';
import { roleErrors } from './dto/role-errors.js';

/** Changes of a conversation as a whole. */
@ApiTags('chat')
@Authenticated()
@ApiCommonErrors()
@Controller('chat/conversations/:id')
export class ConversationController {
  constructor(private readonly commands: CommandBus) {}

  @Patch()
  @Can('conversations', 'update')
  @ApiOperation({
    summary: 'Change the settings of a conversation',
    description:
      'By its owner or an admin. The room is sent `conversation_updated` with what has changed; present values change nothing. `posting` and `slowModeSeconds` are for members: the owner and the admins always may send. Of a direct conversation both members may change the metadata, unless one has blocked the other, and nothing else.',
  })
  @ApiOkResponse({ standardSchema: conversationDetailSchema, description: 'The conversation.' })
  @ApiBodyErrors(...ACCESS_ERRORS, ...roleErrors('changeConversation'), 'USER_NOT_REACHABLE')
  async changeSettings(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Body({ schema: changeSettingsSchema }) settings: ChangeSettingsDto,
  ): Promise<ConversationDetailDto> {
    return toConversationDetailDto(
      await this.commands.execute(new ChangeSettingsCommand(id, user.sub, settings)),
    );
  }

  @Delete()
  @HttpCode(204)
  @Can('conversations', 'delete')
  @ApiOperation({
    summary: 'Delete a conversation',
    description:
      'By its owner, for everybody: nobody can read it any more, and its messages are deleted within hours. The sockets of all members are sent `conversation_removed`.',
  })
  @ApiNoContentResponse({ description: 'Deleted.' })
  @ApiAddressErrors(...ACCESS_ERRORS, ...roleErrors('deleteConversation'))
  async deleteConversation(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
  ): Promise<void> {
    await this.commands.execute(new DeleteConversationCommand(id, user.sub));
  }
}
