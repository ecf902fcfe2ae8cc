/** Selects, in one row, all that the demo data fills. */
export const DEMO_CONTENTS = `select (select json_agg(u order by id) from users u) users,
  (select json_agg(c order by id) from conversations c) conversations,
  (select json_agg(m order by conversation_id, user_id) from conversation_members m) members,
  (select json_agg(m order by conversation_id, seq) from messages m) messages,
  (select json_agg(c order by conversation_id, rev) from conversation_changes c) changes,
  (select json_agg(v order by message_id, version) from message_versions v) versions,
  (select json_agg(r order by message_id, key, user_id) from message_reactions r) reactions,
  (select json_agg(m order by conversation_id, user_id, seq) from message_mentions m) mentions,
  (select json_agg(p order by conversation_id, seq) from message_pins p) pins,
  (select json_agg(f order by thread_id, user_id) from thread_followers f) followers`;
