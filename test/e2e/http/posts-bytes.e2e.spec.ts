import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';

const MIB = 1_048_576;
/** Characters with six bytes of JSON each. */
const WORST = '\u0001'.repeat(20_000);

const it = apiTest
  .extend('owner', PER_FILE, ({ server }) => server.signUp('\u{1F468}'.repeat(80)))
  .extend('steps', PER_FILE, ({ server, owner }) => {
    async function write(contents: readonly string[]): Promise<void> {
      await server.database.query('delete from posts');
      await server.database.query(
        `insert into posts (owner_id, title, content, created_at)
     select $1, repeat(E'\\x01', 255), c, now() - n * interval '1 s' from unnest($2::text[]) with ordinality as t (c, n)`,
        [owner.id, contents],
      );
    }
    async function page(query: string, token?: string) {
      const response = await fetch(`${server.url}/posts${query}`, {
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      });
      const bytes = await response.arrayBuffer();
      return { bytes: bytes.byteLength, body: JSON.parse(new TextDecoder().decode(bytes)) };
    }

    return { write, page };
  });

it.for([
  ['control characters', WORST],
  ['emoji', '\u{1F468}'.repeat(20_000)],
  ['letters', 'x'.repeat(20_000)],
  ['letters before control characters', 'x'.repeat(10_000) + '\u0001'.repeat(10_000)],
] as const)(
  'a page of the longest posts ends at 1 MiB and has every post in its place: %s',
  async ([, content], { steps, server, owner }) => {
    await steps.write(Array.from({ length: 120 }, () => content));
    for (const token of [undefined, owner.token]) {
      for (const [number, limit, length] of [
        [1, 100, 100],
        [2, 100, 20],
        [6, 20, 20],
      ]) {
        const { bytes, body } = await steps.page(`?page=${number}&limit=${limit}`, token);
        expect(bytes).toBeLessThanOrEqual(MIB);
        expect({ ...body, data: body.data.length }).toEqual({
          data: length,
          total: 120,
          page: number,
          limit,
        });
        for (const post of body.data) {
          expect(post.contentTruncated ?? false).toBe(post.content !== content);
          expect(content.startsWith(post.content)).toBe(true);
          expect(post.content.length).toBeGreaterThan(1_000);
        }
      }
    }
    const [first] = (await steps.page('?limit=1')).body.data;
    expect(first.content).toBe(content);
    expect((await server.call('GET', `/posts/${first.id}`)).body).toEqual(first);
  },
);

it.for([
  ['letters', 'x'.repeat(20_000)],
  ['control characters', WORST],
] as const)('a page that is cut uses the room that it has: %s', async ([, content], { steps }) => {
  await steps.write(Array.from({ length: 100 }, () => content));
  expect((await steps.page('?limit=100')).bytes).toBeGreaterThan(0.9 * MIB);
});

it('only contents longer than an even share are cut', async ({ steps }) => {
  await steps.write([
    ...Array.from({ length: 90 }, () => 'short'),
    ...Array.from({ length: 10 }, () => WORST),
  ]);
  const { bytes, body } = await steps.page('?limit=100');
  expect(bytes).toBeLessThanOrEqual(MIB);
  const cut = body.data.map((post: { contentTruncated?: true }) => post.contentTruncated ?? false);
  expect(cut).toEqual([
    ...Array.from({ length: 90 }, () => false),
    ...Array.from({ length: 10 }, () => true),
  ]);
  expect(body.data[0].content).toBe('short');
});

it('a page that fits shows every content whole, as it was sent', async ({ steps }) => {
  const content = `${'word '.repeat(1_200)}"\\\n`;
  await steps.write(Array.from({ length: 100 }, () => content));
  const { body } = await steps.page('?limit=100');
  expect(new Set(body.data.map((post: { content: string }) => post.content))).toEqual(new Set([content]));
  expect(body.data.every((post: object) => !('contentTruncated' in post))).toBe(true);
});
