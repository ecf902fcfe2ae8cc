import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UserNotFoundError } from '../../../../common/domain/errors/user-not-found.error.js';
import { avatarName, avatarUrl } from '../../domain/models/avatar.model.js';
import type { User } from '../../domain/models/user.model.js';
import { AvatarStorePort } from '../ports/avatar-store.port.js';
import { ProfileChangesPort } from '../ports/profile-changes.port.js';
import { ProfileRepositoryPort } from '../ports/profile-repository.port.js';

export class UploadAvatarCommand extends Command<User> {
  constructor(
    readonly userId: string,
    readonly content: AsyncIterable<Uint8Array>,
  ) {
    super();
  }
}

@CommandHandler(UploadAvatarCommand)
export class UploadAvatarHandler implements ICommandHandler<UploadAvatarCommand> {
  constructor(
    private readonly avatars: AvatarStorePort,
    private readonly profiles: ProfileRepositoryPort,
    private readonly changes: ProfileChangesPort,
  ) {}

  async execute({ userId, content }: UploadAvatarCommand): Promise<User> {
    const name = await this.avatars.saveImage(content);
    // A failure may have an unknown outcome, so the new image stays: a superfluous image is better than a missing one.
    const changed = await this.profiles.changeAvatar(userId, avatarUrl(name));
    if (!changed) {
      await this.avatars.removeImage(name);
      throw new UserNotFoundError();
    }
    this.changes.announceChange(userId);
    if (changed.previous !== null) await this.avatars.removeImage(avatarName(changed.previous));
    return changed.user;
  }
}
