import { describe, expect } from 'vitest';
import type { MemberRole } from '../../../src/arch/modules/chat/domain/models/conversation-member.model.js';
import {
  ROLE_RULES,
  type RoleAction,
  type RoleRule,
  type RoleTarget,
} from '../../../src/arch/modules/chat/domain/models/role-rules.model.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';

interface Request {
  readonly method: string;
  /** Below the conversation. */
  readonly path: string;
  readonly body?: object;
}

/** An action as it is sent over HTTP, what it answers, and the events that the room and the user receive. */
interface Action {
  readonly request: (target: { readonly id: string; readonly role: MemberRole }) => Request;
  readonly status: number;
  readonly inRoom: readonly string[];
}

/** One for each rule: a rule without one does not compile. */
const ACTIONS: Readonly<Record<RoleAction, Action>> = {
  addMember: {
    request: ({ id: userId }) => ({ method: 'POST', path: '/members', body: { userId } }),
    status: 201,
    inRoom: ['member_added'],
  },
  invite: {
    request: () => ({ method: 'POST', path: '/invites', body: {} }),
    status: 201,
    inRoom: [],
  },
  removeMember: {
    request: ({ id }) => ({ method: 'DELETE', path: `/members/${id}` }),
    status: 204,
    inRoom: ['member_removed'],
  },
  banMember: {
    request: ({ id }) => ({ method: 'PUT', path: `/bans/${id}`, body: { reason: 'Advertising' } }),
    status: 204,
    inRoom: ['member_removed'],
  },
  changeRole: {
    request: ({ id, role }) => ({
      method: 'PATCH',
      path: `/members/${id}`,
      body: { role: role === 'admin' ? 'member' : 'admin' },
    }),
    status: 200,
    inRoom: ['member_updated'],
  },
  changeConversation: {
    request: () => ({ method: 'PATCH', path: '', body: { title: 'New' } }),
    status: 200,
    inRoom: ['conversation_updated'],
  },
  deleteConversation: {
    request: () => ({ method: 'DELETE', path: '' }),
    status: 204,
    inRoom: ['conversation_removed'],
  },
};

const ROLES: readonly MemberRole[] = ['owner', 'admin', 'member'];
/** Each action by each role on each target that there is: a group has one owner, who is not another one. */
const CELLS = (Object.entries(ROLE_RULES) as [RoleAction, RoleRule][]).flatMap(([action, rule]) => {
  const isOfConversation = Object.values(rule.targets).some((targets) => targets.includes('conversation'));
  const targets: readonly RoleTarget[] = isOfConversation ? ['conversation'] : ['self', ...ROLES, 'outsider'];
  return ROLES.flatMap((actor) =>
    targets
      .filter((target) => !(actor === 'owner' && target === 'owner'))
      .filter((target) => target !== 'outsider' || action === 'banMember')
      .map((target) => ({ action, actor, target, rule, isAllowed: rule.targets[actor].includes(target) })),
  );
});

const it = apiTest
  .extend('people', PER_FILE, async ({ server }) => {
    const names = ['owner', 'admin', 'admin2', 'member', 'member2', 'listener', 'newcomer'] as const;
    const users = await Promise.all(names.map((name) => server.signUp(name)));
    return Object.fromEntries(names.map((name, index) => [name, users[index]])) as Record<
      (typeof names)[number],
      Awaited<ReturnType<typeof server.signUp>>
    >;
  })
  .extend('conversationId', async ({ server, people }) => {
    const { owner, newcomer: _, ...others } = people;
    const id = await server.createConversation(owner, Object.values(others));
    await server.database.query(
      "update conversation_members set role = 'admin' where conversation_id = $1 and user_id = any ($2)",
      [id, [people.admin.id, people.admin2.id]],
    );
    return id;
  });

describe('what ROLE_RULES say holds over HTTP, and for the events of the room', () => {
  it.for(CELLS)(
    '$action by the $actor, target $target: $isAllowed',
    async ({ action, actor, target, rule, isAllowed }, { server, people, conversationId, connect }) => {
      const socket = await connect(people.listener);
      await socket.emit('join_room', { conversationId });
      const aims = {
        self: { ...people[actor], role: actor },
        owner: { ...people.owner, role: 'owner' },
        admin: { ...people.admin2, role: 'admin' },
        member: { ...people.member2, role: 'member' },
        outsider: { ...people.newcomer, role: 'member' },
        conversation: { ...people.newcomer, role: 'member' },
      } as const;
      const { request, status, inRoom } = ACTIONS[action];
      const { method, path, body } = request(aims[target]);
      const answer = await server.call(method, `/chat/conversations/${conversationId}${path}`, {
        token: people[actor].token,
        body,
      });
      await socket.settle();
      const events = socket.everything().flatMap(({ event, payload }) => {
        const isHere = 'conversationId' in payload && payload.conversationId === conversationId;
        return isHere ? [event] : [];
      });
      const expected = isAllowed
        ? { status, code: undefined, events: target === 'outsider' ? [] : inRoom }
        : { status: 403, code: new rule.refusal().code, events: [] };
      expect({ status: answer.status, code: answer.body?.code, events }).toEqual(expected);
    },
  );
});
