import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Principal } from '../../../../common/domain/principal.js';
import {
  ApiAddressErrors,
  ApiBodyErrors,
  ApiCommonErrors,
  ApiPageErrors,
} from '../../../../common/interface/http/decorators/api-errors.decorator.js';
import { Authenticated } from '../../../../common/interface/http/decorators/authenticated.decorator.js';
import { Can } from '../../../../common/interface/http/decorators/can.decorator.js';
import { CurrentDevice } from '../../../../common/interface/http/decorators/current-device.decorator.js';
import { CurrentUser } from '../../../../common/interface/http/decorators/current-user.decorator.js';
import { Public } from '../../../../common/interface/http/decorators/public.decorator.js';
import {
  type PageQueryDto,
  pageQuerySchema,
} from '../../../../common/interface/validation/parameter.schema.js';
import { idParameter } from '../../../../common/interface/validation/uuid.schema.js';
import { ChangePasswordCommand } from '../../application/commands/change-password.command.js';
import { EndSessionCommand } from '../../application/commands/end-session.command.js';
import { LogoutCommand } from '../../application/commands/logout.command.js';
import { ListSessionsQuery } from '../../application/queries/list-sessions.query.js';
import { type ChangePasswordDto, changePasswordSchema } from './dto/change-password.dto.js';
import type { DeviceDto } from './dto/device.dto.js';
import { sessionsSchema, type SessionsDto, toSessionsDto } from './dto/session.dto.js';

const sessionId = idParameter('the session, as the list of sessions says');

/** Routes for a user's own sessions. */
@ApiTags('auth')
@Authenticated()
@ApiCommonErrors()
@Controller('auth')
export class SessionController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('logout')
  @HttpCode(204)
  @Public('Ends the session of the token that was presented, and nothing else.')
  @ApiOperation({
    summary: 'End this session, sockets included',
    description:
      'Both of its tokens are invalid from then on. A repeated logout is answered with 401 `SESSION_REVOKED`: treat it as success.',
  })
  @ApiNoContentResponse({ description: 'Ended everywhere.' })
  async logout(@CurrentUser() user: Principal): Promise<void> {
    await this.commands.execute(new LogoutCommand(user.sid, user.sub));
  }

  @Post('change-password')
  @HttpCode(204)
  @Can('user', 'update')
  @ApiOperation({
    summary: 'Change the password and end every session',
    description:
      'Needs the current password. All sessions end, this one included, with their sockets: log in again.',
  })
  @ApiNoContentResponse({ description: 'The password is changed: log in again.' })
  @ApiBodyErrors('INVALID_CREDENTIALS')
  async changePassword(
    @CurrentUser() user: Principal,
    @Body({ schema: changePasswordSchema }) { currentPassword, newPassword }: ChangePasswordDto,
    @CurrentDevice() { ip }: DeviceDto,
  ): Promise<void> {
    await this.commands.execute(
      new ChangePasswordCommand(user.sub, user.email, currentPassword, newPassword, ip),
    );
  }

  @Get('sessions')
  @Header('cache-control', 'no-store')
  @Can('user', 'read')
  @ApiOperation({
    summary: 'My sessions, last used first',
    description: 'Each with the device and address that used it last; `current` marks the one of this token.',
  })
  @ApiOkResponse({ standardSchema: sessionsSchema, description: 'One page of the active sessions.' })
  @ApiPageErrors()
  async listSessions(
    @CurrentUser() user: Principal,
    @Query({ schema: pageQuerySchema }) { limit, cursor }: PageQueryDto,
  ): Promise<SessionsDto> {
    const query = new ListSessionsQuery(user.sub, user.sid, limit, cursor);
    return toSessionsDto(await this.queries.execute(query));
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @Can('user', 'update')
  @ApiOperation({
    summary: 'End one of my sessions, sockets included',
    description: 'For a device that was lost. The tokens of the session are invalid from then on.',
  })
  @ApiNoContentResponse({ description: 'Ended everywhere.' })
  @ApiAddressErrors('SESSION_NOT_FOUND')
  async endSession(
    @CurrentUser() user: Principal,
    @Param('id', { schema: sessionId }) id: string,
  ): Promise<void> {
    await this.commands.execute(new EndSessionCommand(id, user.sub));
  }
}
