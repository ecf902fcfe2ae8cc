import { Injectable } from '@nestjs/common';
import { sql } from 'drizzle-orm';
import { JanitorPort } from '../../application/ports/janitor.port.js';
import { Database } from '../database/database.js';
import { idempotencyKeys } from '../database/schema.js';
import { KEPT } from './kept-answers.js';

/** Deletes expired keys with their answers. */
@Injectable()
export class KeySweep {
  constructor(
    private readonly database: Database,
    janitor: JanitorPort,
  ) {
    janitor.registerSweeps({
      name: 'keys.forgotten',
      of: 'database',
      batch: (limit) => this.deleteExpiredKeys(limit),
    });
  }

  private async deleteExpiredKeys(limit: number): Promise<number> {
    const due = sql`select user_id, route, key from ${idempotencyKeys} where created_at < now() - ${KEPT}
      order by created_at limit ${limit} for update skip locked`;
    const { rowCount } = await this.database.query((db) =>
      db.execute(sql`delete from ${idempotencyKeys} where (user_id, route, key) in (${due})`),
    );
    return rowCount ?? 0;
  }
}
