import { Injectable } from '@nestjs/common';
import { Database } from '../../../../common/infrastructure/database/database.js';
import type { ProfileAudience, ProfileAudiencePort } from '../../application/ports/profile-audience.port.js';

const AUDIENCE = {
  name: 'profile_audience',
  text: `
  select
    array(select conversation_id from conversation_members where user_id = $1) as "conversationIds",
    array(
      select blocked_id from user_blocks where blocker_id = $1
      union all select blocker_id from user_blocks where blocked_id = $1
    ) as "blockedIds"`,
};

/** Each is a look-up of its own: the order by sender and `seq` is one that only one index has. */
const WRITTEN = {
  name: 'profile_written',
  text: `
  select asked.id from unnest($2::uuid[]) asked (id)
  where (
    select true from messages m where m.conversation_id = asked.id and m.sender_id between $1 and $1
    order by m.sender_id desc, m.seq desc limit 1
  )`,
};

interface Row {
  readonly conversationIds: readonly string[];
  readonly blockedIds: readonly string[];
}

@Injectable()
export class ProfileAudienceReader implements ProfileAudiencePort {
  constructor(private readonly database: Database) {}

  async findAudience(userId: string): Promise<ProfileAudience> {
    const [row] = await this.database.execute<Row>({ ...AUDIENCE, values: [userId] });
    return { conversationIds: row?.conversationIds ?? [], blockedIds: new Set(row?.blockedIds) };
  }

  async findWritten(userId: string, conversationIds: readonly string[]): Promise<string[]> {
    if (conversationIds.length === 0) return [];
    const rows = await this.database.execute<{ id: string }>({
      ...WRITTEN,
      values: [userId, conversationIds],
    });
    return rows.map(({ id }) => id);
  }
}
