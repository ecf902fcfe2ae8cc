import { expect } from 'vitest';
import { apiTest } from '../../support/api-test.js';
import { refusal, sendMessages } from './support.js';

const it = apiTest
  .extend('conversationId', ({ server, owner, member }) => server.createConversation(owner, [member]))
  .extend('steps', ({ server, conversationId }) => ({
    /** As the change `conversation_deleted` leaves it. */
    async remove() {
      await server.database.query(
        'update conversations set deleted_at = now(), member_count = 0 where id = $1',
        [conversationId],
      );
      await server.database.query('delete from conversation_members where conversation_id = $1', [
        conversationId,
      ]);
    },
  }));

it.for(['owner', 'stranger'] as const)(
  'every route and event of a deleted conversation answers 404 CONVERSATION_NOT_FOUND to %s, whatever this node remembers',
  async (who, { server, owner, stranger, steps, connect, conversationId }) => {
    await sendMessages(server, owner, conversationId, 1);
    const caller = { owner, stranger }[who];
    const socket = await connect(caller);
    const path = `/chat/conversations/${conversationId}`;
    const message = { content: 'Hello!' };
    const requests: readonly (readonly [string, string, object?])[] = [
      ['GET', path],
      ['GET', `${path}/members`],
      ['GET', `${path}/messages`],
      ['GET', `${path}/messages/window?after=0`],
      ['GET', `${path}/changes`],
      ['POST', `${path}/messages`, message],
      ['POST', `${path}/members`, { userId: stranger.id }],
    ];
    const answers = async () => {
      const codes: string[] = [];
      for (const [method, route, body] of requests) {
        codes.push(refusal(await server.call(method, route, { token: caller.token, body })));
      }
      for (const [event, payload] of [
        ['join_room', {}],
        ['send_message', message],
        ['mark_read', { seq: 1 }],
      ] as const) {
        const { error } = await socket.emit(event, { conversationId, ...payload });
        codes.push(`${error?.statusCode} ${error?.code}`);
      }
      return codes;
    };
    if (who === 'stranger')
      expect(new Set(await answers())).toEqual(new Set(['403 NOT_CONVERSATION_MEMBER']));
    await steps.remove();
    expect(await answers()).toEqual(Array(requests.length + 3).fill('404 CONVERSATION_NOT_FOUND'));
  },
);
