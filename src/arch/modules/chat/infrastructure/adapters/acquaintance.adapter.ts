import { Injectable } from '@nestjs/common';
import { Database } from '../../../../common/infrastructure/database/database.js';
import type { Acquaintance, AcquaintancePort, UserPair } from '../../application/ports/acquaintance.port.js';

/**
 * Each condition is an index look-up of its own, in subqueries that no plan turns into joins or hash tables: those would
 * read the memberships, the blocks or the messages of all pairs first. The order by sender and `seq` is one that only one
 * index has, as in `member_positions`.
 */
const WRITTEN = (by: 'one' | 'other') => `exists (
    select from messages m where m.conversation_id = direct.id and m.sender_id between asked.${by} and asked.${by}
    order by m.sender_id desc, m.seq desc limit 1
  )`;
/**
 * Returns rows in the order of the pairs. A pair takes a look-up for each membership of the one who has fewer, so that a
 * member of thousands of conversations can ask for, and be asked for by, people with few.
 */
const ACQUAINTANCES = {
  name: 'acquaintances',
  text: `
  with sizes as materialized (
    select person.id, (select count(*) from conversation_members where user_id between person.id and person.id) as size
    from (select distinct id from unnest($1::uuid[] || $2::uuid[]) as id) person
  )
  select
    (
      select true from conversation_members lighter
      where lighter.user_id between pair.lighter and pair.lighter and (
        select true from conversation_members heavier
        where heavier.conversation_id = lighter.conversation_id and heavier.user_id = pair.heavier
      ) and (
        select c.type <> 'direct' or (select true from messages m where m.conversation_id = c.id order by m.seq limit 1)
        from conversations c where c.id = lighter.conversation_id
      )
      limit 1
    ) is true and (
      select true from user_blocks where blocker_id = asked.one and blocked_id = asked.other
    ) is null and (
      select true from user_blocks where blocker_id = asked.other and blocked_id = asked.one
    ) is null as "areAcquainted",
    ${WRITTEN('one')} as "oneHasWritten",
    ${WRITTEN('other')} as "otherHasWritten"
  from unnest($1::uuid[], $2::uuid[]) with ordinality as asked (one, other, place)
  join sizes mine on mine.id = asked.one
  join sizes theirs on theirs.id = asked.other
  cross join lateral (
    select
      case when mine.size <= theirs.size then asked.one else asked.other end as lighter,
      case when mine.size <= theirs.size then asked.other else asked.one end as heavier
    offset 0
  ) pair
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
