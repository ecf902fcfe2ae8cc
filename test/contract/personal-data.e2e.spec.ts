import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { IdempotencyDataPort } from '../../src/arch/common/application/ports/idempotency-data.port.js';
import type { PersonalDataPort } from '../../src/arch/common/application/ports/personal-data.port.js';
import { AuthDataPort } from '../../src/arch/modules/auth/application/ports/auth-data.port.js';
import { ChatDataPort } from '../../src/arch/modules/chat/application/ports/chat-data.port.js';
import { PostDataPort } from '../../src/arch/modules/posts/application/ports/post-data.port.js';
import { PresenceDataPort } from '../../src/arch/modules/presence/application/ports/presence-data.port.js';
import { UserDataPort } from '../../src/arch/modules/user/application/ports/user-data.port.js';
import { PersonalDataFake } from '../fakes/personal-data.fake.js';
import { insertUsers } from '../e2e/http/support.js';
import { TestServer } from '../support/test-server.js';
import { describePersonalDataContract, type PersonalDataSubject } from './personal-data.contract.js';

describePersonalDataContract('the fake', async () => {
  const data = new PersonalDataFake();
  return {
    data,
    fields: { note: ['text'], law: ['text'] },
    signUp: async () => randomUUID(),
    async add(userId, count) {
      for (let index = 0; index < count; index += 1) {
        data.add(userId, 'note', `note ${index}`);
        data.add(userId, 'law', `law ${index}`, true);
      }
    },
    left: (record) => (record.kind === 'law' ? record : null),
    close: async () => undefined,
  };
});

/** Finds a module of the real application. */
async function moduleSubject(
  port: abstract new () => PersonalDataPort,
  { add, ...rest }: Pick<PersonalDataSubject, 'fields' | 'left'> & { readonly add: string },
): Promise<PersonalDataSubject> {
  const server = await TestServer.start();
  return {
    ...rest,
    data: server.app.get<PersonalDataPort>(port, { strict: false }),
    async signUp() {
      const [id = ''] = await insertUsers(server, 1);
      return id;
    },
    async add(userId, count) {
      await server.database.query(add, [userId, count]);
    },
    close: () => server.stop(),
  };
}

describePersonalDataContract('auth', () =>
  moduleSubject(AuthDataPort, {
    fields: { session: ['id', 'createdAt', 'lastUsedAt', 'endedAt', 'userAgent', 'ip'] },
    add: `
      with opened as (
        insert into sessions (user_id, user_agent, ip)
        select $1, 'Agent ' || n, '203.0.113.7' from generate_series(1, $2::int) n returning id
      )
      insert into refresh_tokens (token_hash, session_id, expires_at)
      select sha256(id::text::bytea), id, now() + interval '1 hour' from opened`,
    // The end of the session stays stored until every node knows of it.
    left: ({ kind, data }) => ({
      kind,
      data: { ...data, endedAt: expect.any(String), userAgent: null, ip: null },
    }),
  }),
);

describePersonalDataContract('user', () =>
  moduleSubject(UserDataPort, {
    fields: {
      profile: [
        'id',
        'email',
        'displayName',
        'bio',
        'avatarUrl',
        'addableBy',
        'presence',
        'readReceipts',
        'createdAt',
        'updatedAt',
      ],
    },
    add: `
      update users set bio = 'Counts ' || $2::int, avatar_url = '/uploads/avatars/' || gen_random_uuid() || '.png'
      where id = $1`,
    // The account itself is closed together with the other data, in one transaction.
    left: ({ kind, data }) => ({ kind, data: { ...data, avatarUrl: null, updatedAt: expect.any(String) } }),
  }),
);

describePersonalDataContract('posts', () =>
  moduleSubject(PostDataPort, {
    fields: { post: ['id', 'title', 'content', 'visibility', 'createdAt', 'updatedAt'] },
    add: `
      insert into posts (owner_id, title, content, visibility)
      select $1, 'Post ' || n, 'Of mine.', case when n % 2 = 0 then 'private' else 'public' end
      from generate_series(1, $2::int) n`,
    left: (record) => (record.data['visibility'] === 'public' ? record : null),
  }),
);

