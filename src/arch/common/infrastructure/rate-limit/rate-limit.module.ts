import { Module } from '@nestjs/common';
import { ThrottlerModule } from '@nestjs/throttler';
import { AppConfig } from '../config/app-config.js';
import { CounterStorage } from './counter.storage.js';

/** Milliseconds of a window. */
const MINUTE = 60_000;

@Module({ providers: [CounterStorage], exports: [CounterStorage] })
class CounterModule {}

/** The throttlers of the contract, and where they count. */
@Module({
  imports: [
    ThrottlerModule.forRootAsync({
      imports: [CounterModule],
      inject: [AppConfig, CounterStorage],
      useFactory: ({ env }: AppConfig, storage: CounterStorage) => ({
        storage,
        setHeaders: false,
        throttlers: [
          { name: 'global', limit: env.THROTTLE_GLOBAL_LIMIT, ttl: MINUTE },
          { name: 'auth', limit: env.THROTTLE_AUTH_LIMIT, ttl: MINUTE },
          { name: 'refresh', limit: env.THROTTLE_REFRESH_LIMIT, ttl: MINUTE },
          { name: 'upload', limit: env.THROTTLE_UPLOAD_LIMIT, ttl: MINUTE },
        ],
      }),
    }),
  ],
})
export class RateLimitModule {}
