import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import type { TestUser } from '../../support/test-server.js';
import { refusal, sendMessages, UNKNOWN_ID } from './support.js';
import { rounds } from '../../support/rounds.js';

const it = apiTest
  .extend('nobody', PER_FILE, ({ server }) => server.signUp())
  .extend('steps', PER_FILE, ({ server }) => {
    const ask = ({ token }: TestUser, query: Record<string, string>) =>
      server.call('GET', `/chat/conversations?${new URLSearchParams(query).toString()}`, { token });
    /** Reads all pages; returns the ids of each page. */
    async function walk(user: TestUser, limit: number, between: () => Promise<unknown>): Promise<string[][]> {
      const pages: string[][] = [];
      let cursor = '';
      for (const _ of rounds(MOST_PAGES)) {
        const query = { limit: String(limit), ...(cursor === '' ? {} : { cursor }) };
        const { body }: { body: Page } = await ask(user, query);
        pages.push(body.data.map(({ id }) => id));
        await between();
        if (body.nextCursor === null) break;
        cursor = body.nextCursor;
      }
      return pages;
    }
    async function createMany(owner: TestUser, count: number): Promise<string[]> {
      const ids: string[] = [];
      for (let n = 0; n < count; n += 1) ids.push(await server.createConversation(owner));
      return ids;
    }

    return { ask, walk, createMany };
  });

interface Page {
  data: { id: string }[];
  nextCursor: string | null;
}

/** Many times the number of pages that a test needs. */
const MOST_PAGES = 1_000;

it('shows what stays untouched exactly once while others get messages in between', async ({
  steps,
  server,
}) => {
  const owner = await server.signUp();
  const ids = await steps.createMany(owner, 12);
  const busy = [ids[10], ids[3], ids[0]].map(String);
  const untouched = ids.filter((id) => !busy.includes(id));
  const pages = await steps.walk(owner, 4, () =>
    Promise.all(busy.map((id) => sendMessages(server, owner, id, 1))),
  );
  const seen = pages.flat();
  expect(seen.filter((id) => !busy.includes(id))).toEqual(untouched.toReversed());
  expect(pages.length).toBeGreaterThan(1);
});

it.for([
  ['all at the same microsecond', `timestamptz '2026-01-31 12:00:00.123456Z'`],
  ['a microsecond apart', `timestamptz '2026-01-31 12:00:00.123456Z' + n * interval '1 microsecond'`],
] as const)(
  'shows each exactly once when activities are %s',
  async ([_label, activity], { steps, server }) => {
    const owner = await server.signUp();
    const ids = await steps.createMany(owner, 7);
    await server.database.query(
      `update conversations set updated_at = ${activity} from unnest($1::uuid[]) with ordinality given(given_id, n)
     where id = given_id`,
      [ids],
    );
    const pages = await steps.walk(owner, 2, () => Promise.resolve());
    expect(pages.map((page) => page.length)).toEqual([2, 2, 2, 1]);
    expect(pages.flat()).toHaveLength(7);
    expect(new Set(pages.flat())).toEqual(new Set(ids));
    expect((await steps.walk(owner, 100, () => Promise.resolve())).flat()).toEqual(pages.flat());
  },
);

it('gives no cursor with the last page, full or not', async ({ steps, server }) => {
  const owner = await server.signUp();
  await steps.createMany(owner, 4);
  const lengths = async (limit: number) =>
    (await steps.walk(owner, limit, () => Promise.resolve())).map((page) => page.length);
  expect(await lengths(4)).toEqual([4]);
  expect(await lengths(2)).toEqual([2, 2]);
  expect(await lengths(3)).toEqual([3, 1]);
  expect(await lengths(1)).toEqual([1, 1, 1, 1]);
});

it('answers 20 when no limit is given', async ({ steps, server }) => {
  const owner = await server.signUp();
  await steps.createMany(owner, 21);
  const { body } = await server.call('GET', '/chat/conversations', { token: owner.token });
  expect(body.data).toHaveLength(20);
  expect(body.nextCursor).toEqual(expect.any(String));
});

it('means a place, not a right: with the cursor of another one sees only one’s own', async ({
  steps,
  server,
}) => {
  const [owner, other] = await Promise.all([server.signUp(), server.signUp()]);
  const own = await server.createConversation(other);
  await steps.createMany(owner, 2);
  const { body } = await steps.ask(owner, { limit: '1' });
  const { body: page } = await steps.ask(other, { cursor: body.nextCursor });
  expect(page.data.map(({ id }: { id: string }) => id)).toEqual([own]);
});

const encoded = (text: string) => Buffer.from(text).toString('base64url');

it.for([
  ['a word', 'nonsense'],
  ['no base64', '%%%%'],
  ['an id', UNKNOWN_ID],
  ['encoded nonsense', encoded('nonsense')],
  ['half of one', encoded('1769860800000000')],
  ['no date', encoded(`|${UNKNOWN_ID}`)],
  ['no id', encoded('1769860800000000|')],
  ['a nonsense date', encoded(`2026-13-45T99:99:99Z|${UNKNOWN_ID}`)],
  ['a real date in words', encoded(`2026-01-31T12:00:00.000Z|${UNKNOWN_ID}`)],
  ['NaN', encoded(`NaN|${UNKNOWN_ID}`)],
  ['infinity', encoded(`infinity|${UNKNOWN_ID}`)],
  ['a number beyond measure', encoded(`${'9'.repeat(40)}|${UNKNOWN_ID}`)],
  ['a nonsense id', encoded('1769860800000000|nonsense')],
  ['SQL', encoded(`1769860800000000|'; drop table messages; --`)],
  ['JSON', encoded('{"activity":"1","id":"x"}')],
  ['U+0000', encoded(`1769860800000000|${UNKNOWN_ID}\0`)],
  ['a line break after it', encoded(`1769860800000000|${UNKNOWN_ID}\n`)],
] as const)('refuses %s as a cursor', async ([_label, cursor], { steps, nobody }) => {
  expect(refusal(await steps.ask(nobody, { cursor }))).toBe('400 CURSOR_INVALID');
});

it('takes a place beyond every date that there will be', async ({ steps, server }) => {
  const user = await server.signUp();
  const [id] = await steps.createMany(user, 1);
  const { status, body } = await steps.ask(user, { cursor: encoded(`9999999999999999|${UNKNOWN_ID}`) });
  expect(status).toBe(200);
  expect(body.data.map((each: { id: string }) => each.id)).toEqual([id]);
});

it.for([
  ['an empty one', ''],
  ['one of 10,000 characters', 'x'.repeat(10_000)],
] as const)('refuses %s before looking at it', async ([_label, cursor], { steps, nobody }) => {
  expect(refusal(await steps.ask(nobody, { cursor }))).toBe('400 VALIDATION_FAILED');
});
