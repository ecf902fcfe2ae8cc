import { describe, expect } from 'vitest';
import type { MemberRole } from '../../../src/arch/modules/chat/domain/models/conversation-member.model.js';
import {
  ROLE_RULES,
  type RoleAction,
  type RoleRule,
  type RoleTarget,
} from '../../../src/arch/modules/chat/domain/models/role-rules.model.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import type { TestSocket } from '../../support/test-socket.js';

interface Request {
  readonly method: string;
  /** Below the conversation. */
  readonly path: string;
  readonly body?: object;
}

/** An action as it is sent over HTTP, what it answers, and who receives which events. */
interface Action {
  readonly request: (target: {
    readonly id: string;
    readonly role: MemberRole;
    /** A message that the target has sent. */
    readonly messageId: string;
  }) => Request;
  readonly status: number;
  /** Of a member in the room. */
  readonly inRoom?: readonly string[];
  /** Of the target, whatever room it has joined. */
  readonly toTarget?: readonly string[];
  /** Of a member who has not joined the room. */
  readonly toMembers?: readonly string[];
  /** Targets that nothing changes for: the action answers the same, and emits nothing. */
  readonly unchanged?: readonly RoleTarget[];
}

const change = (body: object): Action => ({
  request: () => ({ method: 'PATCH', path: '', body }),
  status: 200,
  inRoom: ['conversation_updated'],
});

/** Some for each rule: a rule without one does not compile. */
const ACTIONS: Readonly<Record<RoleAction, Readonly<Record<string, Action>>>> = {
  addMember: {
    'adds a member': {
      request: ({ id: userId }) => ({ method: 'POST', path: '/members', body: { userId } }),
      status: 201,
      inRoom: ['member_added'],
      toTarget: ['conversation_added'],
    },
  },
  invite: {
    invites: { request: () => ({ method: 'POST', path: '/invites', body: {} }), status: 201 },
    'sees the invites': { request: () => ({ method: 'GET', path: '/invites' }), status: 200 },
  },
  removeMember: {
    removes: {
      request: ({ id }) => ({ method: 'DELETE', path: `/members/${id}` }),
      status: 204,
      inRoom: ['member_removed'],
      toTarget: ['conversation_removed'],
    },
  },
  banMember: {
    bans: {
      request: ({ id }) => ({ method: 'PUT', path: `/bans/${id}`, body: { reason: 'Advertising' } }),
      status: 204,
      inRoom: ['member_removed'],
      toTarget: ['conversation_removed'],
      unchanged: ['outsider'],
    },
  },
  changeRole: {
    'changes the role': {
      request: ({ id, role }) => ({
        method: 'PATCH',
        path: `/members/${id}`,
        body: { role: role === 'admin' ? 'member' : 'admin' },
      }),
      status: 200,
      inRoom: ['member_updated'],
    },
    'transfers the ownership': {
      request: ({ id }) => ({ method: 'PATCH', path: `/members/${id}`, body: { role: 'owner' } }),
      status: 200,
      inRoom: ['member_updated', 'member_updated'],
    },
  },
  changeConversation: {
    'changes the title': change({ title: 'New' }),
    'changes the metadata': change({ metadata: { colour: 'blue' } }),
    'makes it announcements': change({ posting: 'admins' }),
    'lets all add members': change({ adding: 'all' }),
    'sets the slow mode': change({ slowModeSeconds: 30 }),
  },
  mentionAll: {
    'mentions everybody': {
      request: () => ({ method: 'POST', path: '/messages', body: { content: 'All!', mentionsAll: true } }),
      status: 201,
      inRoom: ['new_message'],
    },
  },
  editMessage: {
    edits: {
      request: ({ messageId }) => ({
        method: 'PATCH',
        path: `/messages/${messageId}`,
        body: { content: 'Edited' },
      }),
      status: 200,
      inRoom: ['message_updated'],
    },
  },
  seeVersions: {
    'sees earlier versions': {
      request: ({ messageId }) => ({ method: 'GET', path: `/messages/${messageId}/versions` }),
      status: 200,
    },
  },
  deleteMessage: {
    'deletes a message': {
      request: ({ messageId }) => ({ method: 'DELETE', path: `/messages/${messageId}` }),
      status: 204,
      inRoom: ['message_updated'],
    },
  },
  removeReaction: {
    'removes a reaction that is not there': {
      request: ({ id, messageId }) => ({
        method: 'DELETE',
        path: `/messages/${messageId}/reactions/👍/${id}`,
      }),
      status: 204,
    },
  },
  pinMessage: {
    pins: {
      request: ({ messageId }) => ({ method: 'PUT', path: `/messages/${messageId}/pin` }),
      status: 200,
      inRoom: ['message_updated'],
    },
    'unpins what is not pinned': {
      request: ({ messageId }) => ({ method: 'DELETE', path: `/messages/${messageId}/pin` }),
      status: 200,
    },
  },
  deleteConversation: {
    deletes: {
      request: () => ({ method: 'DELETE', path: '' }),
      status: 204,
      inRoom: ['conversation_removed'],
      toMembers: ['conversation_removed'],
    },
  },
};

