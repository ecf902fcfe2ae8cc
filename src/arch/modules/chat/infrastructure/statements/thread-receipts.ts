import type { Database } from '../../../../common/infrastructure/database/database.js';
import type { ConversationMember } from '../../domain/models/conversation-member.model.js';

/** $1 thread, $2 users, $3 who is shown them. One look-up for each; nothing where a position is not shown. */
const RECEIPTS = {
  name: 'thread_receipts',
  text: `
select p.user_id as "userId", p.last_read_seq::text as "lastReadSeq"
from unnest($2::uuid[]) asked (user_id)
cross join lateral (select * from thread_positions where thread_id = $1 and user_id = asked.user_id limit 1) p
cross join lateral (select read_receipts from user_profiles where id = p.user_id limit 1) u
where p.user_id = $3 or (u.read_receipts and (select read_receipts from user_profiles where id = $3))`,
};

interface Row extends Record<string, unknown> {
  readonly userId: string;
  readonly lastReadSeq: string;
}

/** The members of a thread's parent with what a reader is shown of how far they have read the thread: only followers have. */
export async function asReadersOfThread(
  database: Database,
  threadId: string,
  readerId: string,
  members: readonly ConversationMember[],
): Promise<ConversationMember[]> {
  const values = [threadId, members.map(({ userId }) => userId), readerId];
  const rows = await database.execute<Row>({ ...RECEIPTS, values });
  const positions = new Map(rows.map(({ userId, lastReadSeq }) => [userId, Number(lastReadSeq)]));
  return members.map((member) => ({ ...member, lastReadSeq: positions.get(member.userId) ?? 0 }));
}
