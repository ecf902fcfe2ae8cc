import { Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '../../../../common/domain/principal.js';
import {
  ApiAddressErrors,
  ApiCommonErrors,
  ApiPageErrors,
} from '../../../../common/interface/http/decorators/api-errors.decorator.js';
import { Authenticated } from '../../../../common/interface/http/decorators/authenticated.decorator.js';
import { Can } from '../../../../common/interface/http/decorators/can.decorator.js';
import { CurrentUser } from '../../../../common/interface/http/decorators/current-user.decorator.js';
import { Throttled } from '../../../../common/interface/http/throttling/throttled.decorator.js';
import { SetReactionCommand } from '../../application/commands/set-reaction.command.js';
import { ListReactionsQuery } from '../../application/queries/list-reactions.query.js';
import {
  conversationId,
  memberId,
  MESSAGE_ERRORS,
  messageId as messageIdParameter,
} from './conversation-path.js';
import { type MessageAnswerDto, messageAnswerSchema, toMessageAnswerDto } from './dto/message-answer.dto.js';
import {
  emojiParameter,
  type ListReactionsQueryDto,
  listReactionsQuerySchema,
  type ReactionPageDto,
  reactionPageSchema,
  toReactionPageDto,
} from './dto/reaction.dto.js';
import { refusalOf } from './dto/role-errors.js';

@ApiTags('chat')
@Authenticated()
@ApiCommonErrors()
@Controller('chat/conversations/:id/messages/:messageId/reactions')
export class ReactionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Can('messages', 'read')
  @ApiOperation({
    summary: 'Who has reacted to a message',
    description: 'The message itself names the first 20 of each kind, and how many there are.',
  })
  @ApiOkResponse({ standardSchema: reactionPageSchema, description: 'One page of the reactions.' })
  @ApiPageErrors(...MESSAGE_ERRORS)
  async listReactions(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Param('messageId', { schema: messageIdParameter }) messageId: string,
    @Query({ schema: listReactionsQuerySchema }) query: ListReactionsQueryDto,
  ): Promise<ReactionPageDto> {
    const request = { conversationId: id, messageId, requesterId: user.sub, ...query, cursor: query.cursor };
    return toReactionPageDto(await this.queries.execute(new ListReactionsQuery(request)));
  }

  @Put(':emoji')
  @Throttled('reactions')
  @Can('messages', 'create')
  @ApiOperation({
    summary: 'React to a message',
    description:
      'A repeat changes nothing. In a conversation of more than 100 members the reactions to a message are stored once a second, so that the answer may take a second.',
  })
  @ApiOkResponse({ standardSchema: messageAnswerSchema, description: 'The message with the reaction.' })
  @ApiAddressErrors(
    ...MESSAGE_ERRORS,
    'POSTING_RESTRICTED',
    'USER_NOT_REACHABLE',
    'MESSAGE_DELETED',
    'TOO_MANY_REACTIONS',
  )
  async react(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Param('messageId', { schema: messageIdParameter }) messageId: string,
    @Param('emoji', { schema: emojiParameter }) emoji: string,
  ): Promise<MessageAnswerDto> {
    const command = new SetReactionCommand(id, user.sub, messageId, emoji, true);
    return toMessageAnswerDto(await this.commands.execute(command));
  }

  @Delete(':emoji')
  @Throttled('reactions')
  @Can('messages', 'create')
  @ApiOperation({
    summary: 'Take a reaction back',
    description:
      'Where there is none, nothing changes. A restriction of the conversation does not hold for it.',
  })
  @ApiOkResponse({ standardSchema: messageAnswerSchema, description: 'The message without the reaction.' })
  @ApiAddressErrors(...MESSAGE_ERRORS, 'MESSAGE_DELETED')
  async takeBack(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Param('messageId', { schema: messageIdParameter }) messageId: string,
    @Param('emoji', { schema: emojiParameter }) emoji: string,
  ): Promise<MessageAnswerDto> {
    const command = new SetReactionCommand(id, user.sub, messageId, emoji, false);
    return toMessageAnswerDto(await this.commands.execute(command));
  }

  @Delete(':emoji/:userId')
  @HttpCode(204)
  @Throttled('reactions')
  @Can('messages', 'delete')
  @ApiOperation({
    summary: "Remove somebody's reaction",
    description: 'By the owner or an admin of a group. Where there is none, nothing changes.',
  })
  @ApiNoContentResponse({ description: 'The reaction is not there any more.' })
  @ApiAddressErrors(...MESSAGE_ERRORS, refusalOf('removeReaction'), 'MESSAGE_DELETED')
  async removeReaction(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Param('messageId', { schema: messageIdParameter }) messageId: string,
    @Param('emoji', { schema: emojiParameter }) emoji: string,
    @Param('userId', { schema: memberId }) userId: string,
  ): Promise<void> {
    await this.commands.execute(new SetReactionCommand(id, user.sub, messageId, emoji, false, userId));
  }
}
