/**
 * Ends one membership; runs behind the lock on its conversation, in a snapshot taken after it.
 * $1 conversation, $2 user. Changes nothing when the user is not a member.
 */
export const LEAVE_CONVERSATION = `
with gone as (
  delete from conversation_members where conversation_id = $1 and user_id = $2 returning role
), heir as (
  select m.user_id from conversation_members m, gone
  where gone.role = 'owner' and m.conversation_id = $1 and m.user_id <> $2
  order by m.role = 'admin' desc, m.joined_at, m.user_id
  limit 1
), succession as (
  update conversation_members m set role = 'owner' from heir
  where m.conversation_id = $1 and m.user_id = heir.user_id
)
update conversations c set member_count = c.member_count - 1, rev = h.rev + 1, members_rev = h.rev + 1
from gone, conversation_heads h where c.id = $1 and h.id = $1`;
