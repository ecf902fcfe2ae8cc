import { describe, expect } from 'vitest';
import type { ApiAnswer } from '../../support/api.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { rounds } from '../../support/rounds.js';

const NAMES = [
  'Ada', 'ADAM', 'ádám', 'Adéle', 'ada', 'Bob', 'Éloïse', 'E\u0301lodie', 'Élan', 'Ångström', 'Жанна', 'жасмин',
  'Ωmega', '100% real', '100 real', 'under_score', 'underxscore', 'back\\slash', 'Zoë 🦊', 'ﬁne', "O'Neil",
]; // prettier-ignore

const it = apiTest
  .extend('seeker', PER_FILE, ({ server }) => server.signUp('~ Seeker'))
  .extend('steps', PER_FILE, ({ server, seeker }) => {
    const ask = (query: Record<string, string>) =>
      server.call('GET', `/users?${new URLSearchParams(query).toString()}`, { token: seeker.token });
    const names = async (search: string) => {
      const { status, body } = await ask({ search, limit: '100' });
      expect(status).toBe(200);
      return body.data.map(({ displayName }: { displayName: string }) => displayName);
    };
    /** Reads all pages; returns the ids of each page. */
    const walk = async (search: string, limit: number) => {
      const pages: string[][] = [];
      let cursor = '';
      for (const _ of rounds(MOST_PAGES)) {
        const { body }: ApiAnswer = await ask({
          search,
          limit: String(limit),
          ...(cursor === '' ? {} : { cursor }),
        });
        pages.push(body.data.map(({ id }: { id: string }) => id));
        if (body.nextCursor === null) break;
        cursor = body.nextCursor;
      }
      return pages;
    };

    return { ask, names, walk };
  });

it.beforeAll(async ({ server }) => {
  await server.database.query(
    `insert into users (email, password_hash, display_name)
     select gen_random_uuid() || '@test.example', 'none', unnest($1::text[])`,
    [NAMES],
  );
});

const code = ({ status, body }: ApiAnswer) => `${status} ${body.code}`;

describe('finds by prefix', () => {
  it.for<[string, string[]]>([
    ['ada', ['ADAM', 'Ada', 'ada', 'ádám']],
    ['ADA', ['ADAM', 'Ada', 'ada', 'ádám']],
    ['àDà', ['ADAM', 'Ada', 'ada', 'ádám']],
    ['adam', ['ADAM', 'ádám']],
    ['el', ['E\u0301lodie', 'Élan', 'Éloïse']],
    ['E\u0301LO', ['E\u0301lodie', 'Éloïse']],
    ['ang', ['Ångström']],
    ['\u212bng', ['Ångström']],
    ['жА', ['Жанна', 'жасмин']],
    ['ω', ['Ωmega']],
    ['zoe 🦊', ['Zoë 🦊']],
    ['fin', ['ﬁne']],
    ["o'n", ["O'Neil"]],
  ])('%s, case and accents ignored', async ([term, expected], { steps }) => {
    expect((await steps.names(term)).toSorted()).toEqual(expected.toSorted());
  });

  it.for([
    ['%', []],
    ['_', []],
    ['100%', ['100% real']],
    ['under_', ['under_score']],
    ['back\\', ['back\\slash']],
    ['\\', []],
    ['da', []],
    ["' or true --", []],
    ['x'.repeat(100), []],
    ['🦊'.repeat(100), []],
  ] as const)('%s, of which no character is a wildcard', async ([term, expected], { steps }) => {
    expect(await steps.names(term)).toEqual(expected);
  });

  it('in the order of the names as they are compared', async ({ steps }) => {
    expect((await steps.names('ad')).map((name: string) => name.toLowerCase())).toEqual([
      expect.stringMatching(/^ada$/),
      expect.stringMatching(/^ada$/),
      expect.stringMatching(/^(adam|ádám)$/),
      expect.stringMatching(/^(adam|ádám)$/),
      'adéle',
    ]);
  });
});

