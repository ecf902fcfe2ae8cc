import type { Database } from '../../../../common/infrastructure/database/database.js';

/** Returns rows in the order of the pairs. */
const ARE_MEMBERS = {
  name: 'are_members',
  text: `select m.user_id is not null as is_member
    from unnest($1::uuid[], $2::uuid[]) with ordinality as asked (conversation_id, user_id, place)
    left join conversation_members m using (conversation_id, user_id)
    order by asked.place`,
};

/** Whether each pair of a conversation and a user, written `<conversation> <user>`, is a membership. */
export function membershipsIn(database: Database): (pairs: readonly string[]) => Promise<boolean[]> {
  return async (pairs) => {
    const asked = pairs.map((pair) => pair.split(' '));
    const values = [asked.map(([conversationId]) => conversationId), asked.map(([, userId]) => userId)];
    const rows = await database.execute<{ is_member: boolean }>({ ...ARE_MEMBERS, values }, 'messages');
    return rows.map(({ is_member }) => is_member);
  };
}
