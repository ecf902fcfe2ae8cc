import { expect, it } from 'vitest';
import { threadsOf } from './threads-of.ts';

/** A server with threads, of which some are unread, in pages of two. */
function serverOf(all: readonly string[], unread: readonly string[]) {
  const asked: string[] = [];
  const call = async (_: string, { query }: { query: { cursor?: string; unread?: string } }) => {
    const list = query.unread ? unread : all;
    const from = Number(query.cursor ?? 0);
    asked.push(`${query.unread ? 'unread' : 'all'} ${from}`);
    const data = list.slice(from, from + 2).map((id) => ({ thread: { id } }));
    return { data, nextCursor: from + 2 < list.length ? String(from + 2) : null };
  };
  return { asked, client: { call } as unknown as Parameters<typeof threadsOf>[0] };
}

async function pagesOf({ client }: ReturnType<typeof serverOf>): Promise<string[][]> {
  const load = threadsOf(client);
  const pages: string[][] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    // One page after the other.
    // oxlint-disable-next-line no-await-in-loop
    const page = await load(cursor);
    pages.push(page.data.map(({ thread }) => thread.id));
    cursor = page.nextCursor;
  }
  return pages;
}

it.for([
  [[], [], [[]]],
  [['a', 'b', 'c'], [], [['a', 'b'], ['c']]],
  [
    ['a', 'b', 'c', 'd'],
    ['b', 'd', 'c'],
    [['b', 'd'], ['c', 'a'], []],
  ],
  [
    ['a', 'b', 'c', 'd', 'e'],
    ['a', 'b'],
    [['a', 'b', 'c', 'd'], ['e']],
  ],
] as const)(
  'of %j, with %j unread, shows each once, the unread ones first',
  async ([all, unread, expected]) => {
    expect(await pagesOf(serverOf(all, unread))).toEqual(expected);
  },
);
