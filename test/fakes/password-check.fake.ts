import type {
  Credentials,
  PasswordCheckPort,
  PasswordClaim,
  PasswordConfirmation,
} from '../../src/arch/modules/auth/application/ports/password-check.port.js';
import { InvalidCredentialsError } from '../../src/arch/modules/auth/domain/errors/invalid-credentials.error.js';
import type { UserRepositoryPort } from '../../src/arch/modules/user/application/ports/user-repository.port.js';

/** Not secure, and easy to write down in a test. */
export class PasswordCheckFake implements PasswordCheckPort {
  /** @param passwords by user id */
  constructor(
    private readonly users: Pick<UserRepositoryPort, 'findByEmail'>,
    private readonly passwords: ReadonlyMap<string, string>,
  ) {}

  async requirePassword({ email, password }: PasswordClaim): Promise<Credentials> {
    const user = await this.users.findByEmail(email);
    if (!user || this.passwords.get(user.id) !== password) throw new InvalidCredentialsError();
    return { user, passwordHash: `hash of ${password}` };
  }

  async confirmPassword({ userId, ...claim }: PasswordConfirmation): Promise<void> {
    if ((await this.requirePassword(claim)).user.id !== userId) throw new InvalidCredentialsError();
  }

  async holdPassword(): Promise<void> {
    await Promise.resolve();
  }
}
