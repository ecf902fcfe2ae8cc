import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UserNotFoundError } from '../../../../common/domain/errors/user-not-found.error.js';
import { avatarName } from '../../domain/models/avatar.model.js';
import { AvatarStorePort } from '../ports/avatar-store.port.js';
import { ProfileChangesPort } from '../ports/profile-changes.port.js';
import { ProfileRepositoryPort } from '../ports/profile-repository.port.js';

export class RemoveAvatarCommand extends Command<void> {
  constructor(readonly userId: string) {
    super();
  }
}

@CommandHandler(RemoveAvatarCommand)
export class RemoveAvatarHandler implements ICommandHandler<RemoveAvatarCommand> {
  constructor(
    private readonly avatars: AvatarStorePort,
    private readonly profiles: ProfileRepositoryPort,
    private readonly changes: ProfileChangesPort,
  ) {}

  async execute({ userId }: RemoveAvatarCommand): Promise<void> {
    const changed = await this.profiles.changeAvatar(userId, null);
    if (!changed) throw new UserNotFoundError();
    if (changed.previous === null) return;
    this.changes.announceChange(userId);
    await this.avatars.removeImage(avatarName(changed.previous));
  }
}
