import { Injectable } from '@nestjs/common';
import { type SQL, sql } from 'drizzle-orm';
import { JanitorPort, type Sweep } from '../../../../common/application/ports/janitor.port.js';
import { AppConfig } from '../../../../common/infrastructure/config/app-config.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { refreshTokens, sessions } from '../../../../common/infrastructure/database/schema.js';
import { SEALED_FOR } from '../adapters/session-rotation.js';

/** Seconds that an ended session is kept, so that its user can still see when and where it was used. */
const ENDED_KEPT = 30 * 86_400;
/** Seconds after its last use that the address and user agent of a session are kept. */
const DEVICE_KEPT = 90 * 86_400;

const ago = (seconds: number): SQL => sql`now() - ${seconds} * interval '1 second'`;
const { id, endedAt, lastUsedAt, userAgent, ip } = sessions;
const { tokenHash, sessionId, rotatedAt, expiresAt, sealedSuccessor } = refreshTokens;

/** Deletes expired data of sessions. Locked rows are left for the next round. */
@Injectable()
export class SessionSweeps {
  constructor(
    private readonly database: Database,
    { env }: AppConfig,
    janitor: JanitorPort,
  ) {
    const lifetime = env.JWT_REFRESH_EXPIRATION;
    janitor.registerSweeps(
      // A session without a usable refresh token cannot be refreshed, so it has ended when its last token expired.
      this.sweepOf('sessions.expired', (limit) => {
        const usableToken = sql`select from ${refreshTokens}
          where ${sessionId} = ${id} and ${rotatedAt} is null and ${expiresAt} > now()`;
        const due = sql`select ${id} from ${sessions}
          where ${endedAt} is null and ${lastUsedAt} < ${ago(lifetime)} and not exists (${usableToken})
          order by ${lastUsedAt} limit ${limit} for update of sessions skip locked`;
        const end = sql`last_used_at + ${lifetime} * interval '1 second'`;
        return sql`update ${sessions} set ended_at = ${end} where id in (${due})`;
      }),
      // Few successors are not used at once, or with the end of their session.
      this.sweepOf('tokens.sealed', (limit) => {
        const due = sql`select ${tokenHash} from ${refreshTokens}
          where ${sealedSuccessor} is not null and ${rotatedAt} < ${ago(SEALED_FOR)}
          order by ${rotatedAt} limit ${limit} for update skip locked`;
        return sql`update ${refreshTokens} set sealed_successor = null where token_hash in (${due})`;
      }),
      // Rotated tokens are kept until they expire, because their reuse reveals a theft (ADR 8).
      this.sweepOf('tokens.rotated', (limit) => {
        const due = sql`select ${tokenHash} from ${refreshTokens}
          where ${rotatedAt} < ${ago(lifetime)} and ${expiresAt} < now()
          order by ${rotatedAt} limit ${limit} for update skip locked`;
        return sql`delete from ${refreshTokens} where token_hash in (${due})`;
      }),
      // Tokens are deleted before their sessions, whose deletion would cascade to any number of them.
      this.sweepOf('tokens.ended', (limit) => {
        const due = sql`select ${tokenHash} from ${sessions} join ${refreshTokens} on ${sessionId} = ${id}
          where ${endedAt} < ${ago(ENDED_KEPT)} limit ${limit} for update of refresh_tokens skip locked`;
        return sql`delete from ${refreshTokens} where token_hash in (${due})`;
      }),
      this.sweepOf('sessions.ended', (limit) => {
        const due = sql`select ${id} from ${sessions}
          where ${endedAt} < ${ago(ENDED_KEPT)}
            and not exists (select from ${refreshTokens} where ${sessionId} = ${id})
          order by ${endedAt} limit ${limit} for update of sessions skip locked`;
        return sql`delete from ${sessions} where id in (${due})`;
      }),
      this.sweepOf('sessions.devices', (limit) => {
        const due = sql`select ${id} from ${sessions}
          where ${lastUsedAt} < ${ago(DEVICE_KEPT)} and (${ip} is not null or ${userAgent} is not null)
          order by ${lastUsedAt} limit ${limit} for update skip locked`;
        return sql`update ${sessions} set ip = null, user_agent = null where id in (${due})`;
      }),
    );
  }

  private sweepOf(name: string, statement: (limit: number) => SQL): Sweep {
    return {
      name,
      of: 'database',
      batch: async (limit) => {
        const { rowCount } = await this.database.query((db) => db.execute(statement(limit)));
        return rowCount ?? 0;
      },
    };
  }
}