const ROLES: readonly MemberRole[] = ['owner', 'admin', 'member'];
/** Each action by each role on each target that there is: a group has one owner, who is not another one. */
const CELLS = (Object.entries(ROLE_RULES) as [RoleAction, RoleRule][]).flatMap(
  ([rule, { targets, refusal }]) => {
    const isOfConversation = Object.values(targets).some((list) => list.includes('conversation'));
    const isOfOutsiders = Object.values(targets).some((list) => list.includes('outsider'));
    const aims: readonly RoleTarget[] = isOfConversation ? ['conversation'] : ['self', ...ROLES, 'outsider'];
    return Object.entries(ACTIONS[rule]).flatMap(([name, action]) =>
      ROLES.flatMap((actor) =>
        aims
          .filter((target) => !(actor === 'owner' && target === 'owner'))
          .filter((target) => target !== 'outsider' || isOfOutsiders)
          // Who is the owner keeps the role: nothing changes, and nothing is refused.
          .filter((target) => !(name === 'transfers the ownership' && actor === 'owner' && target === 'self'))
          .map((target) => ({
            name,
            action,
            actor,
            target,
            refusal,
            isAllowed: targets[actor].includes(target),
          })),
      ),
    );
  },
);

const NAMES = [
  'owner',
  'admin',
  'admin2',
  'member',
  'member2',
  'listener',
  'absent',
  'newcomer',
  'stranger',
] as const;

const it = apiTest
  .extend('people', PER_FILE, async ({ server }) => {
    const users = await Promise.all(NAMES.map((name) => server.signUp(name)));
    return Object.fromEntries(NAMES.map((name, index) => [name, users[index]])) as Record<
      (typeof NAMES)[number],
      Awaited<ReturnType<typeof server.signUp>>
    >;
  })
  .extend('conversationId', async ({ server, people }) => {
    const { owner, newcomer: _newcomer, stranger: _stranger, ...others } = people;
    const id = await server.createConversation(owner, Object.values(others));
    await server.database.query(
      "update conversation_members set role = 'admin' where conversation_id = $1 and user_id = any ($2)",
      [id, [people.admin.id, people.admin2.id]],
    );
    return id;
  });

/** The names of the events about a conversation, of any that were received. */
const eventsOf = (socket: TestSocket, conversationId: string): string[] =>
  socket
    .everything()
    .filter(({ payload }) => [payload].some((fields) => Object.values(fields).includes(conversationId)))
    .map(({ event }) => event);

describe('what ROLE_RULES say holds over HTTP, and for the events of everybody', () => {
  it.for(CELLS)(
    'the $actor $name, target $target: $isAllowed',
    async ({ action, actor, target, refusal, isAllowed }, { server, people, conversationId, connect }) => {
      const aims = {
        self: { ...people[actor], role: actor },
        owner: { ...people.owner, role: 'owner' },
        admin: { ...people.admin2, role: 'admin' },
        member: { ...people.member2, role: 'member' },
        outsider: { ...people.newcomer, role: 'member' },
        conversation: { ...people.newcomer, role: 'member' },
      } as const;
      // Who has sent a message may not be a member any more.
      const { body: message } = await server.call('POST', `/chat/conversations/${conversationId}/messages`, {
        token: people.owner.token,
        body: { content: 'Sent' },
      });
      const { id: messageId } = message;
      await server.database.query('update messages set sender_id = $2 where id = $1', [
        messageId,
        aims[target].id,
      ]);
      const [inRoom, toTarget, toMembers, toStrangers] = [
        await connect(people.listener),
        await connect(aims[target]),
        await connect(people.absent),
        await connect(people.stranger),
      ];
      await inRoom.emit('join_room', { conversationId });
      const { method, path, body } = action.request({ ...aims[target], messageId });
      const answer = await server.call(method, `/chat/conversations/${conversationId}${path}`, {
        token: people[actor].token,
        body,
      });
      const sockets = { inRoom, toTarget, toMembers, toStrangers };
      await Promise.all(Object.values(sockets).map((socket) => socket.settle()));
      const told = Object.fromEntries(
        Object.entries(sockets).map(([name, socket]) => [name, eventsOf(socket, conversationId)]),
      );
      const isTold = isAllowed && !action.unchanged?.includes(target);
      expect({ status: answer.status, code: answer.body?.code, ...told }).toEqual({
        status: isAllowed ? action.status : 403,
        code: isAllowed ? undefined : new refusal().code,
        inRoom: (isTold && action.inRoom) || [],
        toTarget: (isTold && action.toTarget) || [],
        toMembers: (isTold && action.toMembers) || [],
        toStrangers: [],
      });
    },
  );
});
