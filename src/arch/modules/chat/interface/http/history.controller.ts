import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
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
import { ACCESS_ERRORS, conversationId } from './conversation-path.js';
import { type ChangesDto, changesSchema, toChangesDto } from './dto/changes.dto.js';
import {
  type ListChangesQueryDto,
  listChangesQuerySchema,
  toListChangesQuery,
} from './dto/list-changes-query.dto.js';
import {
  type ListMessagesQueryDto,
  listMessageWindowQuerySchema,
  toListMessagesQuery,
} from './dto/list-messages-query.dto.js';
import {
  type MessagesAnswerDto,
  messageWindowSchema,
  toMessagesAnswerDto,
} from './dto/messages-answer.dto.js';

/** The history by positions: around a message, or since what a client knows. */
@ApiTags('chat')
@Authenticated()
@ApiCommonErrors()
@Controller('chat/conversations/:id')
export class HistoryController {
  constructor(private readonly queries: QueryBus) {}

  @Get('messages/window')
  @Can('messages', 'read')
  @ApiOperation({
    summary: 'A window of the history, newest first',
    description:
      'Give one of `before`, `after` and `around`, to scroll back or forward from a message, or to open the history at a message.',
  })
  @ApiOkResponse({ standardSchema: messageWindowSchema, description: 'The messages of the window.' })
  @ApiAddressErrors(...ACCESS_ERRORS)
  async listMessageWindow(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Query({ schema: listMessageWindowQuerySchema }) query: ListMessagesQueryDto,
  ): Promise<MessagesAnswerDto> {
    const found = await this.queries.execute(toListMessagesQuery(id, user.sub, query));
    return toMessagesAnswerDto(found, query);
  }

  @Get('changes')
  @Can('messages', 'read')
  @ApiOperation({
    summary: 'The changes since a `rev`, to catch up',
    description:
      'After a disconnect, call it with the `rev` and `epoch` that you know, and again with those of the answer while `hasMore` is true. With `events=true` you are answered what has changed in place of the whole list of members. `CURSOR_INVALID` means to start over from the history.',
  })
  @ApiOkResponse({
    standardSchema: changesSchema,
    description: 'One page of the changes, read from one snapshot of the database.',
  })
  @ApiPageErrors(...ACCESS_ERRORS)
  async listChanges(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Query({ schema: listChangesQuerySchema }) query: ListChangesQueryDto,
  ): Promise<ChangesDto> {
    return toChangesDto(await this.queries.execute(toListChangesQuery(id, user.sub, query)));
  }
}
