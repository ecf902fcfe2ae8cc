import { Controller, Param, Put, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Principal } from '../../../../common/domain/principal.js';
import {
  ApiAddressErrors,
  ApiCommonErrors,
} from '../../../../common/interface/http/decorators/api-errors.decorator.js';
import { Authenticated } from '../../../../common/interface/http/decorators/authenticated.decorator.js';
import { Can } from '../../../../common/interface/http/decorators/can.decorator.js';
import { CurrentUser } from '../../../../common/interface/http/decorators/current-user.decorator.js';
import { OpenThreadCommand } from '../../application/commands/open-thread.command.js';
import { GetConversationByIdQuery } from '../../application/queries/get-conversation-by-id.query.js';
import { conversationId, MESSAGE_ERRORS, messageId as messageIdParameter } from './conversation-path.js';
import {
  type ConversationDetailDto,
  conversationDetailSchema,
  toConversationDetailDto,
} from './dto/conversation.dto.js';

@ApiTags('chat')
@Authenticated()
@ApiCommonErrors()
@Controller('chat/conversations/:id/messages/:messageId/thread')
export class MessageThreadController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Put()
  @Can('messages', 'create')
  @ApiOperation({
    summary: 'Open the thread of a message',
    description:
      'A thread is a conversation of its own, with the members and rights of its parent; a message has one, whoever opens it. Its replies are sent to its id. Repeating the request answers the same thread. `THREAD_NOT_ALLOWED`: the message is deleted or in a thread, or one of the two of a direct conversation has blocked the other one.',
  })
  @ApiCreatedResponse({
    standardSchema: conversationDetailSchema,
    description: 'The message had no thread before.',
  })
  @ApiOkResponse({ standardSchema: conversationDetailSchema, description: 'The thread was there.' })
  @ApiAddressErrors(...MESSAGE_ERRORS, 'POSTING_RESTRICTED', 'THREAD_NOT_ALLOWED')
  async openThread(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Param('messageId', { schema: messageIdParameter }) messageId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConversationDetailDto> {
    const { threadId, isNew } = await this.commands.execute(new OpenThreadCommand(id, user.sub, messageId));
    const thread = await this.queries.execute(new GetConversationByIdQuery(threadId, user.sub));
    void reply.status(isNew ? 201 : 200);
    return toConversationDetailDto(thread);
  }
}
