import { Injectable } from '@nestjs/common';
import { type SQL, sql } from 'drizzle-orm';
import { JanitorPort, type Sweep } from '../../../../common/application/ports/janitor.port.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import {
  conversationBans,
  conversationChanges,
  conversationInvites,
  conversations,
  messageMentions,
  messagePins,
  messages,
} from '../../../../common/infrastructure/database/schema.js';

const { id, deletedAt, purgedAt } = conversations;
const isDue = sql`${deletedAt} is not null and ${purgedAt} is null`;

/**
 * Deletes expired bans and invites, and what deleted conversations had; the row stays, without title and metadata, so
 * that its id is never given to another one. Nothing writes to these rows any more. The threads of a deleted
 * conversation, which nobody can read since then, count as deleted from here on, so that the same happens to them.
 */
@Injectable()
export class ConversationSweeps {
  constructor(
    private readonly database: Database,
    janitor: JanitorPort,
  ) {
    janitor.registerSweeps(
      this.sweepOf('conversations.threads', (limit) => {
        const due = sql`select threads.id from ${conversations}
          cross join lateral (
            select id from ${conversations} as thread
            where thread.parent_id = ${id} and thread.deleted_at is null order by thread.root_seq limit ${limit}
          ) as threads
          where ${isDue} limit ${limit}`;
        return sql`update ${conversations} set deleted_at = now() where id in (${due})`;
      }),
      this.sweepOf('conversations.messages', (limit) => {
        const due = sql`select ${messages.id} from ${conversations}
          cross join lateral (
            select id from ${messages} where ${messages.conversationId} = ${id} order by ${messages.seq} limit ${limit}
          ) as messages
          where ${isDue} limit ${limit}`;
        return sql`delete from ${messages} where id in (${due})`;
      }),
      this.sweepOf('conversations.changes', (limit) => {
        const due = sql`select conversation_id, rev from ${conversationChanges}
          where conversation_id in (select ${id} from ${conversations} where ${isDue}) limit ${limit}`;
        return sql`delete from ${conversationChanges} where (conversation_id, rev) in (${due})`;
      }),
      this.sweepOf('conversations.mentions', (limit) => {
        const due = sql`select conversation_id, user_id, seq from ${messageMentions}
          where conversation_id in (select ${id} from ${conversations} where ${isDue}) limit ${limit}`;
        return sql`delete from ${messageMentions} where (conversation_id, user_id, seq) in (${due})`;
      }),
      this.sweepOf('conversations.pins', (limit) => {
        const due = sql`select conversation_id, seq from ${messagePins}
          where conversation_id in (select ${id} from ${conversations} where ${isDue}) limit ${limit}`;
        return sql`delete from ${messagePins} where (conversation_id, seq) in (${due})`;
      }),
      this.sweepOf('conversations.bans', (limit) => {
        const due = sql`select conversation_id, user_id from ${conversationBans}
          where conversation_id in (select ${id} from ${conversations} where ${isDue}) limit ${limit}`;
        return sql`delete from ${conversationBans} where (conversation_id, user_id) in (${due})`;
      }),
      this.sweepOf('bans.expired', (limit) => {
        const due = sql`select conversation_id, user_id from ${conversationBans}
          where ${conversationBans.until} < now() order by ${conversationBans.until} limit ${limit} for update skip locked`;
        return sql`delete from ${conversationBans} where (conversation_id, user_id) in (${due})`;
      }),
      this.sweepOf('invites.expired', (limit) => {
        const due = sql`select ${conversationInvites.id} from ${conversationInvites}
          where ${conversationInvites.expiresAt} < now() order by ${conversationInvites.expiresAt} limit ${limit} for update skip locked`;
        return sql`delete from ${conversationInvites} where id in (${due})`;
      }),
      this.sweepOf('conversations.purged', (limit) => {
        const empty = [messages, messageMentions, messagePins, conversationChanges, conversationBans].map(
          (table) => sql`not exists (select from ${table} where ${table.conversationId} = ${id})`,
        );
        const noThread = sql`not exists (
          select from ${conversations} as thread where thread.parent_id = ${id} and thread.deleted_at is null
        )`;
        const due = sql`select ${id} from ${conversations} where ${isDue} and ${sql.join([...empty, noThread], sql` and `)}
          order by ${deletedAt} limit ${limit} for no key update skip locked`;
        return sql`update ${conversations} set purged_at = now(), title = null, metadata = null where id in (${due})`;
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
