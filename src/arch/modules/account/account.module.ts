import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AuthModule } from '../auth/auth.module.js';
import { ChatModule } from '../chat/chat.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { PresenceModule } from '../presence/presence.module.js';
import { UserModule } from '../user/user.module.js';
import { DeleteAccountHandler } from './application/commands/delete-account.command.js';
import { PersonalDataProviders } from './application/personal-data-providers.js';
import { AccountController } from './interface/http/account.controller.js';

/** Depends on all other modules, because it collects the data that they keep of a user. */
@Module({
  imports: [CqrsModule, AuthModule, UserModule, PostsModule, ChatModule, PresenceModule],
  controllers: [AccountController],
  providers: [PersonalDataProviders, DeleteAccountHandler],
})
export class AccountModule {}
