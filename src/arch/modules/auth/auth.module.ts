import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { TokenVerifierPort } from '../../common/application/ports/token-verifier.port.js';
import { UserModule } from '../user/user.module.js';
import { LoginHandler } from './application/commands/login.command.js';
import { ChangePasswordHandler } from './application/commands/change-password.command.js';
import { EndSessionHandler } from './application/commands/end-session.command.js';
import { LogoutHandler } from './application/commands/logout.command.js';
import { RefreshHandler } from './application/commands/refresh.command.js';
import { ListSessionsHandler } from './application/queries/list-sessions.query.js';
import { CommonPasswordsPort } from './application/ports/common-passwords.port.js';
import { CredentialsPort } from './application/ports/credentials.port.js';
import { PasswordAttemptsPort } from './application/ports/password-attempts.port.js';
import { PasswordCheckPort } from './application/ports/password-check.port.js';
import { PasswordCheck } from './application/password-check.js';
import { SessionRevocationsPort } from './application/ports/session-revocations.port.js';
import { SuccessorUsesPort } from './application/ports/successor-uses.port.js';
import { AuthDataAdapter } from './infrastructure/adapters/auth-data.adapter.js';
import { CommonPasswordsAdapter } from './infrastructure/adapters/common-passwords.adapter.js';
import { CredentialsAdapter } from './infrastructure/adapters/credentials.adapter.js';
import { PasswordAttemptsAdapter } from './infrastructure/adapters/password-attempts.adapter.js';
import { PasswordKeys } from './infrastructure/adapters/password-keys.js';
import { SessionEnderAdapter } from './infrastructure/adapters/session-ender.adapter.js';
import { SessionRevocationsAdapter } from './infrastructure/adapters/session-revocations.adapter.js';
import { SessionRotation } from './infrastructure/adapters/session-rotation.js';
import { SuccessorUsesAdapter } from './infrastructure/adapters/successor-uses.adapter.js';
import { SessionSweeps } from './infrastructure/sweeps/session-sweeps.js';
import { SessionController } from './interface/http/session.controller.js';
import { AuthDataPort } from './application/ports/auth-data.port.js';
import { SessionEnderPort } from './application/ports/session-ender.port.js';
import { SignupHandler } from './application/commands/signup.command.js';
import { AccessTokenIssuerPort } from './application/ports/access-token-issuer.port.js';
import { PasswordHasherPort } from './application/ports/password-hasher.port.js';
import { SessionRepositoryPort } from './application/ports/session-repository.port.js';
import { SessionEnding } from './application/session-ending.js';
import { SessionOpener } from './application/session-opener.js';
import { Argon2PasswordHasherAdapter } from './infrastructure/adapters/argon2-password-hasher.adapter.js';
import { JwtAccessTokenAdapter } from './infrastructure/adapters/jwt-access-token.adapter.js';
import { SessionRepositoryAdapter } from './infrastructure/adapters/session-repository.adapter.js';
import { AuthController } from './interface/http/auth.controller.js';

/** Global for the token verifier, which every module's guards need. */
@Global()
@Module({
  imports: [CqrsModule, UserModule],
  controllers: [AuthController, SessionController],
  providers: [
    SignupHandler,
    LoginHandler,
    RefreshHandler,
    LogoutHandler,
    EndSessionHandler,
    ChangePasswordHandler,
    ListSessionsHandler,
    SessionRotation,
    SessionSweeps,
    SessionOpener,
    SessionEnding,
    JwtAccessTokenAdapter,
    { provide: TokenVerifierPort, useExisting: JwtAccessTokenAdapter },
    { provide: AccessTokenIssuerPort, useExisting: JwtAccessTokenAdapter },
    { provide: SessionRevocationsPort, useClass: SessionRevocationsAdapter },
    { provide: SuccessorUsesPort, useClass: SuccessorUsesAdapter },
    { provide: SessionEnderPort, useClass: SessionEnderAdapter },
    { provide: CredentialsPort, useClass: CredentialsAdapter },
    { provide: AuthDataPort, useClass: AuthDataAdapter },
    { provide: CommonPasswordsPort, useClass: CommonPasswordsAdapter },
    PasswordKeys,
    { provide: PasswordAttemptsPort, useClass: PasswordAttemptsAdapter },
    { provide: PasswordCheckPort, useClass: PasswordCheck },
    { provide: PasswordHasherPort, useClass: Argon2PasswordHasherAdapter },
    { provide: SessionRepositoryPort, useClass: SessionRepositoryAdapter },
  ],
  exports: [TokenVerifierPort, PasswordCheckPort, AuthDataPort],
})
export class AuthModule {}
