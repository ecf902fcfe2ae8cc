import { describe, expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { refusal } from './support.js';

const it = apiTest
  .extend('id', ({ server, owner, member }) => server.createConversation(owner, [member]))
  .extend('steps', PER_FILE, ({ server, owner }) => ({
    ban: (id: string, userId: string, body: object = {}) =>
      server.call('PUT', `/chat/conversations/${id}/bans/${userId}`, { token: owner.token, body }),
    list: (id: string, query = '') =>
      server.call('GET', `/chat/conversations/${id}/bans${query}`, { token: owner.token }),
  }));

const LATER = '9999-12-31T23:59:59.999Z';

describe('a ban', () => {
  it('is listed with who is banned, by whom and why; a later one replaces it', async ({
    steps,
    id,
    owner,
    member,
  }) => {
    expect((await steps.ban(id, member.id, { until: LATER, reason: 'Advertising' })).status).toBe(204);
    const ban = {
      userId: member.id,
      displayName: 'Bob',
      avatarUrl: null,
      bannedBy: owner.id,
      createdAt: expect.any(String),
    };
    expect((await steps.list(id)).body).toEqual({
      data: [{ ...ban, until: LATER, reason: 'Advertising' }],
      nextCursor: null,
    });
    await steps.ban(id, member.id);
    expect((await steps.list(id)).body.data).toEqual([ban]);
  });

  it.for([
    [{ until: 'tomorrow' }, 'until'],
    [{ until: '2026-01-31T12:00:00Z' }, 'until'],
    [{ until: '0000-01-01T00:00:00Z' }, 'until'],
    [{ reason: '' }, 'reason'],
    [{ reason: 'x'.repeat(256) }, 'reason'],
    [{ bannedBy: null }, 'bannedBy'],
  ] as const)('is refused with %j, and nobody is removed', async ([body, path], { steps, id, member }) => {
    const answer = await steps.ban(id, member.id, body);
    expect(refusal(answer)).toBe('400 VALIDATION_FAILED');
    expect(answer.body.details).toMatchObject([{ path }]);
    expect((await steps.list(id)).body.data).toEqual([]);
  });
});

describe('the list', () => {
  it('has every ban on one of its pages', async ({ server, steps, id, member }) => {
    const users = [member.id, (await server.signUp()).id, (await server.signUp()).id];
    for (const userId of users) await steps.ban(id, userId);
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let page = 1; page <= users.length; page += 1) {
      const { body } = await steps.list(id, `?limit=1${cursor === null ? '' : `&cursor=${cursor}`}`);
      seen.push(...body.data.map(({ userId }: { userId: string }) => userId));
      cursor = body.nextCursor;
    }
    expect([seen, cursor]).toEqual([users.toSorted(), null]);
  });

  it.for(['type=group', 'archived=true', 'pinned=false', 'limit=101', 'page=1'])(
    'refuses ?%s',
    async (query, { steps, id }) => {
      expect(refusal(await steps.list(id, `?${query}`))).toBe('400 VALIDATION_FAILED');
    },
  );
});
