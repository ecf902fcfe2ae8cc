import { Injectable } from '@nestjs/common';
import { and, asc, eq, getTableName, gt } from 'drizzle-orm';
import {
  PersonalDataPort,
  type PersonalRecord,
} from '../../../../common/application/ports/personal-data.port.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { EXPORT_PAGE, exportPages } from '../../../../common/infrastructure/database/export-pages.js';
import { lastSeenTimes } from '../../../../common/infrastructure/database/schema.js';
import type { PresenceDataPort } from '../../application/ports/presence-data.port.js';

const { userId, seenAt } = lastSeenTimes;

@Injectable()
export class PresenceDataAdapter extends PersonalDataPort implements PresenceDataPort {
  readonly tables = [getTableName(lastSeenTimes)];

  constructor(private readonly database: Database) {
    super();
  }

  export(id: string): AsyncIterable<PersonalRecord> {
    return exportPages('last_seen', (after: { seenAt: Date } | undefined) =>
      this.database.query((db) =>
        db
          .select({ seenAt })
          .from(lastSeenTimes)
          .where(and(eq(userId, id), after && gt(seenAt, after.seenAt)))
          .orderBy(asc(seenAt))
          .limit(EXPORT_PAGE),
      ),
    );
  }

  async erase(id: string): Promise<void> {
    await this.database.query((db) => db.delete(lastSeenTimes).where(eq(userId, id)));
  }
}
