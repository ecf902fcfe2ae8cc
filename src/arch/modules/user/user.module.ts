import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { RemoveAvatarHandler } from './application/commands/remove-avatar.command.js';
import { UpdateProfileHandler } from './application/commands/update-profile.command.js';
import { UploadAvatarHandler } from './application/commands/upload-avatar.command.js';
import { AvatarStorePort } from './application/ports/avatar-store.port.js';
import { ProfileChangesPort } from './application/ports/profile-changes.port.js';
import { ProfileRepositoryPort } from './application/ports/profile-repository.port.js';
import { ProfileSearchPort } from './application/ports/profile-search.port.js';
import { ReadReceiptsPort } from './application/ports/read-receipts.port.js';
import { UserDataPort } from './application/ports/user-data.port.js';
import { UserRepositoryPort } from './application/ports/user-repository.port.js';
import { GetAvatarHandler } from './application/queries/get-avatar.query.js';
import { GetUserHandler } from './application/queries/get-user.query.js';
import { SearchUsersHandler } from './application/queries/search-users.query.js';
import { AvatarStoreAdapter } from './infrastructure/adapters/avatar-store.adapter.js';
import { NameFolding } from './infrastructure/adapters/name-folding.js';
import { ProfileChangesAdapter } from './infrastructure/adapters/profile-changes.adapter.js';
import { ProfileRepositoryAdapter } from './infrastructure/adapters/profile-repository.adapter.js';
import { ProfileSearchAdapter } from './infrastructure/adapters/profile-search.adapter.js';
import { ReadReceiptsAdapter } from './infrastructure/adapters/read-receipts.adapter.js';
import { UserDataAdapter } from './infrastructure/adapters/user-data.adapter.js';
import { UserRepositoryAdapter } from './infrastructure/adapters/user-repository.adapter.js';
import { DraftSweep } from './infrastructure/sweeps/draft-sweep.js';
import { AvatarController } from './interface/http/avatar.controller.js';
import { ProfileController } from './interface/http/profile.controller.js';
import { UserController } from './interface/http/user.controller.js';

@Module({
  imports: [CqrsModule],
  controllers: [ProfileController, UserController, AvatarController],
  providers: [
    GetUserHandler,
    SearchUsersHandler,
    GetAvatarHandler,
    UpdateProfileHandler,
    UploadAvatarHandler,
    RemoveAvatarHandler,
    DraftSweep,
    NameFolding,
    { provide: UserRepositoryPort, useClass: UserRepositoryAdapter },
    { provide: ProfileRepositoryPort, useClass: ProfileRepositoryAdapter },
    { provide: ProfileChangesPort, useClass: ProfileChangesAdapter },
    { provide: ProfileSearchPort, useClass: ProfileSearchAdapter },
    { provide: AvatarStorePort, useClass: AvatarStoreAdapter },
    { provide: ReadReceiptsPort, useClass: ReadReceiptsAdapter },
    { provide: UserDataPort, useClass: UserDataAdapter },
  ],
  exports: [UserRepositoryPort, UserDataPort, ReadReceiptsPort, ProfileChangesPort],
})
export class UserModule {}
