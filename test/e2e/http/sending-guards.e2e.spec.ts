import { expect } from 'vitest';
import { apiTest } from '../../support/api-test.js';
import { refusal } from './support.js';

const REFUSALS = [
  ["posting = 'admins'", 403, 'POSTING_RESTRICTED'],
  ['slow_mode_seconds = 21600', 429, 'SLOW_MODE'],
  ["type = 'direct', direct_low = $2, direct_high = $3", 403, 'USER_NOT_REACHABLE'],
] as const;

const it = apiTest
  .extend('sender', ({ server }) => server.signUp())
  .extend('conversationId', ({ server, owner, sender }) => server.createConversation(owner, [sender]))
  .extend('steps', ({ server, owner, sender, conversationId }) => ({
    async restrict(settings: string) {
      const pair = [owner.id, sender.id];
      await server.database.query('insert into user_blocks (blocker_id, blocked_id) values ($1, $2)', pair);
      const values = settings.includes('direct') ? pair.toSorted() : [];
      await server.database.query(`update conversations set ${settings} where id = $1`, [
        conversationId,
        ...values,
      ]);
    },
    overHttp: (content: string, clientMessageId?: string) =>
      server.call('POST', `/chat/conversations/${conversationId}/messages`, {
        token: sender.token,
        body: { content, clientMessageId },
      }),
  }));

it.for(REFUSALS)(
  'a conversation with %s refuses a member with %i %s over HTTP',
  async ([settings, status, code], { steps, server, conversationId }) => {
    await steps.overHttp('before', 'stored');
    await steps.restrict(settings);
    const answer = await steps.overHttp('Hello!');
    expect(refusal(answer)).toBe(`${status} ${code}`);
    const seconds = Number(answer.headers.get('retry-after'));
    if (status === 429) expect(seconds).toBeGreaterThan(21_500);
    else expect(answer.headers.has('retry-after')).toBe(false);
    expect(seconds).toBeLessThanOrEqual(21_600);
    expect((await steps.overHttp('before', 'stored')).status).toBe(200);
    const stored = await server.database.query('select from messages where conversation_id = $1', [
      conversationId,
    ]);
    expect(stored).toHaveLength(1);
  },
);

it.for(REFUSALS)(
  'a conversation with %s refuses a member with %i %s over a socket',
  async ([settings, status, code], { steps, connect, owner, sender, conversationId }) => {
    const [socket, listener] = [await connect(sender), await connect(owner)];
    await listener.emit('join_room', { conversationId });
    await steps.overHttp('before', 'stored');
    await steps.restrict(settings);
    const { ok, error } = await socket.emit('send_message', {
      conversationId,
      content: 'Hello!',
      clientMessageId: 'new',
    });
    expect(ok).toBe(false);
    expect(error).toEqual({
      statusCode: status,
      code,
      message: expect.any(String),
      ...(status === 429 && { retryAfterMs: expect.any(Number) }),
    });
    expect(socket.all('error')).toEqual([{ ...error, event: 'send_message', clientMessageId: 'new' }]);
    const again = await socket.emit('send_message', {
      conversationId,
      content: 'before',
      clientMessageId: 'stored',
    });
    expect(again).toMatchObject({ ok: true, data: { duplicate: true } });
    await listener.settle();
    expect(listener.all('new_message').map(({ content }) => content)).toEqual(['before']);
  },
);
