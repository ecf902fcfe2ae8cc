import { Controller, Get, Header, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '../../../../common/domain/principal.js';
import {
  ApiCommonErrors,
  ApiErrors,
} from '../../../../common/interface/http/decorators/api-errors.decorator.js';
import { Authenticated } from '../../../../common/interface/http/decorators/authenticated.decorator.js';
import { Can } from '../../../../common/interface/http/decorators/can.decorator.js';
import { CurrentUser } from '../../../../common/interface/http/decorators/current-user.decorator.js';
import { GetPresenceQuery } from '../../application/queries/get-presence.query.js';
import { type GetPresenceQueryDto, getPresenceQuerySchema } from './dto/get-presence-query.dto.js';
import { type PresenceListDto, presenceListSchema, toPresenceListDto } from './dto/presence.dto.js';

@ApiTags('users')
@Authenticated()
@ApiCommonErrors()
@Controller('users/presence')
export class PresenceController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Can('user', 'read')
  @ApiOperation({
    summary: 'Whether users are online, or when they were last seen',
    description:
      'Of the people who share a conversation with you and have not blocked you. Everybody else is shown as `offline` without `lastSeenAt`, as are unknown users and people who hide; if you hide, you see nobody.',
  })
  @ApiOkResponse({
    standardSchema: presenceListSchema,
    description: 'Each of the users once, in the order of `ids`.',
  })
  @ApiErrors('VALIDATION_FAILED')
  async getPresence(
    @CurrentUser() user: Principal,
    @Query({ schema: getPresenceQuerySchema }) { ids }: GetPresenceQueryDto,
  ): Promise<PresenceListDto> {
    return toPresenceListDto(await this.queries.execute(new GetPresenceQuery(user.sub, ids)));
  }
}
