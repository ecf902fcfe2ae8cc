import type { Database } from '../../../../common/infrastructure/database/database.js';

/** A membership; false for none, null when the conversation was deleted. */
export type FoundMembership = { readonly visibleFromSeq: number } | false | null;

/** Returns rows in the order of the pairs. Only for who is not a member the conversation is looked up. */
const FIND_MEMBERSHIPS = {
  name: 'find_memberships',
  text: `select m.visible_from_seq::text as visible_from_seq, case when m.user_id is null then (
      select deleted_at is not null from conversations where id = asked.conversation_id
    ) end as is_deleted
    from unnest($1::uuid[], $2::uuid[]) with ordinality as asked (conversation_id, user_id, place)
    left join conversation_members m using (conversation_id, user_id)
    order by asked.place`,
};

interface Row {
  /** Null when the user is not a member. */
  readonly visible_from_seq: string | null;
  readonly is_deleted: boolean | null;
}

/** The membership of each pair of a conversation and a user, written `<conversation> <user>`. */
export function membershipsIn(database: Database): (pairs: readonly string[]) => Promise<FoundMembership[]> {
  return async (pairs) => {
    const asked = pairs.map((pair) => pair.split(' '));
    const values = [asked.map(([conversationId]) => conversationId), asked.map(([, userId]) => userId)];
    const rows = await database.execute<Row & Record<string, unknown>>(
      { ...FIND_MEMBERSHIPS, values },
      'messages',
    );
    return rows.map(({ visible_from_seq: seq, is_deleted }) => {
      if (is_deleted) return null;
      return seq !== null && { visibleFromSeq: Number(seq) };
    });
  };
}
