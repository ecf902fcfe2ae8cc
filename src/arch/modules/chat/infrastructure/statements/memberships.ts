import type { Database } from '../../../../common/infrastructure/database/database.js';

/** Returns rows in the order of the pairs. Only for who is not a member the conversation is looked up. */
const ARE_MEMBERS = {
  name: 'are_members',
  text: `select m.user_id is not null as is_member, case when m.user_id is null then (
      select deleted_at is not null from conversations where id = asked.conversation_id
    ) end as is_deleted
    from unnest($1::uuid[], $2::uuid[]) with ordinality as asked (conversation_id, user_id, place)
    left join conversation_members m using (conversation_id, user_id)
    order by asked.place`,
};

interface Row {
  readonly is_member: boolean;
  readonly is_deleted: boolean | null;
}

/**
 * Whether each pair of a conversation and a user, written `<conversation> <user>`, is a membership; null when the
 * conversation was deleted.
 */
export function membershipsIn(database: Database): (pairs: readonly string[]) => Promise<(boolean | null)[]> {
  return async (pairs) => {
    const asked = pairs.map((pair) => pair.split(' '));
    const values = [asked.map(([conversationId]) => conversationId), asked.map(([, userId]) => userId)];
    const rows = await database.execute<Row>({ ...ARE_MEMBERS, values }, 'messages');
    return rows.map(({ is_member, is_deleted }) => (is_deleted ? null : is_member));
  };
}
