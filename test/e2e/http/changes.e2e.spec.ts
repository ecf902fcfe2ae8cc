import { describe, expect } from 'vitest';
import type { AnswerBody } from '../../support/answer-body.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import type { TestUser } from '../../support/test-server.js';
import { refusal, sendMessages } from './support.js';
import { rounds } from '../../support/rounds.js';

/** Among the revs 1 to 12 these are new members; the others are messages. */
const MEMBER_REVS = new Set([5, 6, 12]);
const LAST = 12;
const MESSAGE_REVS = Array.from({ length: LAST }, (_, index) => index + 1).filter(
  (rev) => !MEMBER_REVS.has(rev),
);

const it = apiTest
  .extend('variables', PER_FILE, { THROTTLE_GLOBAL_LIMIT: '100000' })
  .extend('id', PER_FILE, ({ server, owner }) => server.createConversation(owner))
  .extend('messages', PER_FILE, async ({ server, owner, id }) => [
    ...(await sendMessages(server, owner, id, 4)),
  ])
  .extend('steps', PER_FILE, ({ server, owner, id }) => {
    const changes = (query: string, { token } = owner, conversationId = id) =>
      server.call('GET', `/chat/conversations/${conversationId}/changes${query}`, { token });
    /** Reads all pages from `since` to the head. */
    async function walk(since: number, limit: number, conversationId = id): Promise<AnswerBody[]> {
      const pages: AnswerBody[] = [];
      let from = since;
      for (const _ of rounds(MOST_PAGES)) {
        const { body } = await changes(`?since=${from}&limit=${limit}`, owner, conversationId);
        pages.push(body);
        if (!body.hasMore) break;
        from = body.rev;
      }
      return pages;
    }
    const detail = async () =>
      (await server.call('GET', `/chat/conversations/${id}`, { token: owner.token })).body;

    return { changes, walk, detail };
  });

it.beforeAll(async ({ server, owner, id, messages }) => {
  await server.signUpMembers(owner, id, 2);
  messages.push(...(await sendMessages(server, owner, id, 5)));
  await server.signUpMembers(owner, id, 1);
});

const revsOf = (page: AnswerBody) => page.data.map(({ rev }: { rev: number }) => rev);
/** Many times the number of pages that a test needs. */
const MOST_PAGES = 1_000;

it('answers everything from the beginning, as the other routes show it', async ({ steps, messages }) => {
  const { members, ...conversation } = await steps.detail();
  const { status, body } = await steps.changes('');
  expect(status).toBe(200);
  const { epoch } = body;
  expect(epoch).toMatch(/^[0-9a-f]{12}$/);
  expect(body).toStrictEqual({ data: messages, members, conversation, rev: LAST, hasMore: false, epoch });
  expect((await steps.changes(`?epoch=${epoch}`)).body).toStrictEqual(body);
  expect((await steps.changes('?since=0&limit=100')).body).toStrictEqual(body);
});

describe.each(Array.from({ length: LAST + 1 }, (_, since) => since))('since %i', (since) => {
  const missed = MESSAGE_REVS.filter((rev) => rev > since);

  it.for([1, 2, 3, 7, 8, 9, 10, 500])(
    'pages of %i show each message once, in order',
    async (limit, { steps }) => {
      const pages = await steps.walk(since, limit);
      expect(pages.flatMap(revsOf)).toEqual(missed);
      expect(pages.every(({ data }) => data.length <= limit)).toBe(true);
      expect(pages.slice(0, -1).map(({ rev }) => rev)).toEqual(
        pages.slice(0, -1).map((page) => revsOf(page).at(-1)),
      );
      expect(pages.at(-1)?.rev).toBe(LAST);
      expect(pages.every(({ conversation }) => conversation.rev === LAST)).toBe(true);
    },
  );

  it('pages of 2 show the members until the page goes past their last change', async ({ steps }) => {
    const pages = await steps.walk(since, 2);
    const asked = [since, ...pages.map(({ rev }) => rev)];
    expect(pages.map(({ members }) => members?.length)).toEqual(
      pages.map((_, index) => (Number(asked[index]) < 12 ? 4 : undefined)),
    );
  });
});

it('since the head is the end', async ({ steps }) => {
  const { members: _, ...conversation } = await steps.detail();
  const { body } = await steps.changes(`?since=${LAST}&limit=1`);
  const { epoch } = body;
  expect(body).toStrictEqual({ data: [], conversation, rev: LAST, hasMore: false, epoch });
  expect((await steps.changes(`?since=${LAST}&limit=1&epoch=${epoch}`)).body).toStrictEqual(body);
});

