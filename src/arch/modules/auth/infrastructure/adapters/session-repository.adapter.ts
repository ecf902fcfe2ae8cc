import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../../../common/infrastructure/config/app-config.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { refreshTokens, sessions } from '../../../../common/infrastructure/database/schema.js';
import type {
  OpenedSession,
  SessionRepositoryPort,
} from '../../application/ports/session-repository.port.js';

@Injectable()
export class SessionRepositoryAdapter implements SessionRepositoryPort {
  constructor(
    private readonly database: Database,
    private readonly config: AppConfig,
  ) {}

  async open(userId: string): Promise<OpenedSession> {
    const id = randomUUIDv7();
    const refreshToken = randomBytes(32).toString('base64url');
    const tokenHash = createHash('sha256').update(refreshToken).digest();
    const expiresAt = new Date(Date.now() + this.config.env.JWT_REFRESH_EXPIRATION * 1_000);
    await this.database.run(() =>
      this.database.query(async (db) => {
        await db.insert(sessions).values({ id, userId });
        await db.insert(refreshTokens).values({ tokenHash, sessionId: id, expiresAt });
      }),
    );
    return { id, refreshToken };
  }
}