describePersonalDataContract('chat', () =>
  moduleSubject(ChatDataPort, {
    fields: {
      ban: ['conversationId', 'reason', 'bannedAt', 'until'],
      membership: [
        'conversationId',
        'title',
        'isCreator',
        'role',
        'joinedAt',
        'lastReadSeq',
        'notify',
        'mutedUntil',
        'pinnedAt',
        'archivedAt',
      ],
      invite: ['id', 'conversationId', 'createdAt', 'expiresAt', 'maxUses', 'uses', 'history'],
      message: [
        'id',
        'conversationId',
        'seq',
        'content',
        'createdAt',
        'editedAt',
        'deletedAt',
        'replyToSeq',
        'mentions',
        'mentionsAll',
        'metadata',
        'reactions',
        'pinnedAt',
      ],
      message_version: ['messageId', 'version', 'content', 'metadata', 'validUntil'],
      reaction: ['messageId', 'key', 'emoji', 'reactedAt'],
      mention: ['conversationId', 'seq'],
      followed_thread: ['threadId', 'conversationId', 'lastReadSeq', 'followedAt'],
      block: ['userId', 'blockedAt'],
    },
    // All messages belong to one of the conversations, a half of them to its threads.
    add: `
      with made as (
        insert into conversations (created_by, title, member_count, last_seq, rev)
        select $1::uuid, 'Talk ' || n, 1, case n when 1 then $2 - $2 / 2 else 0 end, case n when 1 then $2 - $2 / 2 else 0 end
        from generate_series(1, $2::int) n returning id, last_seq
      ), joined as (
        insert into conversation_members (conversation_id, user_id, role) select id, $1::uuid, 'owner' from made
      ), threads as (
        insert into conversations (id, type, parent_id, root_seq, created_by, member_count, last_seq, rev)
        select overlay(gen_random_uuid()::text placing '8' from 15 for 1)::uuid, 'thread', id, n, $1::uuid, 0,
          (n <= $2 / 2)::int, (n <= $2 / 2)::int
        from (select id from made limit 1) parent, generate_series(1, $2::int) n
        returning id, parent_id, last_seq
      ), talks as (
        select id, last_seq from made union all select id, last_seq from threads
      ), followed as (
        insert into thread_followers (thread_id, parent_id, user_id) select id, parent_id, $1::uuid from threads
      ), invited as (
        insert into conversation_invites (id, token_hash, conversation_id, created_by, expires_at, max_uses)
        select gen_random_uuid(), sha256(id::text::bytea), id, $1::uuid, now() + interval '1 hour', 1 from made
      ), banned as (
        insert into conversation_bans (conversation_id, user_id, banned_by, reason)
        select id, $1::uuid, gen_random_uuid(), 'Advertising' from made
      ), strangers as (
        insert into users (email, password_hash, display_name)
        select gen_random_uuid() || '@test.example', 'none', 'Somebody' from generate_series(1, $2::int) returning id
      ), blocked as (
        insert into user_blocks (blocker_id, blocked_id) select $1::uuid, id from strangers
      ), mentioned as (
        insert into message_mentions (conversation_id, user_id, seq, created_at)
        select id, $1::uuid, n, now() from talks, generate_series(1, last_seq) n
      ), sent as (
        insert into messages (conversation_id, sender_id, content, seq, rev, content_sha256, edited_at)
        select id, $1::uuid, 'Text ' || n, n, n, '', now() from talks, generate_series(1, last_seq) n returning id
      ), edited as (
        insert into message_versions (message_id, version, content, valid_until) select id, 1, 'Txet', now() from sent
      )
      insert into message_reactions (message_id, user_id, key, emoji) select id, $1::uuid, '👍', '👍' from sent`,
    // Messages stay with the reactions to them.
    left: (record) => (record.kind === 'reaction' ? record : null),
  }),
);

describePersonalDataContract('presence', () =>
  moduleSubject(PresenceDataPort, {
    fields: { last_seen: ['seenAt'] },
    // A user has one row, whatever the count.
    add: `
      insert into last_seen_times (user_id, seen_at)
      select $1::uuid, timestamptz '2026-01-01' + $2::int * interval '1 minute'`,
    left: () => null,
  }),
);

describePersonalDataContract('kept answers', () =>
  moduleSubject(IdempotencyDataPort, {
    fields: { idempotency_key: ['route', 'key', 'createdAt'] },
    add: `
      insert into idempotency_keys (user_id, route, key, body_sha256, status, body)
      select $1, case when n % 2 = 0 then 'POST /posts' else 'POST /chat/conversations' end, n, '', 201, '{}'
      from generate_series(1, $2::int) n`,
    left: () => null,
  }),
);
