import type { TestDatabase } from './test-database.js';

/**
 * Conversations with one message of the owner each; the last activity of the first is `$3` microseconds after 1970, the
 * interval is `$4`. Their ids rise with time, and members are stored one conversation after another,
 * as by the server.
 */
const CREATE = `
with made as (
  insert into conversations (id, created_by, title, updated_at, last_seq, rev, member_count)
  select uuidv7(), $1, 'number ' || i, timestamptz 'epoch' + ($3::bigint + i * $4::bigint) * interval '1 microsecond', 1, 1, cardinality($5::uuid[]) + 1
  from generate_series(1, $2::int) i
  returning id
), members as (
  insert into conversation_members (conversation_id, user_id)
  select id, member from made, unnest($5::uuid[] || $1::uuid) member order by id
), sent as (
  insert into messages (conversation_id, sender_id, content, seq, rev, content_sha256)
  select id, $1, 'hello', 1, 1, sha256('hello') from made
)
select id from made`;

export interface Many {
  readonly owner: string;
  readonly members?: readonly string[];
  readonly count: number;
  /** Last activity of the oldest one, in microseconds since 1970. */
  readonly from: number;
  /** Microseconds between two of them. */
  readonly step: number;
}

/** Creates thousands of conversations at once, without the application. Returns their ids. */
export async function createMany(
  database: Pick<TestDatabase, 'query'>,
  { owner, members = [], count, from, step }: Many,
): Promise<string[]> {
  const rows = await database.query<{ id: string }>(CREATE, [owner, count, from, step, members]);
  return rows.map(({ id }) => id);
}