it.for([LAST + 1, 1_000, Number.MAX_SAFE_INTEGER])(
  'since %i, beyond the head, is of another history: start over',
  async (since, { steps }) => {
    const { epoch } = (await steps.changes('')).body;
    for (const query of [`since=${since}&limit=1`, `since=${since}&epoch=${epoch}`]) {
      const answer = await steps.changes(`?${query}`);
      expect(refusal(answer)).toBe('400 CURSOR_INVALID');
      expect(answer.body.message).toContain('start over');
    }
  },
);

it.for(['another', '0123456789ab', encodeURIComponent('\u{1f600}'), 'x'.repeat(64), '%00'])(
  'the epoch %s is another: start over, wherever one was',
  async (epoch, { steps }) => {
    for (const since of [0, LAST, LAST + 1]) {
      const answer = await steps.changes(`?since=${since}&epoch=${epoch}`);
      expect(refusal(answer)).toBe('400 CURSOR_INVALID');
      expect(answer.body.message).toContain('start over');
    }
  },
);

it('a member sees it with the own position, from before joining too', async ({ steps, server, owner }) => {
  const [member] = await server.signUpMembers(owner, await server.createConversation(owner), 1);
  const shared = await server.createConversation(owner, [member as TestUser]);
  await sendMessages(server, owner, shared, 3);
  const { body } = await steps.changes('?since=1', member, shared);
  expect(revsOf(body)).toEqual([2, 3]);
  expect(body.conversation.me).toMatchObject({ role: 'member', lastReadSeq: 0, unreadCount: 3 });
});

it('every page is of one instant, while many write', async ({ steps, server, owner }) => {
  const busy = await server.createConversation(owner);
  const people = await Promise.all(Array.from({ length: 10 }, () => server.signUp()));
  const writers = Promise.all([
    ...Array.from({ length: 4 }, () => sendMessages(server, owner, busy, 25)),
    ...people.map(({ id: userId }) =>
      server.call('POST', `/chat/conversations/${busy}/members`, { token: owner.token, body: { userId } }),
    ),
  ]);
  const seen: { since: number; page: AnswerBody }[] = [];
  for (let since = 0; since < 110;) {
    const { body: page } = await steps.changes(`?since=${since}&limit=7`, owner, busy);
    seen.push({ since, page });
    since = page.rev;
  }
  await writers;
  const all = (await steps.walk(0, 500, busy)).flatMap(revsOf);
  expect(all).toHaveLength(100);
  expect(seen.flatMap(({ page }) => revsOf(page))).toEqual(all);
  for (const { since, page } of seen) {
    const { conversation, members } = page;
    expect(revsOf(page)).toEqual(all.filter((rev) => rev > since && rev <= page.rev));
    expect(page.hasMore).toBe(all.some((rev) => rev > page.rev && rev <= conversation.rev));
    expect(page.hasMore ? revsOf(page).at(-1) : conversation.rev).toBe(page.rev);
    expect(conversation.rev).toBe(conversation.lastSeq + conversation.memberCount - 1);
    expect(conversation.lastMessage?.seq ?? 0).toBe(conversation.lastSeq);
    expect(members?.length ?? conversation.memberCount).toBe(conversation.memberCount);
  }
});

describe('refuses', () => {
  it.for([
    ['since=-1', 'since'],
    ['since=x', 'since'],
    ['since=', 'since'],
    ['since=1.5', 'since'],
    ['since=9007199254740992', 'since'],
    ['since=1&since=2', 'since'],
    ['limit=0', 'limit'],
    ['limit=501', 'limit'],
    ['limit=x', 'limit'],
    ['epoch=', 'epoch'],
    [`epoch=${'x'.repeat(65)}`, 'epoch'],
    ['epoch=a&epoch=b', 'epoch'],
  ] as const)('%s', async ([query, path], { steps }) => {
    const answer = await steps.changes(`?${query}`);
    expect(refusal(answer)).toBe('400 VALIDATION_FAILED');
    expect(answer.body.details[0].path).toBe(path);
  });

  it.for(['after=1', 'page=1', 'cursor=x'])('the unknown parameter of %s', async (query, { steps }) => {
    expect(refusal(await steps.changes(`?${query}`))).toBe('400 VALIDATION_FAILED');
  });

  it('in the order of the contract', async ({ steps, server, owner }) => {
    const stranger = await server.signUp();
    const nowhere = crypto.randomUUID();
    expect(refusal(await steps.changes('?limit=0', stranger, nowhere))).toBe('400 VALIDATION_FAILED');
    expect(refusal(await steps.changes('', stranger, nowhere))).toBe('404 CONVERSATION_NOT_FOUND');
    expect(refusal(await steps.changes('', stranger))).toBe('403 NOT_CONVERSATION_MEMBER');
    expect(refusal(await steps.changes('?since=99&epoch=x', stranger))).toBe('403 NOT_CONVERSATION_MEMBER');
    expect(refusal(await steps.changes('', owner, 'malformed'))).toBe('400 VALIDATION_FAILED');
  });
});
