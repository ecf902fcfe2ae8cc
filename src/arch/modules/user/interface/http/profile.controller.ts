import { Body, Controller, Delete, Get, Header, HttpCode, Post, Put, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiBody,
  ApiConsumes,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../../../common/domain/principal.js';
import {
  ApiBodyErrors,
  ApiCommonErrors,
  ApiErrors,
} from '../../../../common/interface/http/decorators/api-errors.decorator.js';
import { Authenticated } from '../../../../common/interface/http/decorators/authenticated.decorator.js';
import { Can } from '../../../../common/interface/http/decorators/can.decorator.js';
import { CurrentUser } from '../../../../common/interface/http/decorators/current-user.decorator.js';
import {
  type OwnProfileDto,
  ownProfileSchema,
  toOwnProfileDto,
} from '../../../../common/interface/http/dto/own-profile.dto.js';
import { Throttled } from '../../../../common/interface/http/throttling/throttled.decorator.js';
import { RemoveAvatarCommand } from '../../application/commands/remove-avatar.command.js';
import { UpdateProfileCommand } from '../../application/commands/update-profile.command.js';
import { UploadAvatarCommand } from '../../application/commands/upload-avatar.command.js';
import { GetUserQuery } from '../../application/queries/get-user.query.js';
import { avatarUpload } from './avatar-upload.js';
import { avatarUploadSchema } from './dto/avatar.dto.js';
import { type UpdateProfileDto, updateProfileSchema } from './dto/update-profile.dto.js';

/** Routes for a user's own account. */
@ApiTags('users')
@Authenticated()
@ApiErrors('USER_NOT_FOUND')
@ApiCommonErrors()
@Controller('users/me')
export class ProfileController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Can('user', 'read')
  @ApiOperation({
    summary: 'My profile',
    description:
      'The profile of the account of the token, with its e-mail address, which no other user can see.',
  })
  @ApiOkResponse({ standardSchema: ownProfileSchema, description: 'The profile.' })
  async getOwnProfile(@CurrentUser() user: Principal): Promise<OwnProfileDto> {
    return toOwnProfileDto(await this.queries.execute(new GetUserQuery(user.sub)));
  }

  @Put()
  @Header('cache-control', 'no-store')
  @Can('user', 'update')
  @ApiOperation({
    summary: 'Change my profile; omitted fields keep their values',
    description: 'Members of my conversations see the new name from then on, in old messages as well.',
  })
  @ApiOkResponse({ standardSchema: ownProfileSchema, description: 'The profile as it is now.' })
  @ApiBodyErrors()
  async updateProfile(
    @CurrentUser() user: Principal,
    @Body({ schema: updateProfileSchema }) body: UpdateProfileDto,
  ): Promise<OwnProfileDto> {
    return toOwnProfileDto(await this.commands.execute(new UpdateProfileCommand(user.sub, body)));
  }

  @Post('avatar')
  @HttpCode(200)
  @RouteConfig({ multipart: true })
  @Throttled('upload')
  @Header('cache-control', 'no-store')
  @Can('user', 'update')
  @ApiOperation({
    summary: 'Upload my avatar: a JPEG, PNG or WebP image',
    description:
      'One file in the field `avatar`, of at most 2 MiB unless the server is set otherwise, and 4,096 × 4,096 pixels. The metadata of the image is removed, and the previous avatar is deleted.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: avatarUploadSchema, required: true })
  @ApiOkResponse({ standardSchema: ownProfileSchema, description: 'The profile, with the new avatar.' })
  @ApiErrors('VALIDATION_FAILED', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE')
  async uploadAvatar(@CurrentUser() user: Principal, @Req() request: FastifyRequest): Promise<OwnProfileDto> {
    const command = new UploadAvatarCommand(user.sub, avatarUpload(request));
    return toOwnProfileDto(await this.commands.execute(command));
  }

  @Delete('avatar')
  @HttpCode(204)
  @Can('user', 'update')
  @ApiOperation({ summary: 'Remove my avatar', description: 'Answers 204 also when there is none.' })
  @ApiNoContentResponse({ description: 'The account has no avatar.' })
  async removeAvatar(@CurrentUser() user: Principal): Promise<void> {
    await this.commands.execute(new RemoveAvatarCommand(user.sub));
  }
}
