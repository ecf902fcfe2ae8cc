import { and, eq, sql } from 'drizzle-orm';
import type { KeptAnswer, KeyedRequest } from '../../application/ports/idempotency.port.js';
import { IdempotencyKeyReusedError } from '../../domain/errors/idempotency-key-reused.error.js';
import { SessionRevokedError } from '../../domain/errors/session-revoked.error.js';
import { UnavailableError } from '../../domain/errors/unavailable.error.js';
import type { Database } from '../database/database.js';
import { idempotencyKeys, userProfiles } from '../database/schema.js';

/** Seconds for which a repeat gets the first request's answer. */
const KEPT_FOR = 86_400;
/** The same as an interval for SQL. */
export const KEPT = sql`${KEPT_FOR} * interval '1 second'`;

interface FoundRow {
  readonly active: boolean;
  readonly same: boolean | null;
  readonly status: number | null;
  readonly body: string | null;
}

/** The table of idempotency keys. */
export class KeptAnswers {
  constructor(private readonly database: Database) {}

  /**
   * Whether the caller is the first with this key, or the first since it expired. Waits for another request in flight:
   * this insert cannot end before that one's transaction. The row also delays the deletion of the account until this
   * transaction ends, so that the deletion finds it.
   */
  async takeKey({ userId, route, key, bodySha256 }: KeyedRequest): Promise<boolean> {
    const { rowCount } = await this.database.query((db) =>
      db.execute(sql`
        insert into ${idempotencyKeys} as kept (user_id, route, key, body_sha256)
        select id, ${route}, ${key}, ${bodySha256} from ${userProfiles}
        where id = ${userId} and not deleted for share
        on conflict (user_id, route, key) do update
        set body_sha256 = excluded.body_sha256, created_at = excluded.created_at, status = null, body = null
        where kept.created_at < now() - ${KEPT}`),
    );
    return rowCount === 1;
  }

  async keepAnswer({ userId, route, key }: KeyedRequest, { status, body }: KeptAnswer): Promise<void> {
    await this.database.query((db) =>
      db
        .update(idempotencyKeys)
        .set({ status, body })
        .where(isKey(userId, route, key)),
    );
  }

  /** The stored answer of the first request. */
  async findAnswer({ userId, route, key, bodySha256 }: KeyedRequest): Promise<KeptAnswer> {
    const { rows } = await this.database.query((db) =>
      db.execute(sql`
        select not deleted as active, body_sha256 = ${bodySha256} as same, status, body
        from ${userProfiles} left join ${idempotencyKeys} on user_id = id and route = ${route} and key = ${key}
        where id = ${userId}`),
    );
    const [found] = rows as unknown as FoundRow[];
    if (!found?.active) throw new SessionRevokedError();
    // The key expired between two statements: the next try is the first request again.
    if (found.status === null || found.body === null) throw new UnavailableError();
    if (!found.same) throw new IdempotencyKeyReusedError();
    return { status: found.status, body: found.body };
  }

  async eraseOf(userId: string): Promise<void> {
    await this.database.query((db) => db.delete(idempotencyKeys).where(eq(idempotencyKeys.userId, userId)));
  }
}

function isKey(userId: string, route: string, key: string) {
  return and(
    eq(idempotencyKeys.userId, userId),
    eq(idempotencyKeys.route, route),
    eq(idempotencyKeys.key, key),
  );
}
