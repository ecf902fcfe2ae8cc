import type {
  PasswordCheckPort,
  PasswordClaim,
  PasswordConfirmation,
} from '../../src/arch/modules/auth/application/ports/password-check.port.js';
import { InvalidCredentialsError } from '../../src/arch/modules/auth/domain/errors/invalid-credentials.error.js';
import type {
  Credentials,
  UserRepositoryPort,
} from '../../src/arch/modules/user/application/ports/user-repository.port.js';

/** Safe for nobody, and easy to write down in a test: the hash of `secret` is `hash of secret`. */
export class PasswordCheckFake implements PasswordCheckPort {
  constructor(private readonly users: Pick<UserRepositoryPort, 'findCredentials'>) {}

  async requirePassword({ email, password }: PasswordClaim): Promise<Credentials> {
    const found = await this.users.findCredentials(email);
    if (found?.passwordHash !== `hash of ${password}`) throw new InvalidCredentialsError();
    return found;
  }

  async confirmPassword({ userId, ...claim }: PasswordConfirmation): Promise<void> {
    if ((await this.requirePassword(claim)).user.id !== userId) throw new InvalidCredentialsError();
  }

  async holdPassword(): Promise<void> {
    await Promise.resolve();
  }
}
