import { Controller, Get, Query } from '@nestjs/common';
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
import { ListMentionsQuery } from '../../application/queries/list-mentions.query.js';
import {
  type ListMentionsQueryDto,
  listMentionsQuerySchema,
  type MentionPageDto,
  mentionPageSchema,
  toMentionPageDto,
} from './dto/mention.dto.js';

@ApiTags('chat')
@Authenticated()
@ApiCommonErrors()
@Controller('chat/mentions')
export class MentionsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Can('messages', 'read')
  @ApiOperation({
    summary: 'The messages that mention me, newest first',
    description:
      'Those that mention you or everybody, read or not, in the conversations in which you are now and in the threads that you follow; your own are among them.',
  })
  @ApiOkResponse({ standardSchema: mentionPageSchema, description: 'One page of them.' })
  @ApiPageErrors()
  async listMentions(
    @CurrentUser() user: Principal,
    @Query({ schema: listMentionsQuerySchema }) { limit, cursor }: ListMentionsQueryDto,
  ): Promise<MentionPageDto> {
    return toMentionPageDto(await this.queries.execute(new ListMentionsQuery(user.sub, limit, cursor)));
  }
}
