import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { sendMessages } from './support.js';
import { rounds } from '../../support/rounds.js';

const LAST = 21;

const it = apiTest
  .extend('id', PER_FILE, ({ server, owner }) => server.createConversation(owner))
  .extend('messages', PER_FILE, ({ server, owner, id }) => sendMessages(server, owner, id, LAST))
  .extend('steps', PER_FILE, ({ server, id, owner, messages }) => {
    const window = (query: string, conversationId = id) =>
      server.call('GET', `/chat/conversations/${conversationId}/messages/window?${query}`, {
        token: owner.token,
      });
    /** The messages from `from` down to `to`, newest first. */
    const down = (to: number, from: number) => messages.slice(Math.max(from, 1) - 1, to).toReversed();
    const walk = async (key: 'before' | 'after', start: number, next: (seqs: number[]) => number) => {
      const seen: number[] = [];
      let at = start;
      for (const _ of rounds(LAST)) {
        const { body } = await window(`${key}=${at}&limit=4`);
        const seqs = body.data.map(({ seq }: { seq: number }) => seq);
        seen.push(...seqs);
        at = next(seqs);
        if (!(key === 'before' ? body.hasMoreBefore : body.hasMoreAfter)) break;
      }
      return seen;
    };

    return { window, down, walk };
  });

const huge = Number.MAX_SAFE_INTEGER;

it.for<[query: string, to: number, from: number, before: boolean, after: boolean]>([
  ['before=22&limit=5', 21, 17, true, false],
  ['before=21&limit=5', 20, 16, true, true],
  ['before=11&limit=5', 10, 6, true, true],
  ['before=6&limit=5', 5, 1, false, true],
  ['before=5&limit=5', 4, 1, false, true],
  ['before=2&limit=5', 1, 1, false, true],
  ['before=1&limit=5', 0, 1, false, true],
  ['before=0&limit=5', 0, 1, false, true],
  ['before=22&limit=100', 21, 1, false, false],
  ['before=21', 20, 1, false, true],
  ['before=22', 21, 2, true, false],
  [`before=${huge}&limit=5`, 21, 17, true, false],
  ['before=100&limit=1', 21, 21, true, false],
])('%s: the messages just below', async ([query, to, from, hasMoreBefore, hasMoreAfter], { steps }) => {
  const { status, body } = await steps.window(query);
  expect(status).toBe(200);
  expect(body).toStrictEqual({ data: steps.down(to, from), hasMoreBefore, hasMoreAfter });
});

it.for<[query: string, to: number, from: number, before: boolean, after: boolean]>([
  ['after=0&limit=5', 5, 1, false, true],
  ['after=1&limit=5', 6, 2, true, true],
  ['after=10&limit=5', 15, 11, true, true],
  ['after=16&limit=5', 21, 17, true, false],
  ['after=18&limit=5', 21, 19, true, false],
  ['after=20&limit=5', 21, 21, true, false],
  ['after=21&limit=5', 0, 1, true, false],
  ['after=22&limit=5', 0, 1, true, false],
  [`after=${huge}&limit=100`, 0, 1, true, false],
  ['after=0&limit=100', 21, 1, false, false],
  ['after=0', 20, 1, false, true],
  ['after=1', 21, 2, true, false],
])('%s: the messages just above', async ([query, to, from, hasMoreBefore, hasMoreAfter], { steps }) => {
  const { status, body } = await steps.window(query);
  expect(status).toBe(200);
  expect(body).toStrictEqual({ data: steps.down(to, from), hasMoreBefore, hasMoreAfter });
});

it.for<[query: string, to: number, from: number, before: boolean, after: boolean]>([
  ['around=11&limit=5', 13, 9, true, true],
  ['around=11&limit=1', 11, 11, true, true],
  ['around=3&limit=5', 5, 1, false, true],
  ['around=2&limit=5', 5, 1, false, true],
  ['around=1&limit=5', 5, 1, false, true],
  ['around=0&limit=5', 5, 1, false, true],
  ['around=19&limit=5', 21, 17, true, false],
  ['around=20&limit=5', 21, 17, true, false],
  ['around=21&limit=5', 21, 17, true, false],
  ['around=22&limit=5', 21, 17, true, false],
  [`around=${huge}&limit=5`, 21, 17, true, false],
  ['around=11&limit=21', 21, 1, false, false],
  ['around=11&limit=100', 21, 1, false, false],
  ['around=1&limit=1', 1, 1, false, true],
  ['around=21&limit=1', 21, 21, true, false],
])(
  '%s: half a window to each side, filled at an end',
  async ([query, to, from, hasMoreBefore, hasMoreAfter], { steps }) => {
    const { status, body } = await steps.window(query);
    expect(status).toBe(200);
    expect(body).toStrictEqual({ data: steps.down(to, from), hasMoreBefore, hasMoreAfter });
  },
);

it.for([2, 4, 10, 20])(
  'around with an even limit of %d holds the place and as many as asked',
  async (limit, { steps }) => {
    const { body } = await steps.window(`around=11&limit=${limit}`);
    const seqs = body.data.map(({ seq }: { seq: number }) => seq);
    expect(seqs).toHaveLength(limit);
    expect(seqs).toContain(11);
    const above = Number(seqs[0]) - 11;
    const below = 11 - Number(seqs[limit - 1]);
    expect(Math.abs(above - below)).toBe(1);
  },
);

it.for(['before=0', 'before=1', 'before=5', 'after=0', 'after=5', 'around=0', 'around=1', 'around=5'])(
  '%s of an empty conversation is empty on both sides',
  async (query, { steps, server, owner }) => {
    const empty = await server.createConversation(owner);
    expect((await steps.window(query, empty)).body).toStrictEqual({
      data: [],
      hasMoreBefore: false,
      hasMoreAfter: false,
    });
  },
);

it('reaches every message once by walking down, and up', async ({ steps }) => {
  const all = Array.from({ length: LAST }, (_, n) => n + 1);
  expect(await steps.walk('before', LAST + 1, (seqs) => Math.min(...seqs))).toEqual(all.toReversed());
  const up = await steps.walk('after', 0, (seqs) => Math.max(...seqs));
  expect(up.toSorted((one, other) => one - other)).toEqual(all);
});

it.for(['before=11&limit=5', 'after=11', 'around=11&limit=3'])(
  '%s of the path of pages answers the same window, as it did before windows had a path',
  async (query, { steps, server, id, owner }) => {
    const path = `/chat/conversations/${id}/messages?${query}`;
    const older = await server.call('GET', path, { token: owner.token });
    expect(older).toMatchObject({ status: 200, body: (await steps.window(query)).body });
  },
);

it.for([
  ['limit=5', 'one of before, after and around is required'],
  ['before=1&around=1', 'one of before, after and around is required'],
  ['around=1&page=1', 'page'],
] as const)('%s is no window', async ([query, problem], { steps }) => {
  const { status, body } = await steps.window(query);
  expect({ status, code: body.code }).toEqual({ status: 400, code: 'VALIDATION_FAILED' });
  expect(JSON.stringify(body.details)).toContain(problem);
});
