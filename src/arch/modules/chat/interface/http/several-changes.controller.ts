import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '../../../../common/domain/principal.js';
import {
  ApiBodyErrors,
  ApiCommonErrors,
} from '../../../../common/interface/http/decorators/api-errors.decorator.js';
import { Authenticated } from '../../../../common/interface/http/decorators/authenticated.decorator.js';
import { Can } from '../../../../common/interface/http/decorators/can.decorator.js';
import { CurrentUser } from '../../../../common/interface/http/decorators/current-user.decorator.js';
import { ReadsByBody } from '../../../../common/interface/http/decorators/reads-by-body.decorator.js';
import { type SeveralChangesDto, severalChangesSchema, toSeveralChangesDto } from './dto/changes.dto.js';
import {
  costOfSeveralChanges,
  type ListSeveralChangesDto,
  listSeveralChangesSchema,
  toListSeveralChangesQuery,
} from './dto/list-several-changes.dto.js';

@ApiTags('chat')
@Authenticated()
@ApiCommonErrors()
@Controller('chat/changes')
export class SeveralChangesController {
  constructor(private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(200)
  @Can('messages', 'read')
  @ReadsByBody(costOfSeveralChanges)
  @ApiOperation({
    summary: 'The changes of several conversations, to catch up',
    description:
      'For each conversation what `GET …/changes?events=true` answers. All together they have at most 500 messages and events, and 1 MiB of JSON: request those with `hasMore` again, from their `rev`. Ten conversations count as a request. `CURSOR_INVALID` of the whole request means that the database has another epoch: start over with all of them.',
  })
  @ApiOkResponse({
    standardSchema: severalChangesSchema,
    description: 'The changes of each conversation, all from one snapshot of the database.',
  })
  @ApiBodyErrors('CURSOR_INVALID')
  async listSeveralChanges(
    @CurrentUser() user: Principal,
    @Body({ schema: listSeveralChangesSchema }) body: ListSeveralChangesDto,
  ): Promise<SeveralChangesDto> {
    return toSeveralChangesDto(await this.queries.execute(toListSeveralChangesQuery(user.sub, body)));
  }
}
