import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '../../../../common/domain/principal.js';
import {
  ApiAddressErrors,
  ApiCommonErrors,
} from '../../../../common/interface/http/decorators/api-errors.decorator.js';
import { Authenticated } from '../../../../common/interface/http/decorators/authenticated.decorator.js';
import { Can } from '../../../../common/interface/http/decorators/can.decorator.js';
import { CurrentUser } from '../../../../common/interface/http/decorators/current-user.decorator.js';
import { GetUnreadTotalQuery } from '../../application/queries/get-unread-total.query.js';
import {
  toUnreadTotalDto,
  type UnreadTotalDto,
  type UnreadTotalQueryDto,
  unreadTotalQuerySchema,
  unreadTotalSchema,
} from './dto/unread-total.dto.js';

@ApiTags('chat')
@Authenticated()
@ApiCommonErrors()
@Controller('chat/unread')
export class UnreadController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Can('conversations', 'read')
  @ApiOperation({
    summary: 'How much I have not read, in total',
    description:
      'For a badge: archived conversations count for nothing, nor do muted ones until their time. Of more than 1,000 conversations those with the latest activity are counted, and `capped` is true, unless `exact` is given.',
  })
  @ApiOkResponse({ standardSchema: unreadTotalSchema, description: 'The total.' })
  @ApiAddressErrors()
  async getUnreadTotal(
    @CurrentUser() user: Principal,
    @Query({ schema: unreadTotalQuerySchema }) { exact = false }: UnreadTotalQueryDto,
  ): Promise<UnreadTotalDto> {
    return toUnreadTotalDto(await this.queries.execute(new GetUnreadTotalQuery(user.sub, exact)));
  }
}
