import { Injectable } from '@nestjs/common';
import { and, asc, eq, getTableName, gt } from 'drizzle-orm';
import {
  type Afterwards,
  PersonalDataPort,
  type PersonalRecord,
} from '../../../../common/application/ports/personal-data.port.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { EXPORT_PAGE, exportPages } from '../../../../common/infrastructure/database/export-pages.js';
import { credentials, sessions } from '../../../../common/infrastructure/database/schema.js';
import type { AuthDataPort } from '../../application/ports/auth-data.port.js';
import { CredentialsPort } from '../../application/ports/credentials.port.js';
import { SessionEnderPort } from '../../application/ports/session-ender.port.js';

const { id, createdAt, lastUsedAt, endedAt, userAgent, ip } = sessions;

@Injectable()
export class AuthDataAdapter extends PersonalDataPort implements AuthDataPort {
  readonly tables = [getTableName(credentials), getTableName(sessions)];

  constructor(
    private readonly database: Database,
    private readonly ender: SessionEnderPort,
    private readonly passwords: CredentialsPort,
  ) {
    super();
  }

  export(userId: string): AsyncIterable<PersonalRecord> {
    return exportPages('session', (after: { id: string } | undefined) =>
      this.database.query((db) =>
        db
          .select({ id, createdAt, lastUsedAt, endedAt, userAgent, ip })
          .from(sessions)
          .where(and(eq(sessions.userId, userId), after && gt(id, after.id)))
          .orderBy(asc(id))
          .limit(EXPORT_PAGE),
      ),
    );
  }

  async erase(userId: string): Promise<void> {
    await this.ender.endAllOf(userId);
  }

  override async closeAccount(userId: string): Promise<Afterwards> {
    await this.passwords.eraseCredentials(userId);
    return () => Promise.resolve();
  }
}
