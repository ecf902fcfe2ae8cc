import type { Database } from '../../../../common/infrastructure/database/database.js';
import { UNLOGGED } from './change-log.js';

/** Rows of one conversation's log: with more, its members are read instead. */
const MAX_ROWS = 1_000;

/** How far a room has been applied. */
export interface AppliedRoom {
  readonly id: string;
  readonly applied: number;
}

/** The memberships of a conversation that have ended since then. */
export interface EndedMemberships {
  readonly id: string;
  /** The last change of its members. */
  readonly membersRev: number;
  /** In the order of `rev`; null when the log does not show all of them. */
  readonly ends: readonly { readonly rev: number; readonly userId: string | null }[] | null;
}

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly members_rev: string;
  readonly rev: string | null;
  readonly kind: string | null;
  readonly subject_id: string | null;
}

/**
 * One pass through the index for all rooms, and rows only for those whose members have changed. A node of an older version changes members
 * without a row: the last such change is no row's, and earlier ones are before a row `members_changed`.
 */
const ENDS = {
  name: 'ended_memberships',
  text: `
with found as materialized (
  -- An array, not a join: the index takes it sorted.
  select id, members_rev from conversations where id = any ($1::uuid[]) and members_rev > $4
)
select c.id, c.members_rev, l.rev, l.kind, l.subject_id
from found c
join unnest($1::uuid[], $2::bigint[]) as joined (id, applied) on c.id = joined.id and c.members_rev > joined.applied
left join lateral (
  select rev, kind, subject_id from conversation_changes
  where conversation_id = joined.id and rev > joined.applied
    and (kind in ('member_removed', 'conversation_deleted', '${UNLOGGED}') or rev = c.members_rev)
  order by rev limit $3
) l on true`,
};

const MEMBERS = {
  name: 'members_among',
  text: 'select user_id from conversation_members where conversation_id = $1 and user_id = any ($2::uuid[])',
};

/** Reads which memberships have ended, for the sockets that have joined conversations. */
export class EndedMembershipsReader {
  constructor(private readonly database: Database) {}

  /** Returns the conversations whose members have changed. */
  async findEnds(rooms: readonly AppliedRoom[]): Promise<readonly EndedMemberships[]> {
    const revs = rooms.map(({ applied }) => applied);
    const least = revs.reduce((one, other) => Math.min(one, other), Infinity);
    const values = [rooms.map(({ id }) => id), revs, MAX_ROWS, least];
    const rows = await this.database.execute<Row>({ ...ENDS, values }, 'messages');
    const applied = new Map(rooms.map((room) => [room.id, room.applied]));
    return [...Map.groupBy(rows, ({ id }) => id)].map(([id, ofRoom]) =>
      toEnded(id, applied.get(id) ?? -1, ofRoom),
    );
  }

  /** Returns those of the users who are members now. */
  async findMembers(conversationId: string, userIds: readonly string[]): Promise<ReadonlySet<string>> {
    const values = [conversationId, userIds];
    const rows = await this.database.execute<{ user_id: string }>({ ...MEMBERS, values }, 'messages');
    return new Set(rows.map(({ user_id }) => user_id));
  }
}

function toEnded(id: string, applied: number, rows: readonly Row[]): EndedMemberships {
  const membersRev = Number(rows[0]?.members_rev);
  const logged = rows.map(({ rev, kind, subject_id: userId }) => ({ rev: Number(rev), kind, userId }));
  const isWhole =
    // What was before the log belongs to another history, or was never read.
    applied >= 0 && logged.at(-1)?.rev === membersRev && logged.every(({ kind }) => kind !== UNLOGGED);
  const ends = logged.filter(({ kind }) => kind === 'member_removed' || kind === 'conversation_deleted');
  return { id, membersRev, ends: isWhole ? ends.map(({ rev, userId }) => ({ rev, userId })) : null };
}
