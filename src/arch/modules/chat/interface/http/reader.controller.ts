import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '../../../../common/domain/principal.js';
import {
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
import { ListReadersQuery } from '../../application/queries/list-readers.query.js';
import { conversationId, MESSAGE_ERRORS, messageId as messageIdParameter } from './conversation-path.js';
import { type ReaderPageDto, readerPageSchema, toReaderPageDto } from './dto/reader.dto.js';

@ApiTags('chat')
@Authenticated()
@ApiCommonErrors()
@Controller('chat/conversations/:id/messages/:messageId/readers')
export class ReaderController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Can('messages', 'read')
  @ApiOperation({
    summary: 'Who has read a message',
    description:
      'The members whose read position has reached it, without its sender and without those who joined after it was sent. Who has switched `readReceipts` off is not listed, and finds nobody else.',
  })
  @ApiOkResponse({ standardSchema: readerPageSchema, description: 'One page of them, and their number.' })
  @ApiPageErrors(...MESSAGE_ERRORS)
  async listReaders(
    @CurrentUser() user: Principal,
    @Param('id', { schema: conversationId }) id: string,
    @Param('messageId', { schema: messageIdParameter }) messageId: string,
    @Query({ schema: pageQuerySchema }) { limit, cursor }: PageQueryDto,
  ): Promise<ReaderPageDto> {
    const request = { conversationId: id, messageId, userId: user.sub, limit, cursor };
    return toReaderPageDto(await this.queries.execute(new ListReadersQuery(request)));
  }
}
