import { Injectable } from '@nestjs/common';
import { Database } from '../../../../common/infrastructure/database/database.js';
import type { MessageReadersPort, ReadersRequest } from '../../application/ports/message-readers.port.js';
import type { ReaderPage } from '../../domain/models/reader-page.model.js';
import { isThreadId } from '../../domain/models/thread.model.js';
import { THREAD_READERS } from '../statements/thread-readers.statement.js';
import { decodeCursor, encodeCursor, START } from '../statements/member-cursor.js';

/**
 * At most 5,000 members are looked at, each with three look-ups. One row at least: of a message without readers its
 * `seq` and the count.
 */
const READERS = {
  name: 'message_readers',
  text: `
with message as materialized (
  select seq, sender_id, created_at from messages
  where id = $2 and conversation_id = $1
    and seq >= (select visible_from_seq from conversation_members where conversation_id = $1 and user_id = $3)
), readers as materialized (
  select p.user_id, p.joined_at, u.display_name, u.avatar_url
  from message m
  cross join lateral (select * from member_positions where conversation_id = $1 offset 0) p
  cross join lateral (select * from user_profiles where id = p.user_id limit 1) u
  where p.last_read_seq >= m.seq and p.user_id <> m.sender_id and p.joined_at <= m.created_at
    and (p.user_id = $3 or (u.read_receipts and (select read_receipts from user_profiles where id = $3)))
), page as (
  select * from readers
  where (joined_at, user_id) > (timestamptz 'epoch' + $4::float8 * interval '1 microsecond', $5::uuid)
  order by joined_at, user_id limit $6
)
select (select seq from message) is not null as "isThere", (select count(*) from readers)::int as count,
  user_id as id, display_name as "displayName", avatar_url as "avatarUrl",
  (extract(epoch from joined_at) * 1000000)::bigint::text as joined
from (values (1)) one left join page on true order by joined_at, user_id`,
};

interface Row {
  readonly isThere: boolean;
  readonly count: number;
  readonly id: string | null;
  readonly displayName: string;
  readonly avatarUrl: string | null;
  readonly joined: string;
}

@Injectable()
export class MessageReadersReader implements MessageReadersPort {
  constructor(private readonly database: Database) {}

  async findReaders(request: ReadersRequest): Promise<ReaderPage | null> {
    const { conversationId, messageId, userId, limit, cursor } = request;
    const { joined, id } = cursor === undefined ? START : decodeCursor(cursor);
    const values = [conversationId, messageId, userId, joined, id, limit + 1];
    const rows = await this.database.execute<Row & Record<string, unknown>>({
      ...(isThreadId(conversationId) ? THREAD_READERS : READERS),
      values,
    });
    const [first] = rows;
    if (!first?.isThere) return null;
    const readers = rows.flatMap((row) => (row.id === null ? [] : [{ ...row, id: row.id }]));
    const shown = readers.slice(0, limit);
    const last = readers.length > limit ? shown.at(-1) : undefined;
    return {
      data: shown.map(({ id: reader, displayName, avatarUrl }) => ({ id: reader, displayName, avatarUrl })),
      count: first.count,
      nextCursor: last ? encodeCursor(last) : null,
    };
  }
}
