import { Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '../../../../common/domain/principal.js';
import {
  ApiAddressErrors,
  ApiCommonErrors,
  ApiPageErrors,
} from '../../../../common/interface/http/decorators/api-errors.decorator.js';
import { Authenticated } from '../../../../common/interface/http/decorators/authenticated.decorator.js';
import { Can } from '../../../../common/interface/http/decorators/can.decorator.js';
import { CurrentUser } from '../../../../common/interface/http/decorators/current-user.decorator.js';
import {
  type PageQueryDto,
  pageQuerySchema,
} from '../../../../common/interface/validation/parameter.schema.js';
import { SetPinCommand } from '../../application/commands/set-pin.command.js';
import { ListPinsQuery } from '../../application/queries/list-pins.query.js';
import {
  ACCESS_ERRORS,
  conversationId,
  MESSAGE_ERRORS,
  messageId as messageIdParameter,
} from './conversation-path.js';
import { type MessageAnswerDto, messageAnswerSchema, toMessageAnswerDto } from './dto/message-answer.dto.js';
import { type PinPageDto, pinPageSchema, toPinPageDto } from './dto/pin-page.dto.js';
import { refusalOf } from './dto/role-errors.js';

@ApiTags('chat')
@Authenticated()
@ApiCommonErrors()
@Controller('chat/conversations/:id')
export class PinsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get('pins')
  @Can('messages', 'read')
  @ApiOperation({ summary: 'The pinned messages of a conversation', description: 'The last pinned first.' })
  @ApiOkResponse({ standardSchema: pinPageSchema, description: 'One page of them.' })
  @ApiPageErrors(...ACCESS_ERRORS)
  async listPins(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Query({ schema: pageQuerySchema }) { limit, cursor }: PageQueryDto,
  ): Promise<PinPageDto> {
    return toPinPageDto(await this.queries.execute(new ListPinsQuery(id, user.sub, limit, cursor)));
  }

  @Put('messages/:messageId/pin')
  @Can('messages', 'update')
  @ApiOperation({
    summary: 'Pin a message',
    description:
      'For all members. By the owner or an admin of a group, or by either member of a direct conversation unless one has blocked the other. A pinned message stays as it is.',
  })
  @ApiOkResponse({ standardSchema: messageAnswerSchema, description: 'The message, pinned.' })
  @ApiAddressErrors(
    ...MESSAGE_ERRORS,
    refusalOf('pinMessage'),
    'USER_NOT_REACHABLE',
    'MESSAGE_DELETED',
    'TOO_MANY_PINS',
  )
  async pinMessage(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Param('messageId', { schema: messageIdParameter }) messageId: string,
  ): Promise<MessageAnswerDto> {
    return this.setPin(id, user, messageId, true);
  }

  @Delete('messages/:messageId/pin')
  @Can('messages', 'update')
  @ApiOperation({
    summary: 'Unpin a message',
    description: 'By whoever may pin it. A message that is not pinned stays as it is.',
  })
  @ApiOkResponse({ standardSchema: messageAnswerSchema, description: 'The message, not pinned.' })
  @ApiAddressErrors(...MESSAGE_ERRORS, refusalOf('pinMessage'), 'USER_NOT_REACHABLE', 'MESSAGE_DELETED')
  async unpinMessage(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Param('messageId', { schema: messageIdParameter }) messageId: string,
  ): Promise<MessageAnswerDto> {
    return this.setPin(id, user, messageId, false);
  }

  private async setPin(
    id: string,
    { sub }: Principal,
    messageId: string,
    isPinned: boolean,
  ): Promise<MessageAnswerDto> {
    return toMessageAnswerDto(await this.commands.execute(new SetPinCommand(id, sub, messageId, isPinned)));
  }
}
