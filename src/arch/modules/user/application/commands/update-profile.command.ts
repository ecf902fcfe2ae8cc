import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { VisibilityReports } from '../../../../common/application/visibility-reports.js';
import { UserNotFoundError } from '../../../../common/domain/errors/user-not-found.error.js';
import { draftProfileChange, type ProfileChange } from '../../domain/models/profile.model.js';
import type { User } from '../../domain/models/user.model.js';
import { ProfileChangesPort } from '../ports/profile-changes.port.js';
import { ProfileRepositoryPort } from '../ports/profile-repository.port.js';
import { ReadReceiptsPort } from '../ports/read-receipts.port.js';

export class UpdateProfileCommand extends Command<User> {
  constructor(
    readonly userId: string,
    readonly change: ProfileChange,
  ) {
    super();
  }
}

@CommandHandler(UpdateProfileCommand)
export class UpdateProfileHandler implements ICommandHandler<UpdateProfileCommand> {
  constructor(
    private readonly profiles: ProfileRepositoryPort,
    private readonly visibility: VisibilityReports,
    private readonly receipts: ReadReceiptsPort,
    private readonly changes: ProfileChangesPort,
  ) {}

  async execute({ userId, change }: UpdateProfileCommand): Promise<User> {
    const user = await this.profiles.updateProfile(userId, draftProfileChange(change));
    if (!user) throw new UserNotFoundError();
    if (change.displayName !== undefined) this.changes.announceChange(userId);
    if (change.presence !== undefined) this.visibility.reportChange(userId);
    if (change.readReceipts !== undefined) await this.receipts.announceChange(userId);
    return user;
  }
}
