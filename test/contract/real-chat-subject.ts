import { Database } from '../../src/arch/common/infrastructure/database/database.js';
import { BanRepositoryAdapter } from '../../src/arch/modules/chat/infrastructure/adapters/ban-repository.adapter.js';
import { ConversationChangeAdapter } from '../../src/arch/modules/chat/infrastructure/adapters/conversation-change.adapter.js';
import { ConversationCatchUpReader } from '../../src/arch/modules/chat/infrastructure/adapters/conversation-catch-up.reader.js';
import { ConversationHeadsReader } from '../../src/arch/modules/chat/infrastructure/adapters/conversation-heads.reader.js';
import { ConversationListReader } from '../../src/arch/modules/chat/infrastructure/statements/conversation-list.reader.js';
import { ConversationMemberRepositoryAdapter } from '../../src/arch/modules/chat/infrastructure/adapters/conversation-member-repository.adapter.js';
import { ConversationRepositoryAdapter } from '../../src/arch/modules/chat/infrastructure/adapters/conversation-repository.adapter.js';
import { BlockRepositoryAdapter } from '../../src/arch/modules/chat/infrastructure/adapters/block-repository.adapter.js';
import { ProfileAudienceReader } from '../../src/arch/modules/chat/infrastructure/adapters/profile-audience.reader.js';
import { ReachReader } from '../../src/arch/modules/chat/infrastructure/adapters/reach.reader.js';
import { DirectConversationRepositoryAdapter } from '../../src/arch/modules/chat/infrastructure/adapters/direct-conversation-repository.adapter.js';
import { ConversationWriter } from '../../src/arch/modules/chat/infrastructure/writing/conversation-writer.js';
import { MessageChangeAdapter } from '../../src/arch/modules/chat/infrastructure/adapters/message-change.adapter.js';
import { MessagePinsReader } from '../../src/arch/modules/chat/infrastructure/adapters/message-pins.reader.js';
import { MessageVersionsReader } from '../../src/arch/modules/chat/infrastructure/adapters/message-versions.reader.js';
import { MentionsAdapter } from '../../src/arch/modules/chat/infrastructure/adapters/mentions.adapter.js';
import { MessageReactionsAdapter } from '../../src/arch/modules/chat/infrastructure/adapters/message-reactions.adapter.js';
import { MovedPositionsReader } from '../../src/arch/modules/chat/infrastructure/adapters/moved-positions.reader.js';
import { MessageReadersReader } from '../../src/arch/modules/chat/infrastructure/adapters/message-readers.reader.js';
import { InviteRepositoryAdapter } from '../../src/arch/modules/chat/infrastructure/adapters/invite-repository.adapter.js';
import { MessageRepositoryAdapter } from '../../src/arch/modules/chat/infrastructure/adapters/message-repository.adapter.js';
import { ThreadRepositoryAdapter } from '../../src/arch/modules/chat/infrastructure/adapters/thread-repository.adapter.js';
import { TimelineReader } from '../../src/arch/modules/chat/infrastructure/adapters/timeline.reader.js';
import { OwnMembershipAdapter } from '../../src/arch/modules/chat/infrastructure/adapters/own-membership.adapter.js';
import { UserRepositoryAdapter } from '../../src/arch/modules/user/infrastructure/adapters/user-repository.adapter.js';
import { ChatPublisherFake } from '../fakes/chat-publisher.fake.js';
import { TestDatabase } from '../support/test-database.js';
import type { ChatSubject, LogRow } from './chat-subject.js';

export interface RealChatSubject extends ChatSubject {
  /** The connection that the adapters use. */
  readonly database: Database;
  readonly writer: ConversationWriter;
  /** The events that the adapters published themselves: changes, and messages after a lost connection. */
  readonly live: ChatPublisherFake;
  /** A connection that does not go through the adapters. */
  readonly postgres: TestDatabase;
}

const FILL = `
with users as (
  insert into users (email, password_hash, display_name)
  select gen_random_uuid() || '@test.example', 'none', 'Somebody'
  from conversations, generate_series(member_count + 1, $2) where id = $1
  returning id
), members as (
  insert into conversation_members (conversation_id, user_id) select $1, id from users
)
update conversations set member_count = $2 where id = $1`;

/** $1 conversation, $2 `seq`, then the details. The rows are the truth of mentions and reactions. */
const DECORATE = `
with mentioned as (
  insert into message_mentions (conversation_id, user_id, seq, created_at)
  select $1, user_id, $2, now() from unnest($4::uuid[] || case when $5 then '00000000-0000-0000-0000-000000000000'::uuid end) user_id
  where user_id is not null
), reacted as (
  insert into message_reactions (message_id, key, user_id, emoji)
  select m.id, r.emoji, user_id, r.emoji
  from messages m, jsonb_to_recordset($7::jsonb) r (emoji text, "userIds" uuid[]), unnest(r."userIds") user_id
  where m.conversation_id = $1 and m.seq = $2
)
update messages set reply_to_seq = $3::bigint, mentions = $4::uuid[], mentions_all = $5::boolean, metadata = $6::jsonb,
  reactions = $7::jsonb
where conversation_id = $1 and seq = $2`;

const LOG = `
select rev::int, kind, actor_id as "actorId", subject_id as "subjectId", after_seq::int as "afterSeq", data
from conversation_changes where conversation_id = $1 order by rev`;

/**
 * The adapters with a PostgreSQL database of their own.
 * @param reach returns the address at which they reach it
 */
