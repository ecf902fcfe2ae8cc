import type { Database } from '../../../../common/infrastructure/database/database.js';
import type { FoundMembership } from './memberships.js';

/**
 * Returns rows in the order of the pairs. To a member who may not see the message that the thread has begun at, it is
 * not there.
 */
const FIND_MEMBERSHIPS = {
  name: 'find_thread_memberships',
  text: `select m.user_id is not null as is_member,
      p.id is null or p.deleted_at is not null or t.deleted_at is not null
        or coalesce(m.visible_from_seq > t.root_seq, false) as is_gone
    from unnest($1::uuid[], $2::uuid[]) with ordinality as asked (conversation_id, user_id, place)
    left join conversations t on t.id = asked.conversation_id
    left join conversations p on p.id = t.parent_id
    left join conversation_members m on m.conversation_id = t.parent_id and m.user_id = asked.user_id
    order by asked.place`,
};

const MEMBERS_AMONG = {
  name: 'thread_members_among',
  text: `select m.user_id as id
    from conversations t
    join conversation_members m on m.conversation_id = t.parent_id and m.user_id = any ($2::uuid[])
      and m.visible_from_seq <= t.root_seq
    where t.id = $1`,
};

interface Row extends Record<string, unknown> {
  readonly is_member: boolean;
  readonly is_gone: boolean;
}

/** Like `membershipsIn`, for threads: whoever is a member of the parent is one, and sees all of it. */
export function threadMembershipsIn(
  database: Database,
): (pairs: readonly string[]) => Promise<FoundMembership[]> {
  return async (pairs) => {
    const asked = pairs.map((pair) => pair.split(' '));
    const values = [asked.map(([threadId]) => threadId), asked.map(([, userId]) => userId)];
    const rows = await database.execute<Row>({ ...FIND_MEMBERSHIPS, values }, 'messages');
    return rows.map(({ is_member, is_gone }) => (is_gone ? null : is_member && { visibleFromSeq: 1 }));
  };
}

/** Those of the users who see the thread. */
export async function findThreadMembersAmong(
  database: Database,
  threadId: string,
  userIds: readonly string[],
): Promise<string[]> {
  const values = [threadId, userIds];
  const rows = await database.execute<{ readonly id: string }>({ ...MEMBERS_AMONG, values });
  return rows.map(({ id }) => id);
}
