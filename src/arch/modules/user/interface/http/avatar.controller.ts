import { Readable } from 'node:stream';
import { Controller, Get, Param, Res, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  ApiAddressErrors,
  ApiCommonErrors,
} from '../../../../common/interface/http/decorators/api-errors.decorator.js';
import { Public } from '../../../../common/interface/http/decorators/public.decorator.js';
import { Throttled } from '../../../../common/interface/http/throttling/throttled.decorator.js';
import { GetAvatarQuery } from '../../application/queries/get-avatar.query.js';
import { AVATAR_HEADERS, avatarResponse } from './dto/avatar.dto.js';

@ApiTags('users')
@ApiCommonErrors()
@Controller('uploads/avatars')
export class AvatarController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':name')
  @Throttled('files')
  @Public('Pages show avatars without a token; the names cannot be guessed.')
  @ApiOperation({
    summary: 'An avatar, as `avatarUrl` names it',
    description:
      '`avatarUrl` of a profile, a sender or a member is the whole path of this operation on this server. The image of a name never changes, so it may be cached without limit.',
    security: [],
  })
  @ApiParam({
    name: 'name',
    description: 'The last segment of an `avatarUrl`.',
    schema: { type: 'string' },
    example: '4bf0c9a1-2f0e-4d3f-9a53-6f1a7d0c1b2e.png',
  })
  @ApiOkResponse(avatarResponse)
  @ApiAddressErrors('ROUTE_NOT_FOUND')
  async getAvatar(
    @Param('name') name: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { type, size, content } = await this.queries.execute(new GetAvatarQuery(name));
    void reply.headers(AVATAR_HEADERS);
    return new StreamableFile(Readable.from(content, { objectMode: false }), { type, length: size });
  }
}
