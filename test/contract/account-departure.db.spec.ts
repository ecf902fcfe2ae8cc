import { randomUUIDv7 } from 'node:crypto';
import { Database } from '../../src/arch/common/infrastructure/database/database.js';
import type { MemberRole } from '../../src/arch/modules/chat/domain/models/conversation-member.model.js';
import { AccountDeparture } from '../../src/arch/modules/chat/application/account-departure.js';
import { MembershipEnd } from '../../src/arch/modules/chat/application/membership-end.js';
import { ConversationChangeAdapter } from '../../src/arch/modules/chat/infrastructure/adapters/conversation-change.adapter.js';
import { ConversationMemberRepositoryAdapter } from '../../src/arch/modules/chat/infrastructure/adapters/conversation-member-repository.adapter.js';
import { ConversationListReader } from '../../src/arch/modules/chat/infrastructure/statements/conversation-list.reader.js';
import { ConversationWriter } from '../../src/arch/modules/chat/infrastructure/writing/conversation-writer.js';
import { ownDefaults, toDate } from '../fakes/chat-state.js';
import { FakeChat } from '../fakes/fake-chat.js';
import { ChatPublisherFake } from '../fakes/chat-publisher.fake.js';
import { TestDatabase } from '../support/test-database.js';
import type { LogRow } from './chat-subject.js';
import { type DepartureSubject, describeAccountDepartureContract } from './account-departure.contract.js';

async function fakeSubject(): Promise<DepartureSubject> {
  const chat = new FakeChat();
  const { state } = chat;
  return {
    departure: new AccountDeparture(chat.members, chat.change, new MembershipEnd(chat.members)),
    user: () => chat.signUp(),
    async converse(members) {
      const id = await chat.converse(members[0]?.[0] ?? '');
      Object.assign(state.conversation(id), { rev: 7, memberCount: members.length });
      const joined = members.map(([userId, role]) => {
        const joinedAt = toDate(state.now());
        return [userId, { ...ownDefaults(), userId, role, joinedAt, lastReadSeq: 0 }] as const;
      });
      state.members.set(id, new Map(joined));
      return id;
    },
    async readState(id) {
      const found = state.conversations.get(id);
      if (!found) throw new Error('The conversation is not stored.');
      const { rev, membersRev, memberCount, isDeleted } = found;
      const members = [...(state.members.get(id)?.values() ?? [])];
      return {
        rev,
        membersRev,
        memberCount,
        isDeleted,
        members: members.map(({ userId, role }) => [userId, role] as const),
        log: state.logOf(id),
      };
    },
    close: async () => undefined,
  };
}

const CONVERSE = `
with made as (
  insert into conversations (created_by, rev, last_seq, member_count) values ($1, 7, 0, cardinality($2::uuid[]))
  returning id
), members as (
  insert into conversation_members (conversation_id, user_id, role, joined_at)
  select made.id, user_id, role, now() + n * interval '1 microsecond'
  from made, unnest($2::uuid[], $3::text[]) with ordinality given(user_id, role, n)
)
select id from made`;

interface StoredHead {
  readonly rev: number;
  readonly membersRev: number;
  readonly memberCount: number;
  readonly isDeleted: boolean;
}

const LOG = `
select rev::int, kind, actor_id as "actorId", subject_id as "subjectId", after_seq::int as "afterSeq", data
from conversation_changes where conversation_id = $1 order by rev`;

async function realSubject(): Promise<DepartureSubject> {
  const postgres = await TestDatabase.create();
  const database = new Database(postgres.connection, 8);
  const live = new ChatPublisherFake();
  const list = new ConversationListReader(database);
  const repository = new ConversationMemberRepositoryAdapter(database, list);
  return {
    departure: new AccountDeparture(
      repository,
      new ConversationChangeAdapter(database, list, new ConversationWriter(database, live), live),
      new MembershipEnd(repository),
    ),
    async user() {
      const id = randomUUIDv7();
      await postgres.query(
        "insert into users (id, email, password_hash, display_name) values ($1::uuid, $1::uuid::text, '', 'Somebody')",
        [id],
      );
      return id;
    },
    async converse(members) {
      const [ids, roles] = [members.map(([id]) => id), members.map(([, role]) => role)];
      const [made] = await postgres.query<{ id: string }>(CONVERSE, [ids[0], ids, roles]);
      return made?.id ?? '';
    },
    async readState(id) {
      const rows = await postgres.query<{ user_id: string; role: MemberRole }>(
        'select user_id, role from conversation_members where conversation_id = $1 order by joined_at, user_id',
        [id],
      );
      const [head] = await postgres.query<StoredHead>(
        `select rev::int, members_rev::int as "membersRev", member_count as "memberCount",
         deleted_at is not null as "isDeleted" from conversations where id = $1`,
        [id],
      );
      const log = await postgres.query<LogRow>(LOG, [id]);
      return {
        ...(head ?? { rev: 0, membersRev: 0, memberCount: 0, isDeleted: false }),
        log,
        members: rows.map(({ user_id, role }) => [user_id, role] as const),
      };
    },
    async close() {
      await database.onApplicationShutdown();
      await postgres.drop();
    },
  };
}

describeAccountDepartureContract('fakes', fakeSubject);
describeAccountDepartureContract('PostgreSQL', realSubject);
