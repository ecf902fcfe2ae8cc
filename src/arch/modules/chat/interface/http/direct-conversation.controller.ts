import { Controller, Param, Put, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DEMO_USERS } from '../../../../common/domain/demo-data.js';
import type { Principal } from '../../../../common/domain/principal.js';
import {
  ApiAddressErrors,
  ApiCommonErrors,
} from '../../../../common/interface/http/decorators/api-errors.decorator.js';
import { Authenticated } from '../../../../common/interface/http/decorators/authenticated.decorator.js';
import { Can } from '../../../../common/interface/http/decorators/can.decorator.js';
import { CurrentUser } from '../../../../common/interface/http/decorators/current-user.decorator.js';
import { idParameter } from '../../../../common/interface/validation/uuid.schema.js';
import { OpenDirectConversationCommand } from '../../application/commands/open-direct-conversation.command.js';
import {
  type ConversationDetailDto,
  conversationDetailSchema,
  toConversationDetailDto,
} from './dto/conversation.dto.js';

const otherUserId = idParameter('the other user', DEMO_USERS[1].id);

@ApiTags('chat')
@Authenticated()
@ApiCommonErrors()
@Controller('chat/conversations/direct')
export class DirectConversationController {
  constructor(private readonly commands: CommandBus) {}

  @Put(':userId')
  @Can('conversations', 'create')
  @ApiOperation({
    summary: 'Open the direct conversation with a user',
    description:
      'Two users have one direct conversation, whoever opens it; both are its members for good, and nobody is its owner. With your own id it is notes to yourself. The other one sees it with its first message, not before. Repeating the request answers the same conversation. `USER_NOT_REACHABLE`: the other one does not want it.',
  })
  @ApiCreatedResponse({
    standardSchema: conversationDetailSchema,
    description: 'The conversation was not there before.',
  })
  @ApiOkResponse({ standardSchema: conversationDetailSchema, description: 'The conversation was there.' })
  @ApiAddressErrors('USER_NOT_REACHABLE', 'USER_NOT_FOUND')
  async openDirectConversation(
    @CurrentUser() user: Principal,
    @Param('userId', { schema: otherUserId }) userId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConversationDetailDto> {
    const opened = await this.commands.execute(new OpenDirectConversationCommand(user.sub, userId));
    void reply.status(opened.isNew ? 201 : 200);
    return toConversationDetailDto(opened.conversation);
  }
}
