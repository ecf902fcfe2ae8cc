import type { Database } from '../../../../common/infrastructure/database/database.js';

/**
 * Of the conversations ($1), of the accounts to be referred to ($2) and of those to be locked ($3), the ones whose rows
 * another transaction has locked against a change, a reference, or any change. Waits for no lock. The transaction that
 * holds a lock may end right afterwards: then the row is free at the next check.
 */
const LOCKED = {
  name: 'locked_conversations',
  text: `
with free_conversations as (
  select id from conversations where id = any ($1::uuid[]) for no key update skip locked
), free_accounts as (
  select id from user_profiles where id = any ($2::uuid[]) for key share skip locked
), held_accounts as (
  select id from user_profiles where id = any ($3::uuid[]) for share skip locked
)
select id from conversations where id = any ($1::uuid[]) and id not in (select id from free_conversations)
union all
select id from user_profiles where id = any ($2::uuid[]) and id not in (select id from free_accounts)
union all
select id from user_profiles where id = any ($3::uuid[]) and id not in (select id from held_accounts)`,
};

/** The ids whose rows are locked: one check for all, in one round trip. */
export async function findLocked(
  database: Database,
  conversationIds: readonly string[],
  senderIds: readonly string[] = [],
  heldIds: readonly string[] = [],
): Promise<Set<string>> {
  const statement = { ...LOCKED, values: [conversationIds, senderIds, heldIds] };
  const rows = await database.execute<{ id: string }>(statement, 'messages');
  return new Set(rows.map(({ id }) => id));
}
