import type { Database } from '../../../../common/infrastructure/database/database.js';
import type { ReactionsRequest } from '../../application/ports/message-reactions.port.js';
import type { Reaction, ReactionPage } from '../../domain/models/reaction-page.model.js';
import { decodeCursor, encodeCursor } from './reaction-cursor.js';

const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * $1 conversation, $2 message, $3 the first message that the reader sees, $4 key and $5 user of the last reaction read, $6
 * limit. One row at least when the message is there. The order is that of the primary key, so that a page reads its own
 * rows only, whether of all kinds or of one.
 */
const pageOf = (name: string, condition: string) => ({
  name,
  text: `
select r.key, r.emoji, r.created_at as "createdAt", u.id as "userId", u.display_name as "displayName",
  u.avatar_url as "avatarUrl"
from messages m
left join lateral (
  select * from message_reactions
  where message_id = $2 and ${condition}
  order by message_id, key, user_id limit $6
) r on true
left join user_profiles u on u.id = r.user_id
where m.id = $2 and m.conversation_id = $1 and m.seq >= $3
order by r.key, r.user_id`,
});
const OF_ALL_KINDS = pageOf('reactions', '(message_id, key, user_id) > ($2, $4, $5::uuid)');
const OF_ONE_KIND = pageOf('reactions_of_kind', 'key = $4 and user_id > $5::uuid');

interface Row extends Record<string, unknown> {
  /** Null when there is no reaction. */
  readonly userId: string | null;
  readonly key: string;
  readonly emoji: string;
  readonly createdAt: Date;
  readonly displayName: string;
  readonly avatarUrl: string | null;
}

/** Who has reacted to a message how. */
export class ReactionPageReader {
  constructor(private readonly database: Database) {}

  async read(request: ReactionsRequest): Promise<ReactionPage | null> {
    const { conversationId, messageId, visibleFrom, key, limit, cursor } = request;
    const after = cursor === undefined ? { key: key ?? '', userId: NOBODY } : decodeCursor(cursor);
    const statement = key === undefined ? OF_ALL_KINDS : OF_ONE_KIND;
    const values = [conversationId, messageId, visibleFrom, key ?? after.key, after.userId, limit + 1];
    const rows = await this.database.execute<Row>({ ...statement, values });
    if (rows.length === 0) return null;
    const found = rows.flatMap((row) => (row.userId === null ? [] : [{ ...row, userId: row.userId }]));
    const shown = found.slice(0, limit);
    const last = found.length > limit ? shown.at(-1) : undefined;
    return { data: shown.map(toReaction), nextCursor: last ? encodeCursor(last) : null };
  }
}

function toReaction({
  userId,
  displayName,
  avatarUrl,
  emoji,
  createdAt,
}: Row & { userId: string }): Reaction {
  return { user: { id: userId, displayName, avatarUrl }, emoji, createdAt };
}
