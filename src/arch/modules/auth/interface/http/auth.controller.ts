import { Body, Controller, Header, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiBodyErrors,
  ApiCommonErrors,
} from '../../../../common/interface/http/decorators/api-errors.decorator.js';
import { CurrentDevice } from '../../../../common/interface/http/decorators/current-device.decorator.js';
import { Public } from '../../../../common/interface/http/decorators/public.decorator.js';
import { Throttled } from '../../../../common/interface/http/throttling/throttled.decorator.js';
import { LoginCommand } from '../../application/commands/login.command.js';
import { RefreshCommand } from '../../application/commands/refresh.command.js';
import { SignupCommand } from '../../application/commands/signup.command.js';
import type { DeviceDto } from './dto/device.dto.js';
import { type LoginDto, loginSchema } from './dto/login.dto.js';
import { type RefreshDto, refreshSchema } from './dto/refresh.dto.js';
import { type SignupDto, signupSchema } from './dto/signup.dto.js';
import { toTokensDto, type TokensDto, tokensSchema } from './dto/tokens.dto.js';

/** Routes that issue tokens, and so require none. */
@ApiTags('auth')
@ApiCommonErrors()
@Public('The body proves who is calling.')
@Controller('auth')
export class AuthController {
  constructor(private readonly commands: CommandBus) {}

  @Post('signup')
  @Throttled('auth')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Create an account and log in',
    description:
      'Answers the tokens of a first session. E-mail addresses are compared without regard to case.',
    security: [],
  })
  @ApiCreatedResponse({ standardSchema: tokensSchema, description: 'The account exists and is logged in.' })
  @ApiBodyErrors('EMAIL_ALREADY_USED')
  async signup(
    @Body({ schema: signupSchema }) body: SignupDto,
    @CurrentDevice() device: DeviceDto,
  ): Promise<TokensDto> {
    const command = new SignupCommand(body.email, body.password, body.displayName, device);
    return toTokensDto(await this.commands.execute(command));
  }

  @Post('login')
  @Throttled('login')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Log in',
    description: 'Starts a session. Wrong passwords are counted per account and per client address: see 429.',
    security: [],
  })
  @ApiOkResponse({ standardSchema: tokensSchema, description: 'Logged in.' })
  @ApiBodyErrors('INVALID_CREDENTIALS')
  async login(
    @Body({ schema: loginSchema }) body: LoginDto,
    @CurrentDevice() device: DeviceDto,
  ): Promise<TokensDto> {
    return toTokensDto(await this.commands.execute(new LoginCommand(body.email, body.password, device)));
  }

  @Post('refresh')
  @Throttled('refresh')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Exchange a refresh token for new tokens',
    description:
      'A refresh token works once: keep the new one. When the answer was lost, present the same one again: for 24 hours it gets the same new one, until that one or its access token is used. Later that ends the session, because it may have been stolen.',
    security: [],
  })
  @ApiOkResponse({
    standardSchema: tokensSchema,
    description: 'New tokens; the presented one cannot be used again.',
  })
  @ApiBodyErrors('REFRESH_TOKEN_INVALID', 'REFRESH_TOKEN_REUSED')
  async refresh(
    @Body({ schema: refreshSchema }) body: RefreshDto,
    @CurrentDevice() device: DeviceDto,
  ): Promise<TokensDto> {
    return toTokensDto(await this.commands.execute(new RefreshCommand(body.refreshToken, device)));
  }
}
