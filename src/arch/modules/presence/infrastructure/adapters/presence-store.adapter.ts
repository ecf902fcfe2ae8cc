import { Injectable } from '@nestjs/common';
import { Database } from '../../../../common/infrastructure/database/database.js';
import type {
  PresenceStorePort,
  SeenUser,
  StoredPresence,
} from '../../application/ports/presence-store.port.js';

/** Looks up each user for itself: as joins, plans read all users in the order of their ids. */
const FIND = {
  name: 'stored_presence',
  text: `
  select account.id, account.presence as audience, seen.seen_at as "lastSeenAt"
  from unnest($1::uuid[]) as asked (id)
  cross join lateral (select * from user_profiles where id = asked.id and not deleted limit 1) account
  left join lateral (select seen_at from last_seen_times where user_id = asked.id limit 1) seen on true`,
};

/** Ordered by id, so that two nodes with the same users wait for each other, and never both. */
const RECORD = {
  name: 'record_seen',
  text: `
  insert into last_seen_times (user_id, seen_at)
  select account.id, date_trunc('minute', now() - seen.age * interval '1 millisecond')
  from unnest($1::uuid[], $2::bigint[]) as seen (id, age)
  join user_profiles account on account.id = seen.id and not account.deleted and account.presence <> 'nobody'
  order by account.id
  on conflict (user_id) do update set seen_at = excluded.seen_at where last_seen_times.seen_at < excluded.seen_at`,
};

type Row = StoredPresence & { readonly id: string };

@Injectable()
export class PresenceStoreAdapter implements PresenceStorePort {
  constructor(private readonly database: Database) {}

  async findStored(userIds: readonly string[]): Promise<ReadonlyMap<string, StoredPresence>> {
    const rows = await this.database.execute<Row>({ ...FIND, values: [userIds] });
    return new Map(rows.map(({ id, audience, lastSeenAt }) => [id, { audience, lastSeenAt }]));
  }

  async recordSeen(seen: readonly SeenUser[]): Promise<void> {
    if (seen.length === 0) return;
    const values = [seen.map(({ userId }) => userId), seen.map(({ age }) => age)];
    await this.database.execute({ ...RECORD, values });
  }
}
