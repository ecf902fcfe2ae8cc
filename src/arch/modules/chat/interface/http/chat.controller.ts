import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
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
import { Keyed } from '../../../../common/interface/http/idempotency/keyed.decorator.js';
import { KeyedCreations } from '../../../../common/interface/http/idempotency/keyed-creations.js';
import { CreateConversationCommand } from '../../application/commands/create-conversation.command.js';
import { SendMessageCommand } from '../../application/commands/send-message.command.js';
import { GetConversationByIdQuery } from '../../application/queries/get-conversation-by-id.query.js';
import { ListMyConversationsQuery } from '../../application/queries/list-my-conversations.query.js';
import { ACCESS_ERRORS, conversationId } from './conversation-path.js';
import {
  type ConversationDetailDto,
  conversationDetailSchema,
  type ConversationPageDto,
  conversationPageSchema,
  toConversationDetailDto,
  toConversationDto,
} from './dto/conversation.dto.js';
import { type CreateConversationDto, createConversationSchema } from './dto/create-conversation.dto.js';
import {
  type ListConversationsQueryDto,
  listConversationsQuerySchema,
} from './dto/list-conversations-query.dto.js';
import {
  type ListMessagesQueryDto,
  listMessagesQuerySchema,
  toListMessagesQuery,
} from './dto/list-messages-query.dto.js';
import { type MessageDto, messageSchema, toMessageDto } from './dto/message.dto.js';
import { type MessagesAnswerDto, messagePageSchema, toMessagesAnswerDto } from './dto/messages-answer.dto.js';
import { type SendMessageDto, sendMessageSchema } from './dto/send-message.dto.js';

@ApiTags('chat')
@Authenticated()
@ApiCommonErrors()
@Controller('chat/conversations')
export class ChatController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly keyed: KeyedCreations,
  ) {}

  @Post()
  @Can('conversations', 'create')
  @ApiOperation({
    summary: 'Create a conversation',
    description:
      'You are its owner, and the users in `memberIds` are its members; their sockets are sent `conversation_added`. Send an `Idempotency-Key`, so that repeating the request creates nothing twice.',
  })
  @ApiCreatedResponse({
    standardSchema: conversationDetailSchema,
    description: 'Created, with you as its owner.',
  })
  @ApiBodyErrors('USER_NOT_REACHABLE', 'USER_NOT_FOUND')
  @Keyed()
  async createConversation(
    @CurrentUser() user: Principal,
    @Body({ schema: createConversationSchema }) body: CreateConversationDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConversationDetailDto> {
    const command = new CreateConversationCommand(user.sub, body.memberIds, body.title);
    return this.keyed.answerCreation(reply, user, body, async () =>
      toConversationDetailDto(await this.commands.execute(command)),
    );
  }

  @Get()
  @Can('conversations', 'read')
  @ApiOperation({
    summary: 'My conversations, last activity first',
    description:
      'Each with its last message and how many messages you have not read. A cursor continues the list with the same filters.',
  })
  @ApiOkResponse({ standardSchema: conversationPageSchema, description: 'One page of them.' })
  @ApiPageErrors()
  async listConversations(
    @CurrentUser() user: Principal,
    @Query({ schema: listConversationsQuerySchema }) { limit, cursor, ...filter }: ListConversationsQueryDto,
  ): Promise<ConversationPageDto> {
    const query = new ListMyConversationsQuery(user.sub, limit, cursor, filter);
    const page = await this.queries.execute(query);
    return { data: page.data.map(toConversationDto), nextCursor: page.nextCursor };
  }

  @Get(':id')
  @Can('conversations', 'read')
  @ApiOperation({
    summary: 'One conversation with its members',
    description:
      '`members` are the first page of them; `membersCursor` leads to the others, where there are more.',
  })
  @ApiOkResponse({ standardSchema: conversationDetailSchema, description: 'The conversation.' })
  @ApiAddressErrors(...ACCESS_ERRORS)
  async getConversation(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
  ): Promise<ConversationDetailDto> {
    return toConversationDetailDto(await this.queries.execute(new GetConversationByIdQuery(id, user.sub)));
  }

  @Get(':id/messages')
  @Can('messages', 'read')
  @ApiOperation({
    summary: 'The history by pages, newest first',
    description:
      'Pages are exact at any depth. For older clients, `before`, `after` or `around` may be given here; the answer is then a window.',
  })
  @ApiOkResponse({ standardSchema: messagePageSchema, description: 'One page of it.' })
  @ApiAddressErrors(...ACCESS_ERRORS)
  async listMessages(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Query({ schema: listMessagesQuerySchema }) query: ListMessagesQueryDto,
  ): Promise<MessagesAnswerDto> {
    const found = await this.queries.execute(toListMessagesQuery(id, user.sub, query));
    return toMessagesAnswerDto(found, query);
  }

  @Post(':id/messages')
  @Can('messages', 'create')
  @ApiOperation({
    summary: 'Send a message',
    description:
      'The message is stored when this is answered, and emitted to the sockets of members that have joined the room. Repeating the same `clientMessageId` answers the first message as it is now, with 200 instead of 201. In slow mode a member waits for `Retry-After` seconds before the next message.',
  })
  @ApiCreatedResponse({
    standardSchema: messageSchema,
    description: 'The message is stored, and emitted to the sockets in the room.',
  })
  @ApiOkResponse({
    standardSchema: messageSchema,
    description: 'The message had been stored before with the same `clientMessageId`.',
  })
  @ApiBodyErrors(
    ...ACCESS_ERRORS,
    'CLIENT_MESSAGE_ID_REUSED',
    'POSTING_RESTRICTED',
    'SLOW_MODE',
    'USER_NOT_REACHABLE',
    'MESSAGE_NOT_FOUND',
    'CANNOT_MENTION_ALL',
  )
  async sendMessage(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Body({ schema: sendMessageSchema }) body: SendMessageDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MessageDto> {
    const { content, clientMessageId, ...extras } = body;
    const command = new SendMessageCommand(id, user.sub, content, clientMessageId, extras);
    const { message, duplicate } = await this.commands.execute(command);
    void reply.status(duplicate ? 200 : 201);
    return toMessageDto(message);
  }
}
