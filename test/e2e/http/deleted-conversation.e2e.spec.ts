import { expect } from 'vitest';
import { apiTest } from '../../support/api-test.js';
import { loadDocument, operationsOf } from '../contract/api-document.js';
import { refusal, sendMessages, UNKNOWN_ID } from './support.js';

const MESSAGE = { content: 'Hello!' };
/** What the operations of a conversation are sent; one that has a body and is missing here is refused with 400. */
const BODIES: Readonly<Record<string, object>> = {
  'PATCH /chat/conversations/{id}': { title: 'New' },
  'POST /chat/conversations/{id}/messages': MESSAGE,
  'PATCH /chat/conversations/{id}/messages/{messageId}': MESSAGE,
  'POST /chat/conversations/{id}/members': { userId: UNKNOWN_ID },
  'PATCH /chat/conversations/{id}/members/{userId}': { role: 'admin' },
  'PUT /chat/conversations/{id}/bans/{userId}': {},
  'PATCH /chat/conversations/{id}/me': { pinned: true },
  'POST /chat/conversations/{id}/invites': {},
};
const QUERIES: Readonly<Record<string, string>> = {
  'GET /chat/conversations/{id}/messages/window': '?after=0',
};

const it = apiTest
  .extend('conversationId', ({ server, owner, member }) => server.createConversation(owner, [member]))
  .extend('operations', async ({ server }) =>
    operationsOf(await loadDocument(server)).filter(({ path }) =>
      path.startsWith('/chat/conversations/{id}'),
    ),
  );

it.for(['owner', 'stranger'] as const)(
  'every route and event of a deleted conversation answers 404 CONVERSATION_NOT_FOUND to %s, whatever this node remembers',
  async (who, { server, owner, stranger, connect, conversationId, operations }) => {
    await sendMessages(server, owner, conversationId, 1);
    const { token } = { owner, stranger }[who];
    const socket = await connect({ token });
    const send = async (which: (key: string) => boolean) => {
      const codes: Record<string, string> = {};
      for (const { key, method, path } of operations.filter((each) => which(each.key))) {
        const emoji = encodeURIComponent('👍');
        const place = path
          .replace('{id}', conversationId)
          .replace('{emoji}', emoji)
          .replaceAll(/\{\w+\}/g, UNKNOWN_ID);
        const answer = await server.call(method, place + (QUERIES[key] ?? ''), { token, body: BODIES[key] });
        codes[key] = answer.status < 300 ? String(answer.status) : refusal(answer);
      }
      return codes;
    };
    const emit = async () => {
      const codes: Record<string, string> = {};
      for (const [event, payload] of [
        ['join_room', {}],
        ['send_message', MESSAGE],
        ['mark_read', { seq: 1 }],
      ] as const) {
        const { error } = await socket.emit(event, { conversationId, ...payload });
        codes[event] = `${error?.statusCode} ${error?.code}`;
      }
      return codes;
    };
    if (who === 'owner') await send((key) => key.startsWith('GET '));
    else {
      const answers = { ...(await send(() => true)), ...(await emit()) };
      expect(new Set(Object.values(answers))).toEqual(new Set(['403 NOT_CONVERSATION_MEMBER']));
    }
    const path = `/chat/conversations/${conversationId}`;
    expect((await server.call('DELETE', path, { token: owner.token })).status).toBe(204);
    const answers = { ...(await send(() => true)), ...(await emit()) };
    expect(Object.keys(answers).length).toBeGreaterThan(20);
    expect(Object.entries(answers).filter(([, code]) => code !== '404 CONVERSATION_NOT_FOUND')).toEqual([]);
  },
);
