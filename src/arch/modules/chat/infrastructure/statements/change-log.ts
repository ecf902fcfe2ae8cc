import type { Database } from '../../../../common/infrastructure/database/database.js';
import type { ConversationChange } from '../../domain/models/conversation-change.model.js';

/** The identity of a row of the log: another node may have taken the `rev` of a change that is not stored. */
export interface LoggedChange {
  readonly conversationId: string;
  readonly rev: number;
  /** With microseconds. */
  readonly createdAt: string;
}

/**
 * The kind of a row that stands for changes of members up to its `rev` that have no rows of their own. No event is made
 * of it: whoever reads past it reads all members instead.
 */
export const UNLOGGED = 'members_changed';

/**
 * Takes the next `rev`, behind the conversation's lock; the trigger `conversations_number_member_change` computes the
 * same. $1 conversation, $2 kind, $3 actor, $4 subject, $5 data, $6 whether it is a change of members, $7 difference of
 * the number of members, null when none is left, $8 the kind of a row for others. An older node changes members without a
 * row, and only `members_rev` tells: before that is overwritten, it gets a row (ADR 53).
 */
const LOG = {
  name: 'log_change',
  text: `
with head as (
  select rev + 1 as rev, last_seq, members_rev from conversation_heads where id = $1
), unlogged as (
  insert into conversation_changes (conversation_id, rev, kind, after_seq, data)
  select $1, members_rev, $8, 0, '{}' from head where $6 and members_rev > 0
  on conflict do nothing
), counted as (
  update conversations c set rev = head.rev, member_count = coalesce(c.member_count + $7::integer, 0),
    members_rev = case when $6 then head.rev else c.members_rev end
  from head where c.id = $1
)
insert into conversation_changes (conversation_id, rev, kind, actor_id, subject_id, after_seq, data, created_at)
select $1, rev, $2, $3, $4, last_seq, $5, clock_timestamp() from head
returning rev, created_at::text`,
};

const IS_LOGGED = {
  name: 'is_logged',
  text: 'select from conversation_changes where conversation_id = $1 and rev = $2 and created_at = $3::timestamptz',
};

/** How a change alters the numbers in its conversation's row. */
export interface ChangeCounts {
  /** Whether the list of members changes. */
  readonly ofMembers: boolean;
  /** Difference of the number of members. */
  readonly members: -1 | 0 | 1 | 'none left';
}

/** The table `conversation_changes`. */
export class ChangeLog {
  constructor(private readonly database: Database) {}

  /** Part of the change's transaction, behind its conversation's lock. */
  async append(
    conversationId: string,
    actorId: string,
    { kind, subjectId, data }: ConversationChange,
    { ofMembers, members }: ChangeCounts,
  ): Promise<LoggedChange> {
    const difference = members === 'none left' ? null : members;
    const values = [
      conversationId,
      kind,
      actorId,
      subjectId,
      JSON.stringify(data),
      ofMembers,
      difference,
      UNLOGGED,
    ];
    const [row] = await this.database.execute<{ rev: string; created_at: string }>({ ...LOG, values });
    if (!row) throw new Error('The locked conversation is not there.');
    return { conversationId, rev: Number(row.rev), createdAt: row.created_at };
  }

  /** Whether the change was committed; call it after its transaction has ended. */
  async has({ conversationId, rev, createdAt }: LoggedChange): Promise<boolean> {
    const values = [conversationId, rev, createdAt];
    return (await this.database.execute({ ...IS_LOGGED, values }, 'messages')).length > 0;
  }
}
