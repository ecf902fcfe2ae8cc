import { describe, expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import type { TestUser } from '../../support/test-server.js';

let owner: TestUser;
/** Posts, the newest first; every third one is private. */
let all: { id: string; visibility: string }[];

const it = apiTest.extend('steps', PER_FILE, ({ server }) => {
  const list = (query: string, token?: string) =>
    server.call('GET', `/posts${query}`, token === undefined ? {} : { token });
  /** The ids of every page, and its other fields. */
  async function walk(limit: number, total: number, token?: string): Promise<string[]> {
    const ids: string[] = [];
    const last = Math.ceil(total / limit);
    for (let page = 1; page <= last; page += 1) {
      const { body } = await list(`?page=${page}&limit=${limit}`, token);
      expect({ ...body, data: body.data.length }).toEqual({
        data: page < last ? limit : total - limit * (last - 1),
        total,
        page,
        limit,
      });
      ids.push(...body.data.map(({ id }: { id: string }) => id));
    }
    return ids;
  }

  return { list, walk };
});

it.beforeAll(async ({ server }) => {
  owner = await server.signUp();
  const rows = await server.database.query<{ id: string; visibility: string }>(
    `insert into posts (owner_id, title, content, visibility, created_at)
     select $1, n, 'Content', case when n % 3 = 0 then 'private' else 'public' end,
       timestamptz '2026-01-31 12:00:00.000001Z' + n / 2 * interval '1 microsecond'
     from generate_series(1, 45) n returning id, visibility`,
    [owner.id],
  );
  const inOrder = await server.database.query<{ id: string }>(
    'select id from posts order by created_at desc, id desc',
  );
  all = inOrder.flatMap(({ id }) => rows.filter((row) => row.id === id));
});

describe.each([1, 7, 15, 20, 45, 100])('pages of %i', (limit) => {
  it('show an anonymous reader each public post once, newest first', async ({ steps }) => {
    const open = all.filter(({ visibility }) => visibility === 'public').map(({ id }) => id);
    expect(await steps.walk(limit, 30)).toEqual(open);
  });

  it('show the owner each of them once, the private ones in their places', async ({ steps }) => {
    expect(await steps.walk(limit, 45, owner.token)).toEqual(all.map(({ id }) => id));
  });
});

it('without parameters the first 20 are returned', async ({ steps }) => {
  const { body } = await steps.list('');
  expect(body).toEqual((await steps.list('?page=1&limit=20')).body);
  expect(Object.keys(body).toSorted()).toEqual(['data', 'limit', 'page', 'total']);
  expect(body.data).toHaveLength(20);
});

it.for([3, 1_000_000, Number.MAX_SAFE_INTEGER])(
  'page %i is empty, and has the total',
  async (page, { steps }) => {
    expect((await steps.list(`?page=${page}`)).body).toEqual({ data: [], total: 30, page, limit: 20 });
  },
);

it.for([
  '?page=0',
  '?page=-1',
  '?page=1.5',
  '?page=one',
  '?page=',
  '?page=1&page=2',
  '?page=9007199254740992',
  '?limit=0',
  '?limit=101',
  '?limit=1e1',
  '?cursor=x',
  '?ownerId=1',
  '?visibility=private',
])('%s is refused', async (query, { steps }) => {
  const { status, body } = await steps.list(query, owner.token);
  expect({ status, code: body.code }).toEqual({ status: 400, code: 'VALIDATION_FAILED' });
});
