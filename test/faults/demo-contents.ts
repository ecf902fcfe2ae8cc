/** Selects, in one row, all that the demo data fills. */
export const DEMO_CONTENTS = `select (select json_agg(u order by id) from users u) users,
  (select json_agg(c order by id) from conversations c) conversations,
  (select json_agg(m order by user_id) from conversation_members m) members,
  (select json_agg(m order by seq) from messages m) messages`;
