import { Controller, Get, Header, Param, Query, UseGuards } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DEMO_USERS } from '../../../../common/domain/demo-data.js';
import {
  ApiAddressErrors,
  ApiCommonErrors,
  ApiPageErrors,
} from '../../../../common/interface/http/decorators/api-errors.decorator.js';
import { Authenticated } from '../../../../common/interface/http/decorators/authenticated.decorator.js';
import { Can } from '../../../../common/interface/http/decorators/can.decorator.js';
import { Public } from '../../../../common/interface/http/decorators/public.decorator.js';
import { OptionalJwtAuthGuard } from '../../../../common/interface/http/guards/optional-jwt-auth.guard.js';
import { idParameter } from '../../../../common/interface/validation/uuid.schema.js';
import { GetUserQuery } from '../../application/queries/get-user.query.js';
import { SearchUsersQuery } from '../../application/queries/search-users.query.js';
import {
  type PublicProfileDto,
  type PublicProfilePageDto,
  publicProfilePageSchema,
  publicProfileSchema,
  toPublicProfileDto,
} from './dto/public-profile.dto.js';
import { type SearchUsersQueryDto, searchUsersQuerySchema } from './dto/search-users-query.dto.js';

const userId = idParameter('the user', DEMO_USERS[1].id);

/** Routes for users about each other. */
@ApiTags('users')
@ApiCommonErrors()
@Controller('users')
export class UserController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Authenticated()
  @Can('user', 'read')
  @ApiOperation({
    summary: 'Search users by the beginning of their display name',
    description: 'Case and accents are ignored. Ordered by name. The answer never has e-mail addresses.',
  })
  @ApiOkResponse({ standardSchema: publicProfilePageSchema, description: 'One page of them, by name.' })
  @ApiPageErrors()
  async searchUsers(
    @Query({ schema: searchUsersQuerySchema }) { search, limit, cursor }: SearchUsersQueryDto,
  ): Promise<PublicProfilePageDto> {
    const page = await this.queries.execute(new SearchUsersQuery(search, limit, cursor));
    return { data: page.data.map(toPublicProfileDto), nextCursor: page.nextCursor };
  }

  @Get(':id')
  @UseGuards(OptionalJwtAuthGuard)
  @Public('What everybody may see of a user, with or without an account.')
  @ApiOperation({
    summary: 'A user',
    description: 'The public profile, for requests with or without a token.',
    security: [{}, { bearer: [] }],
  })
  @ApiOkResponse({ standardSchema: publicProfileSchema, description: 'The public profile.' })
  @ApiAddressErrors('USER_NOT_FOUND')
  async getUser(@Param('id', { schema: userId }) id: string): Promise<PublicProfileDto> {
    return toPublicProfileDto(await this.queries.execute(new GetUserQuery(id)));
  }
}
