import { Body, Controller, Header, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ApiErrors,
  BODY_ERRORS,
  SERVER_ERRORS,
} from '../../../../common/interface/http/decorators/api-errors.decorator.js';
import { LoginCommand } from '../../application/commands/login.command.js';
import { SignupCommand } from '../../application/commands/signup.command.js';
import { type LoginDto, loginSchema } from './dto/login.dto.js';
import { type SignupDto, signupSchema } from './dto/signup.dto.js';
import { toTokensDto, type TokensDto, tokensSchema } from './dto/tokens.dto.js';

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(private readonly commands: CommandBus) {}

  @Post('signup')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Create an account and log in', security: [] })
  @ApiCreatedResponse({ standardSchema: tokensSchema, description: 'The account exists and is logged in.' })
  @ApiErrors(...BODY_ERRORS, 'EMAIL_ALREADY_USED', ...SERVER_ERRORS)
  async signup(@Body({ schema: signupSchema }) body: SignupDto): Promise<TokensDto> {
    return toTokensDto(
      await this.commands.execute(new SignupCommand(body.email, body.password, body.displayName)),
    );
  }

  @Post('login')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Log in', security: [] })
  @ApiOkResponse({ standardSchema: tokensSchema, description: 'Logged in.' })
  @ApiErrors(...BODY_ERRORS, 'INVALID_CREDENTIALS', ...SERVER_ERRORS)
  async login(@Body({ schema: loginSchema }) body: LoginDto): Promise<TokensDto> {
    return toTokensDto(await this.commands.execute(new LoginCommand(body.email, body.password)));
  }
}
