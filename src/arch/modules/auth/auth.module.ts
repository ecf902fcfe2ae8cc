import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { TokenVerifierPort } from '../../common/application/ports/token-verifier.port.js';
import { UserModule } from '../user/user.module.js';
import { LoginHandler } from './application/commands/login.command.js';
import { SignupHandler } from './application/commands/signup.command.js';
import { AccessTokenIssuerPort } from './application/ports/access-token-issuer.port.js';
import { PasswordHasherPort } from './application/ports/password-hasher.port.js';
import { SessionRepositoryPort } from './application/ports/session-repository.port.js';
import { SessionOpener } from './application/session-opener.js';
import { Argon2PasswordHasherAdapter } from './infrastructure/adapters/argon2-password-hasher.adapter.js';
import { JwtAccessTokenAdapter } from './infrastructure/adapters/jwt-access-token.adapter.js';
import { SessionRepositoryAdapter } from './infrastructure/adapters/session-repository.adapter.js';
import { AuthController } from './interface/http/auth.controller.js';

/** Global for the token verifier, which every module's guards need. */
@Global()
@Module({
  imports: [CqrsModule, UserModule],
  controllers: [AuthController],
  providers: [
    SignupHandler,
    LoginHandler,
    SessionOpener,
    JwtAccessTokenAdapter,
    { provide: TokenVerifierPort, useExisting: JwtAccessTokenAdapter },
    { provide: AccessTokenIssuerPort, useExisting: JwtAccessTokenAdapter },
    { provide: PasswordHasherPort, useClass: Argon2PasswordHasherAdapter },
    { provide: SessionRepositoryPort, useClass: SessionRepositoryAdapter },
  ],
  exports: [TokenVerifierPort],
})
export class AuthModule {}
