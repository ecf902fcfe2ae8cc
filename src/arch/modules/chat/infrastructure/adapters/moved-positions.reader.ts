import { Injectable } from '@nestjs/common';
import { Database } from '../../../../common/infrastructure/database/database.js';
import type { MovedPositionsPort } from '../../application/ports/moved-positions.port.js';
import { type MovedPositions, READS_MAX, READS_SLACK } from '../../domain/models/moved-positions.model.js';
import { isThreadId } from '../../domain/models/thread.model.js';

/**
 * $1 conversation, $2 reader, $3 the first `rev`, $4 limit. Whether a position is shown is asked after the limit: a
 * conversation whose members hide theirs costs no more than another.
 */
const MOVED = {
  name: 'positions_moved',
  text: `
select mark.user_id as "userId", mark.seq::text as "lastReadSeq",
  mark.user_id = $2 or (member.read_receipts and reader.read_receipts) as "isShown"
from user_profiles reader
cross join lateral (
  select from conversation_members where conversation_id = $1 and user_id = $2 limit 1
) membership
cross join lateral (
  select user_id, seq, rev from read_marks where conversation_id = $1 and rev >= $3 order by rev desc limit $4
) mark
cross join lateral (select read_receipts from user_profiles where id = mark.user_id limit 1) member
where reader.id = $2
order by mark.rev desc`,
};

interface Row extends Record<string, unknown> {
  readonly userId: string;
  readonly lastReadSeq: string;
  readonly isShown: boolean;
}

@Injectable()
export class MovedPositionsReader implements MovedPositionsPort {
  constructor(private readonly database: Database) {}

  async findMoved(conversationId: string, userId: string, since: number): Promise<MovedPositions> {
    if (isThreadId(conversationId)) return { reads: [], readsTruncated: true };
    const values = [conversationId, userId, Math.max(0, since - READS_SLACK), READS_MAX + 1];
    const rows = await this.database.execute<Row>({ ...MOVED, values });
    const reads = rows
      .slice(0, READS_MAX)
      .filter(({ isShown }) => isShown)
      .map((row) => ({ userId: row.userId, lastReadSeq: Number(row.lastReadSeq) }));
    return { reads, readsTruncated: rows.length > READS_MAX };
  }
}
