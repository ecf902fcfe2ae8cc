import { Injectable } from '@nestjs/common';
import { Database } from '../../../../common/infrastructure/database/database.js';
import type { ReachPort } from '../../application/ports/reach.port.js';
import type { Reach } from '../../domain/models/reach.model.js';
import { holdAccounts } from '../statements/held-accounts.js';

/**
 * $1 the user, $2 the others. It looks everything up for each of them, whatever decides, so that the time of a refusal
 * does not say which it was. The order of messages is that of only one index, which has a sender's together.
 */
const REACH = {
  name: 'reach',
  text: `
select u.id as user_id, u.addable_by,
  (
    select m.seq from messages m
    where m.conversation_id = d.id and m.sender_id between u.id and u.id
    order by m.sender_id desc, m.seq desc limit 1
  ) is not null as has_written,
  exists (select from user_blocks where blocker_id = u.id and blocked_id = $1) as has_blocked,
  exists (select from user_blocks where blocker_id = $1 and blocked_id = u.id) as is_blocked
from user_profiles u
left join conversations d
  on d.type = 'direct' and d.direct_low = least(u.id, $1::uuid) and d.direct_high = greatest(u.id, $1::uuid)
where u.id = any ($2::uuid[])`,
};

interface Row {
  readonly user_id: string;
  readonly addable_by: Reach['addableBy'];
  readonly has_written: boolean;
  readonly has_blocked: boolean;
  readonly is_blocked: boolean;
}

@Injectable()
export class ReachReader implements ReachPort {
  constructor(private readonly database: Database) {}

  /** The second statement's snapshot is taken behind the locks. */
  async holdReach(userId: string, otherIds: readonly string[]): Promise<ReadonlyMap<string, Reach>> {
    const held = await holdAccounts(this.database, otherIds);
    if (held.length === 0) return new Map();
    const rows = await this.database.execute<Row>({ ...REACH, values: [userId, held] });
    return new Map(
      rows.map(({ user_id, addable_by, has_written, has_blocked, is_blocked }) => [
        user_id,
        { addableBy: addable_by, hasWritten: has_written, hasBlocked: has_blocked, isBlocked: is_blocked },
      ]),
    );
  }
}
