import { describe, expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { refusal } from './support.js';

/** How a message is sent, and whether it was stored. */
interface Outcome {
  readonly isStored: boolean;
  readonly code?: string | undefined;
  /** Until another message is allowed. */
  readonly waitMs?: number | undefined;
}
type Send = (content: string) => Promise<Outcome>;
const TRANSPORTS = ['HTTP', 'a socket'] as const;

const it = apiTest
  .extend('admin', PER_FILE, ({ server }) => server.signUp('Carol'))
  .extend('conversationId', async ({ server, owner, admin, member }) => {
    const id = await server.createConversation(owner, [admin, member]);
    await server.call('PATCH', `/chat/conversations/${id}/members/${admin.id}`, {
      token: owner.token,
      body: { role: 'admin' },
    });
    return id;
  })
  .extend('steps', ({ server, connect, conversationId }) => ({
    change: (settings: object, { token }: { token: string }) =>
      server.call('PATCH', `/chat/conversations/${conversationId}`, { token, body: settings }),
    async sender(transport: (typeof TRANSPORTS)[number], user: { token: string }): Promise<Send> {
      if (transport === 'a socket') {
        const socket = await connect(user);
        return async (content) => {
          const { ok, error } = await socket.emit('send_message', { conversationId, content });
          return { isStored: ok, code: error?.code, waitMs: error?.retryAfterMs };
        };
      }
      return async (content) => {
        const { status, body, headers } = await server.call(
          'POST',
          `/chat/conversations/${conversationId}/messages`,
          { token: user.token, body: { content } },
        );
        const seconds = headers.get('retry-after');
        return {
          isStored: status === 201,
          code: body.code,
          ...(seconds !== null && { waitMs: Number(seconds) * 1_000 }),
        };
      };
    },
    contents: async () => {
      const rows = await server.database.query<{ content: string }>(
        'select content from messages where conversation_id = $1 order by seq',
        [conversationId],
      );
      return rows.map(({ content }) => content);
    },
  }));

describe.for(TRANSPORTS)('over %s', (transport) => {
  it('announcements come from the owner and the admins, and from nobody else', async ({
    steps,
    owner,
    admin,
    member,
  }) => {
    const [byOwner, byAdmin, byMember] = [
      await steps.sender(transport, owner),
      await steps.sender(transport, admin),
      await steps.sender(transport, member),
    ];
    expect((await steps.change({ posting: 'admins' }, admin)).status).toBe(200);
    expect(await byMember('refused')).toEqual({ isStored: false, code: 'POSTING_RESTRICTED' });
    expect([await byOwner('owner'), await byAdmin('admin')]).toMatchObject([
      { isStored: true },
      { isStored: true },
    ]);
    expect((await steps.change({ posting: 'all' }, owner)).status).toBe(200);
    expect(await byMember('member')).toMatchObject({ isStored: true });
    expect(await steps.contents()).toEqual(['owner', 'admin', 'member']);
  });

  it('the role counts at the moment of sending: a new admin posts, a demoted one does not', async ({
    steps,
    server,
    conversationId,
    owner,
    member,
  }) => {
    const send = await steps.sender(transport, member);
    const setRole = (role: string) =>
      server.call('PATCH', `/chat/conversations/${conversationId}/members/${member.id}`, {
        token: owner.token,
        body: { role },
      });
    await steps.change({ posting: 'admins', slowModeSeconds: 21_600 }, owner);
    await setRole('admin');
    expect([await send('1'), await send('2')]).toMatchObject([{ isStored: true }, { isStored: true }]);
    await setRole('member');
    expect(await send('3')).toMatchObject({ code: 'POSTING_RESTRICTED' });
    await steps.change({ posting: 'all' }, owner);
    expect(await send('4')).toMatchObject({ code: 'SLOW_MODE' });
    expect(await steps.contents()).toEqual(['1', '2']);
  });

  it('slow mode makes members wait, who learn how long, and nobody else', async ({
    steps,
    owner,
    admin,
    member,
  }) => {
    const [byOwner, byAdmin, byMember] = [
      await steps.sender(transport, owner),
      await steps.sender(transport, admin),
      await steps.sender(transport, member),
    ];
    expect((await steps.change({ slowModeSeconds: 600 }, owner)).status).toBe(200);
    for (const send of [byOwner, byAdmin, byMember])
      expect(await send('1')).toMatchObject({ isStored: true });
    for (const send of [byOwner, byAdmin]) expect(await send('2')).toMatchObject({ isStored: true });
    const refused = await byMember('refused');
    expect(refused).toMatchObject({ isStored: false, code: 'SLOW_MODE' });
    expect(refused.waitMs).toBeGreaterThan(500_000);
    expect(refused.waitMs).toBeLessThanOrEqual(600_000);
    expect((await steps.change({ slowModeSeconds: 0 }, owner)).status).toBe(200);
    expect(await byMember('2')).toMatchObject({ isStored: true });
    expect(await steps.contents()).toEqual(['1', '1', '1', '2', '2', '2']);
  });

  it('of messages that a member sends at the same time in slow mode one is stored', async ({
    steps,
    owner,
    member,
  }) => {
    await steps.change({ slowModeSeconds: 600 }, owner);
    const send = await steps.sender(transport, member);
    const outcomes = await Promise.all(Array.from({ length: 8 }, (_, index) => send(String(index))));
    const refused = outcomes.filter(({ isStored }) => !isStored);
    expect(refused.map(({ code }) => code)).toEqual(Array(7).fill('SLOW_MODE'));
    expect(await steps.contents()).toHaveLength(1);
  });
});

it.for([{ posting: 'admins' }, { slowModeSeconds: 30 }, { posting: 'all' }, { slowModeSeconds: 0 }])(
  'a member may not set %j',
  async (settings, { steps, member }) => {
    expect(refusal(await steps.change(settings, member))).toBe('403 CANNOT_CHANGE_CONVERSATION');
  },
);
