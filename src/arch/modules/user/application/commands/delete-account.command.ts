import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AccountDeparturePort } from '../../../../common/application/ports/account-departure.port.js';
import { IdempotencyPort } from '../../../../common/application/ports/idempotency.port.js';
import { PrivatePostsPort } from '../../../../common/application/ports/private-posts.port.js';
import { SessionEnderPort } from '../../../../common/application/ports/session-ender.port.js';
import { PasswordCheckPort } from '../../../auth/application/ports/password-check.port.js';
import { InvalidCredentialsError } from '../../../auth/domain/errors/invalid-credentials.error.js';
import { UserNotFoundError } from '../../../../common/domain/errors/user-not-found.error.js';
import { avatarName } from '../../domain/models/avatar.model.js';
import type { User } from '../../domain/models/user.model.js';
import { AvatarStorePort } from '../ports/avatar-store.port.js';
import { ProfileRepositoryPort } from '../ports/profile-repository.port.js';
import { UserRepositoryPort } from '../ports/user-repository.port.js';

export class DeleteAccountCommand extends Command<void> {
  constructor(
    readonly userId: string,
    readonly password: string,
    readonly address: string | null,
  ) {
    super();
  }
}

@CommandHandler(DeleteAccountCommand)
export class DeleteAccountHandler implements ICommandHandler<DeleteAccountCommand> {
  constructor(
    private readonly users: UserRepositoryPort,
    private readonly passwords: PasswordCheckPort,
    private readonly sessions: SessionEnderPort,
    private readonly conversations: AccountDeparturePort,
    private readonly posts: PrivatePostsPort,
    private readonly keys: IdempotencyPort,
    private readonly profiles: ProfileRepositoryPort,
    private readonly avatars: AvatarStorePort,
  ) {}

  /**
   * The one step that cannot be taken back comes when nobody is logged in any more and nothing else is left:
   * whoever is interrupted before it logs in again and repeats. A login, an invitation or a post may still have come
   * in between, so what ends sessions and memberships and deletes private posts and kept answers runs once more on the account that is gone.
   */
  async execute({ userId, password, address }: DeleteAccountCommand): Promise<void> {
    const user = await this.requireUser(userId);
    await this.requirePassword(user, password, address);
    await this.leaveConversations(userId);
    await this.removeAvatar(user.avatarUrl);
    const avatarUrl = await this.profiles.anonymiseAccount(userId);
    await this.leaveConversations(userId);
    await this.removeAvatar(avatarUrl);
  }

  /** A session that outlived its account, because the last steps were cut off, ends here. */
  private async requireUser(userId: string): Promise<User> {
    const user = await this.users.findById(userId);
    if (user) return user;
    await this.leaveConversations(userId);
    throw new UserNotFoundError();
  }

  private async requirePassword(
    { id, email }: User,
    password: string,
    address: string | null,
  ): Promise<void> {
    const claim = { email, password, address, purpose: 'confirmation' } as const;
    if ((await this.passwords.requirePassword(claim)).user.id !== id) throw new InvalidCredentialsError();
  }

  private async leaveConversations(userId: string): Promise<void> {
    await this.sessions.endAllOf(userId);
    await this.conversations.leaveAllConversations(userId);
    await this.posts.deletePrivateOf(userId);
    await this.keys.eraseOf(userId);
  }

  private async removeAvatar(url: string | null): Promise<void> {
    if (url !== null) await this.avatars.removeImage(avatarName(url));
  }
}
