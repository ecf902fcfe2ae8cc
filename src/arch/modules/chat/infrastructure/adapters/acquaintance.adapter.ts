import { Injectable } from '@nestjs/common';
import { Database } from '../../../../common/infrastructure/database/database.js';
import type { Acquaintance, AcquaintancePort, UserPair } from '../../application/ports/acquaintance.port.js';

/**
 * Returns rows in the order of the pairs. Each condition is an index look-up of its own: as joins they would read the
 * memberships, the blocks or the messages of all pairs first. The order by sender and `seq` is one that only one index
 * has, as in `member_positions`.
 */
const WRITTEN = (by: 'one' | 'other') => `exists (
    select from messages m where m.conversation_id = direct.id and m.sender_id between asked.${by} and asked.${by}
    order by m.sender_id desc, m.seq desc limit 1
  )`;
const ACQUAINTANCES = {
  name: 'acquaintances',
  text: `
  select
    exists (
      select from conversation_members mine
      join conversation_members theirs
        on theirs.conversation_id = mine.conversation_id and theirs.user_id = asked.other
      where mine.user_id = asked.one
    ) and not exists (
      select from user_blocks where blocker_id = asked.one and blocked_id = asked.other
    ) and not exists (
      select from user_blocks where blocker_id = asked.other and blocked_id = asked.one
    ) as "areAcquainted",
    ${WRITTEN('one')} as "oneHasWritten",
    ${WRITTEN('other')} as "otherHasWritten"
  from unnest($1::uuid[], $2::uuid[]) with ordinality as asked (one, other, place)
  left join lateral (
    select id from conversations
    where type = 'direct' and direct_low = least(asked.one, asked.other) and direct_high = greatest(asked.one, asked.other)
    limit 1
  ) direct on true
  order by asked.place`,
};

type Row = Acquaintance & { readonly areAcquainted: boolean };

@Injectable()
export class AcquaintanceAdapter implements AcquaintancePort {
  constructor(private readonly database: Database) {}

  async findAcquaintances(pairs: readonly UserPair[]): Promise<(Acquaintance | null)[]> {
    if (pairs.length === 0) return [];
    const values = [pairs.map(([one]) => one), pairs.map(([, other]) => other)];
    const rows = await this.database.execute<Row>({ ...ACQUAINTANCES, values });
    return rows.map(({ areAcquainted, oneHasWritten, otherHasWritten }) =>
      areAcquainted ? { oneHasWritten, otherHasWritten } : null,
    );
  }
}