export async function realChatSubject(
  reach = async ({ connection }: TestDatabase) => connection,
): Promise<RealChatSubject> {
  const postgres = await TestDatabase.create();
  const database = new Database(await reach(postgres), 8);
  const live = new ChatPublisherFake();
  const writer = new ConversationWriter(database, live);
  const list = new ConversationListReader(database);
  return {
    database,
    writer,
    live,
    postgres,
    conversations: new ConversationRepositoryAdapter(database),
    members: new ConversationMemberRepositoryAdapter(database, list),
    memberships: new OwnMembershipAdapter(database, live),
    mentions: new MentionsAdapter(database),
    readers: new MessageReadersReader(database),
    positions: new MovedPositionsReader(database),
    blocks: new BlockRepositoryAdapter(database),
    reach: new ReachReader(database),
    audiences: new ProfileAudienceReader(database),
    directs: new DirectConversationRepositoryAdapter(database),
    messages: new MessageRepositoryAdapter(database, writer),
    bans: new BanRepositoryAdapter(database),
    invites: new InviteRepositoryAdapter(database),
    change: new ConversationChangeAdapter(database, list, writer, live),
    threads: new ThreadRepositoryAdapter(database),
    pins: new MessagePinsReader(database),
    versions: new MessageVersionsReader(database),
    messageChange: new MessageChangeAdapter(database, writer, live),
    reactions: new MessageReactionsAdapter(database, writer, live),
    changes: new ConversationCatchUpReader(database, list),
    timeline: new TimelineReader(database, list),
    heads: new ConversationHeadsReader(database),
    users: new UserRepositoryAdapter(database),
    transactions: database,

    async setAddableBy(...values) {
      await postgres.query('update users set addable_by = $2 where id = $1', values);
    },
    async removeMember(...ids) {
      await postgres.query(
        'delete from conversation_members where conversation_id = $1 and user_id = $2',
        ids,
      );
    },
    async addUnlogged(...ids) {
      await postgres.query(
        'insert into conversation_members (conversation_id, user_id, joined_at) values ($1, $2, clock_timestamp())',
        ids,
      );
      await postgres.query(
        'update conversations set rev = rev + 1, members_rev = rev + 1, member_count = member_count + 1 where id = $1',
        [ids[0]],
      );
    },
    async raiseRev(...values) {
      await postgres.query(
        `update messages set rev = (select rev + 1 from conversation_heads where id = $1)
         where conversation_id = $1 and seq = $2`,
        values,
      );
    },
    async restrict(conversationId, { posting, slowModeSeconds }) {
      await postgres.query(
        `update conversations set posting = coalesce($2, posting), slow_mode_seconds = coalesce($3, slow_mode_seconds)
         where id = $1`,
        [conversationId, posting, slowModeSeconds],
      );
    },
    async decorate(conversationId, seq, { replyToSeq, mentions, mentionsAll, metadata, reactions }) {
      const values = [conversationId, seq, replyToSeq, mentions, mentionsAll, metadata];
      await postgres.query(DECORATE, [...values, reactions && JSON.stringify(reactions)]);
    },
    async setRole(...values) {
      await postgres.query(
        'update conversation_members set role = $3 where conversation_id = $1 and user_id = $2',
        values,
      );
    },
    async setActivity(...values) {
      await postgres.query(
        `update conversations c set updated_at = timestamptz 'epoch' + $2::bigint * interval '1 microsecond', last_seq = h.last_seq
         from conversation_heads h where c.id = $1 and h.id = $1`,
        values,
      );
    },
    async makeDirect(...values) {
      await postgres.query(
        `update conversations set type = 'direct', (direct_low, direct_high) = (
           select least(a.user_id, b.user_id), greatest(a.user_id, b.user_id)
           from conversation_members a join conversation_members b using (conversation_id)
           where conversation_id = $1 and a.user_id <> b.user_id limit 1
         ) where id = $1`,
        values,
      );
    },
    async setReadReceipts(userId, areOn) {
      await postgres.query('update users set read_receipts = $2 where id = $1', [userId, areOn]);
    },
    async followersOf(threadId) {
      const rows = await postgres.query<{ user_id: string; seq: number }>(
        'select user_id, last_read_seq::int as seq from thread_followers where thread_id = $1',
        [threadId],
      );
      return Object.fromEntries(rows.map(({ user_id, seq }) => [user_id, seq]));
    },
    async hideBefore(...values) {
      await postgres.query(
        'update conversation_members set visible_from_seq = $3 where conversation_id = $1 and user_id = $2',
        values,
      );
    },
    async blockUser(...values) {
      await postgres.query('insert into user_blocks (blocker_id, blocked_id) values ($1, $2)', values);
    },
    async expireInvite(...values) {
      await postgres.query(
        'update conversation_invites set expires_at = clock_timestamp() where id = $1',
        values,
      );
    },
    async age(...values) {
      await postgres.query(
        `with aged as (
           update messages set created_at = created_at - $2 * interval '1 second' where conversation_id = $1
         )
         update conversations set updated_at = updated_at - $2 * interval '1 second' where id = $1`,
        values,
      );
    },
    async fill(...values) {
      await postgres.query(FILL, values);
    },
    async membersRev(id) {
      const rows = await postgres.query('select members_rev from conversations where id = $1', [id]);
      return Number(rows[0]?.['members_rev']);
    },
    logOf(id) {
      return postgres.query<LogRow>(LOG, [id]);
    },
    async close() {
      await database.onApplicationShutdown();
      await postgres.drop();
    },
  };
}
