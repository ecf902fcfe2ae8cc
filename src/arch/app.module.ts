import { type DynamicModule, Module } from '@nestjs/common';
import { CommonModule } from './common/common.module.js';
import type { AppConfig } from './common/infrastructure/config/app-config.js';
import { ConfigModule } from './common/infrastructure/config/config.module.js';
import type { ConnectionSettings } from './common/infrastructure/database/connection.js';
import { DrizzleModule } from './common/infrastructure/database/drizzle.module.js';
import { JanitorModule } from './common/infrastructure/janitor/janitor.module.js';
import { AccountModule } from './modules/account/account.module.js';
import { AuthModule } from './modules/auth/auth.module.js';
import { ChatModule } from './modules/chat/chat.module.js';
import { PostsModule } from './modules/posts/posts.module.js';
import { PresenceModule } from './modules/presence/presence.module.js';
import { UserModule } from './modules/user/user.module.js';

@Module({})
export class AppModule {
  static forRoot(config: AppConfig, connection: ConnectionSettings): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        DrizzleModule.forRoot(connection),
        JanitorModule,
        CommonModule,
        UserModule,
        AuthModule,
        ChatModule,
        PresenceModule,
        PostsModule,
        AccountModule,
      ],
    };
  }
}
