import { pino } from 'pino';
import { expect } from 'vitest';
import { listen } from '../../../src/arch/common/interface/http/server/listen.js';
import { createApp } from '../../../src/arch/create-app.js';
import { type ApiAnswer, callApi } from '../../support/api.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { signToken } from '../contract/operation-context.js';
import { fillMembers, insertUsers, storedHead } from './support.js';

/** All on two nodes, in turn. */
const it = apiTest
  .extend('urls', PER_FILE, async ({ server }, { onCleanup }): Promise<[string, string]> => {
    const second = await createApp(server.config, server.database.connection, pino({ level: 'silent' }));
    onCleanup(() => second.close());
    return [server.url, `http://127.0.0.1:${await listen(second, 0)}`];
  })
  .extend('conversationId', ({ server, owner, member }) => server.createConversation(owner, [member]))
  .extend('steps', PER_FILE, ({ server, urls, owner }) => ({
    invite: async (conversationId: string, maxUses: number, token = owner.token) =>
      (
        await server.call('POST', `/chat/conversations/${conversationId}/invites`, {
          token,
          body: { maxUses },
        })
      ).body.token,
    newTokens: async (count: number) =>
      Promise.all((await insertUsers(server, count)).map((sub) => signToken(server.config, { sub }))),
    /** Calls one node after the other. */
    call: (n: number, method: string, path: string, token: string, body?: object) =>
      callApi(urls[n % 2 === 0 ? 0 : 1], method, path, { token, body }),
    joinAll: (invite: string, tokens: readonly string[]): Promise<ApiAnswer[]> =>
      Promise.all(
        tokens.map((token, n) =>
          callApi(urls[n % 2 === 0 ? 0 : 1], 'POST', `/chat/invites/${invite}/join`, { token }),
        ),
      ),
    used: async (conversationId: string) =>
      (
        await server.database.query<{ uses: number }>(
          'select uses from conversation_invites where conversation_id = $1',
          [conversationId],
        )
      ).map(({ uses }) => uses),
  }));

/** How often each answer came. */
function tally(answers: readonly ApiAnswer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const outcome = [status, body?.code ?? ''].join(' ').trimEnd();
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

it.for([1, 7])(
  'of 50 people at once, as many join as an invite has uses: %i',
  async (maxUses, { steps, server, conversationId }) => {
    const invite = await steps.invite(conversationId, maxUses);
    const answers = await steps.joinAll(invite, await steps.newTokens(50));
    expect(tally(answers)).toEqual({ '200': maxUses, '404 INVITE_NOT_FOUND': 50 - maxUses });
    expect(await steps.used(conversationId)).toEqual([maxUses]);
    expect(await storedHead(server, conversationId)).toMatchObject({
      rev: maxUses,
      memberCount: 2 + maxUses,
      rows: 2 + maxUses,
    });
  },
);

it('one user who joins 50 times at once joins once, with one use and one rev', async ({
  steps,
  server,
  conversationId,
}) => {
  const invite = await steps.invite(conversationId, 50);
  const [token = ''] = await steps.newTokens(1);
  expect(tally(await steps.joinAll(invite, Array(50).fill(token)))).toEqual({ '200': 50 });
  expect(await steps.used(conversationId)).toEqual([1]);
  expect(await storedHead(server, conversationId)).toMatchObject({ rev: 1, memberCount: 3, rows: 3 });
});

it('the last places of a conversation are given once, and who finds none uses nothing up', async ({
  steps,
  server,
  owner,
}) => {
  const id = await server.createConversation(owner);
  const invite = await steps.invite(id, 50);
  await fillMembers(server, id, 4_997);
  const answers = await steps.joinAll(invite, await steps.newTokens(20));
  expect(tally(answers)).toEqual({ '200': 3, '409 CONVERSATION_FULL': 17 });
  expect(await steps.used(id)).toEqual([3]);
  expect(await storedHead(server, id)).toMatchObject({ memberCount: 5_000, rows: 5_000 });
});

it('nobody joins after the answer to what ends the invite: revocation, demotion, removal', async ({
  steps,
  server,
  owner,
  member,
}) => {
  const guests = await steps.newTokens(12);
  for (const how of ['revoke', 'demote', 'remove'] as const) {
    const id = await server.createConversation(owner, [member]);
    const path = `/chat/conversations/${id}`;
    const maker = `${path}/members/${member.id}`;
    await steps.call(0, 'PATCH', maker, owner.token, { role: 'admin' });
    const made = await steps.call(0, 'POST', `${path}/invites`, member.token, {});
    const end = {
      revoke: () => steps.call(0, 'DELETE', `${path}/invites/${made.body.id}`, owner.token),
      demote: () => steps.call(0, 'PATCH', maker, owner.token, { role: 'member' }),
      remove: () => steps.call(0, 'DELETE', maker, owner.token),
    }[how];
    const before = steps.joinAll(made.body.token, guests.slice(0, 8));
    expect((await end()).status).toBeLessThan(300);
    const after = await steps.joinAll(made.body.token, guests.slice(8));
    expect(tally(after)).toEqual({ '404 INVITE_NOT_FOUND': 4 });
    const joined = (await before).filter(({ status }) => status === 200).length;
    expect(await storedHead(server, id)).toMatchObject({ rows: joined + (how === 'remove' ? 1 : 2) });
  }
});

it('who is banned at the same time is no member afterwards', async ({ steps, server, owner }) => {
  for (let round = 0; round < 10; round += 1) {
    const id = await server.createConversation(owner);
    const invite = await steps.invite(id, 5);
    const [guest = ''] = await insertUsers(server, 1);
    const token = await signToken(server.config, { sub: guest });
    const [, joined] = await Promise.all([
      steps.call(0, 'PUT', `/chat/conversations/${id}/bans/${guest}`, owner.token, {}),
      steps.call(1, 'POST', `/chat/invites/${invite}/join`, token),
    ]);
    expect(['200 ', '403 MEMBER_BANNED']).toContain(`${joined.status} ${joined.body.code ?? ''}`);
    expect(await storedHead(server, id)).toMatchObject({ memberCount: 1, rows: 1 });
    const again = await steps.call(round, 'POST', `/chat/invites/${invite}/join`, token);
    expect(again.body.code).toBe('MEMBER_BANNED');
  }
});

it('of 60 invites made at once 50 are open', async ({ steps, owner, conversationId }) => {
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, n) =>
      steps.call(n, 'POST', `/chat/conversations/${conversationId}/invites`, owner.token, {}),
    ),
  );
  expect(tally(answers)).toEqual({ '201': 50, '409 TOO_MANY_INVITES': 10 });
  expect(new Set(answers.map(({ body }) => body.token)).size).toBe(51);
});
