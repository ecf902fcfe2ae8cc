import { array, asyncProperty, assert, constantFrom, nat, record } from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { converse, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { DomainError } from '../../../../common/domain/errors/domain.error.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { AccountDeparture } from '../../application/account-departure.js';
import { memberAddition } from '../../domain/models/conversation-change.model.js';
import { BanMemberCommand, BanMemberHandler } from '../../application/commands/ban-member.command.js';
import {
  DeleteConversationCommand,
  DeleteConversationHandler,
} from '../../application/commands/delete-conversation.command.js';
import { BanRepositoryAdapter } from '../adapters/ban-repository.adapter.js';
import { ChangeRoleCommand, ChangeRoleHandler } from '../../application/commands/change-role.command.js';
import {
  RemoveMemberCommand,
  RemoveMemberHandler,
} from '../../application/commands/remove-member.command.js';
import { MembershipEnd } from '../../application/membership-end.js';
import { ConversationChangeAdapter } from '../adapters/conversation-change.adapter.js';
import { ConversationMemberRepositoryAdapter } from '../adapters/conversation-member-repository.adapter.js';
import { ConversationRepositoryAdapter } from '../adapters/conversation-repository.adapter.js';
import { ConversationListReader } from '../statements/conversation-list.reader.js';
import { ConversationWriter } from './conversation-writer.js';

/** Members of each conversation at the beginning. */
const MEMBERS = 5;
const HEAD = `
select c.deleted_at is not null as "isDeleted", c.member_count as "memberCount", count(m.user_id)::int as members,
  count(*) filter (where m.role = 'owner')::int as owners, c.rev::int as rev,
  (select count(*)::int from conversation_changes where conversation_id = c.id) as logged
from conversations c left join conversation_members m on m.conversation_id = c.id
where c.id = $1 group by c.id`;

const KINDS = [
  'leave',
  'transfer',
  'promote',
  'demote',
  'remove',
  'ban',
  'add',
  'deletion',
  'account deletion',
] as const;

interface Act {
  readonly kind: (typeof KINDS)[number];
  readonly actor: number;
  readonly subject: number;
  readonly node: number;
}

let subject: RealChatSubject;
let databases: Database[];
let nodes: ReturnType<typeof nodeOn>[];
let users: string[];

/** The use cases on a writer of their own, as each node has one. */
function nodeOn(database: Database) {
  const list = new ConversationListReader(database);
  const conversations = new ConversationRepositoryAdapter(database);
  const members = new ConversationMemberRepositoryAdapter(database, list);
  const writer = new ConversationWriter(database, subject.live);
  const change = new ConversationChangeAdapter(database, list, writer, subject.live);
  const ends = new MembershipEnd(members);
  return {
    removal: new RemoveMemberHandler(conversations, members, change, ends),
    roles: new ChangeRoleHandler(conversations, members, change),
    departure: new AccountDeparture(members, change, ends),
    banning: new BanMemberHandler(conversations, members, change, new BanRepositoryAdapter(database), ends),
    deletion: new DeleteConversationHandler(conversations, members, change),
    /** Adds a user, whoever the actor is, as long as it is a member. */
    add: async (conversationId: string, actorId: string, userId: string): Promise<void> => {
      await change.change(
        conversationId,
        actorId,
        ({ actorRole, subjects }) =>
          actorRole !== null && subjects.get(userId) === null ? [memberAddition(userId, 'member')] : [],
        [userId],
      );
    },
  };
}

beforeAll(async () => {
  subject = await realChatSubject();
  users = await Promise.all(Array.from({ length: MEMBERS }, () => signUp(subject)));
  databases = [1, 2].map(() => new Database(subject.postgres.connection, 4));
  nodes = databases.map(nodeOn);
});
afterAll(async () => {
  await Promise.all(databases.map((database) => database.onApplicationShutdown()));
  await subject.close();
});

const BAN = { until: null, reason: null };
const ROLES = { transfer: 'owner', promote: 'admin', demote: 'member' } as const;

async function perform(conversationId: string, { kind, node, ...act }: Act): Promise<void> {
  const [actor = '', other = ''] = [users[act.actor], users[act.subject]];
  const { removal, roles, departure, banning, deletion, add } = nodes[node] as (typeof nodes)[number];
  if (kind === 'account deletion') return departure.leaveAllConversations(actor);
  if (kind === 'leave') return removal.execute(new RemoveMemberCommand(conversationId, actor, actor));
  if (kind === 'ban') return banning.execute(new BanMemberCommand(conversationId, actor, other, BAN));
  if (kind === 'add') return add(conversationId, actor, other);
  if (kind === 'deletion') return deletion.execute(new DeleteConversationCommand(conversationId, actor));
  if (kind === 'remove') return removal.execute(new RemoveMemberCommand(conversationId, actor, other));
  await roles.execute(new ChangeRoleCommand(conversationId, actor, other, ROLES[kind]));
}

const acts = array(
  record<Act>({
    // Most of them need the owner: it should change.
    kind: constantFrom(...KINDS, 'transfer', 'add'),
    actor: nat(MEMBERS - 1),
    subject: nat(MEMBERS - 1),
    node: nat(1),
  }),
  { minLength: 2, maxLength: 16 },
);

const everybodyLeaves = Array.from({ length: MEMBERS }, (_, actor): Act => ({
  kind: 'leave',
  actor,
  subject: 0,
  node: actor % 2,
}));

it('a group with members has exactly one owner, whatever happens to it at the same time on two nodes', async () => {
  const seen = { deleted: 0, living: 0, refused: 0, done: 0 };
  await assert(
    asyncProperty(acts, async (all) => {
      const [owner = '', ...others] = users;
      const conversationId = await converse(subject, owner, ...others);
      const outcomes = await Promise.allSettled(all.map((act) => perform(conversationId, act)));
      for (const [index, outcome] of outcomes.entries()) {
        // Nothing refuses the deletion of an account.
        const mayBeRefused = all[index]?.kind !== 'account deletion';
        if (outcome.status === 'fulfilled') seen.done += 1;
        else if (mayBeRefused && outcome.reason instanceof DomainError) seen.refused += 1;
        else throw outcome.reason;
      }
      const [head] = await subject.postgres.query<{ isDeleted: boolean; members: number; rev: number }>(
        HEAD,
        [conversationId],
      );
      const { isDeleted = false, members = 0, rev = 0 } = head ?? {};
      seen[isDeleted ? 'deleted' : 'living'] += 1;
      expect(head).toEqual({
        isDeleted: members === 0,
        memberCount: members,
        members,
        owners: members === 0 ? 0 : 1,
        rev,
        logged: rev,
      });
      // The next run has members of its own: accounts leave all conversations.
      for (const userId of users) await nodes[0]?.departure.leaveAllConversations(userId);
    }),
    { numRuns: 40, examples: [[everybodyLeaves]] },
  );
  expect(seen.deleted).toBeGreaterThan(0);
  expect(seen.living).toBeGreaterThan(10);
  expect(Math.min(seen.refused, seen.done)).toBeGreaterThan(20);
});