it('answers public profiles, to the letter', async ({ steps, server, seeker }) => {
  const { body } = await steps.ask({ search: '~ seeker' });
  const { body: shown } = await server.call('GET', `/users/${seeker.id}`);
  expect(body).toStrictEqual({ data: [shown], nextCursor: null });
});

it('never lists a deleted account', async ({ steps, server }) => {
  await server.database.query("update users set deleted_at = now() where display_name = 'Bob'");
  expect(await steps.names('bo')).toEqual([]);
});

/** Many times the number of pages that a test needs. */
const MOST_PAGES = 1_000;

const encode = (text: string | Buffer) => Buffer.from(text).toString('base64url');

describe('pages', () => {
  it.beforeAll(async ({ server }) => {
    // Many users have the same name, so that only the id orders them; one has the longest possible name.
    await server.database.query(
      `insert into users (email, password_hash, display_name)
       select gen_random_uuid() || '@test.example', 'none', 'Twin' || case when n > 7 then repeat('ﷺ', 76) else '' end
       from generate_series(1, 10) n`,
    );
  });

  it.for([1, 2, 3, 5, 10, 100])('of %i show each exactly once', async (limit, { steps }) => {
    const pages = await steps.walk('twin', limit);
    expect(pages.map((page) => page.length).slice(0, -1)).toEqual(
      Array.from({ length: Math.ceil(10 / limit) - 1 }, () => limit),
    );
    expect(pages.flat()).toHaveLength(10);
    expect(new Set(pages.flat()).size).toBe(10);
    expect(pages.flat()).toEqual((await steps.walk('twin', 100)).flat());
  });

  it('have 20 users without a limit', async ({ steps, server }) => {
    await server.database.query(
      `insert into users (email, password_hash, display_name)
       select gen_random_uuid() || '@test.example', 'none', 'Many ' || n from generate_series(1, 21) n`,
    );
    const { body } = await steps.ask({ search: 'many' });
    expect(body.data).toHaveLength(20);
    const { body: rest } = await steps.ask({ search: 'many', cursor: body.nextCursor });
    expect(rest.data).toHaveLength(1);
    expect(rest.nextCursor).toBeNull();
  });

  it.for([
    ['nonsense', 'nonsense'],
    ['a name without an id', encode('ada')],
    ['an id that is none', encode('123|ada')],
    ['an id in capitals', encode('0199D0A2-6C1E-7000-8000-000000000001|ada')],
    ['U+0000', encode('0199d0a2-6c1e-7000-8000-000000000001|a\0a')],
    [
      'bytes that are not UTF-8',
      encode(Buffer.concat([Buffer.from('0199d0a2-6c1e-7000-8000-000000000001|'), Buffer.from([0xff])])),
    ],
  ] as const)('refuse as a cursor %s', async ([_label, cursor], { steps }) => {
    expect(code(await steps.ask({ search: 'ada', cursor }))).toBe('400 CURSOR_INVALID');
  });
});

describe('refuses', () => {
  it.for([
    ['no term', {}],
    ['an empty term', { search: '' }],
    ['a term of 101 characters', { search: '🦊'.repeat(101) }],
    ['U+0000', { search: 'a\0' }],
    ['limit 0', { search: 'a', limit: '0' }],
    ['limit 101', { search: 'a', limit: '101' }],
    ['an empty cursor', { search: 'a', cursor: '' }],
    ['a cursor of 4,001 characters', { search: 'a', cursor: 'a'.repeat(4_001) }],
    ['another parameter', { search: 'a', offset: '1' }],
  ] as const)('%s', async ([_label, query], { steps }) => {
    expect(code(await steps.ask(query as Record<string, string>))).toBe('400 VALIDATION_FAILED');
  });

  it('two terms', async ({ server, seeker }) => {
    const answer = await server.call('GET', '/users?search=a&search=b', { token: seeker.token });
    expect(code(answer)).toBe('400 VALIDATION_FAILED');
  });

  it('who has no token, before anything else', async ({ server }) => {
    expect(code(await server.call('GET', '/users'))).toBe('401 TOKEN_MISSING');
  });
});
