import { Injectable } from '@nestjs/common';
import { and, asc, eq, getTableName, sql } from 'drizzle-orm';
import type { IdempotencyDataPort } from '../../application/ports/idempotency-data.port.js';
import { IdempotencyPort } from '../../application/ports/idempotency.port.js';
import { PersonalDataPort, type PersonalRecord } from '../../application/ports/personal-data.port.js';
import { Database } from '../database/database.js';
import { EXPORT_PAGE, exportPages } from '../database/export-pages.js';
import { idempotencyKeys } from '../database/schema.js';

const { userId: owner, route, key, createdAt } = idempotencyKeys;

/** The stored answers are not exported, because they repeat what other modules export. */
@Injectable()
export class IdempotencyDataAdapter extends PersonalDataPort implements IdempotencyDataPort {
  readonly tables = [getTableName(idempotencyKeys)];

  constructor(
    private readonly database: Database,
    private readonly keys: IdempotencyPort,
  ) {
    super();
  }

  export(userId: string): AsyncIterable<PersonalRecord> {
    return exportPages('idempotency_key', (after: { route: string; key: string } | undefined) =>
      this.database.query((db) =>
        db
          .select({ route, key, createdAt })
          .from(idempotencyKeys)
          .where(and(eq(owner, userId), after && sql`(${route}, ${key}) > (${after.route}, ${after.key})`))
          .orderBy(asc(route), asc(key))
          .limit(EXPORT_PAGE),
      ),
    );
  }

  async erase(userId: string): Promise<void> {
    await this.keys.eraseOf(userId);
  }
}
