import { describe, expect } from 'vitest';
import type { ApiAnswer } from '../../support/api.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';

const it = apiTest
  .extend(
    'write',
    PER_FILE,
    ({ server, owner }) =>
      (body: object) =>
        server.call('POST', '/posts', {
          token: owner.token,
          body: { title: 'Title', content: 'Content', ...body },
        }),
  )
  .extend('id', PER_FILE, async ({ write }) => (await write({})).body.id)
  .extend('steps', PER_FILE, ({ server, id, owner }) => ({
    patch: (body: unknown) => server.call('PATCH', `/posts/${id}`, { token: owner.token, body }),
  }));

/** The status, the code, and the refused fields. */
const refused = ({ status, body }: ApiAnswer) => {
  const fields = new Set(body.details.map(({ path }: { path: string }) => path));
  return [status, body.code, ...fields].join(' ');
};

describe.each([
  ['title', 255],
  ['content', 20_000],
])('%s', (field, maximum) => {
  it(`takes ${maximum} code points, however many bytes they are, and gives them back`, async ({
    steps,
    write,
  }) => {
    for (const text of ['x'.repeat(maximum), '👋'.repeat(maximum), 'x']) {
      const created = await write({ [field]: text });
      expect([created.status, created.body[field as 'title'] === text]).toEqual([201, true]);
      const changed = await steps.patch({ [field]: text });
      expect([changed.status, changed.body[field as 'title'] === text]).toEqual([200, true]);
    }
  });

  it.for([
    ['one code point more', 'x'.repeat(maximum + 1)],
    ['one emoji more', '👋'.repeat(maximum + 1)],
    ['nothing', ''],
    ['blanks', ' \t\r\n\u00a0\u2003'],
    ['invisible characters', '\u200b\u2060\ufe0f'],
    ['U+0000', 'a\0b'],
    ['a lone surrogate', 'a\ud83db'],
    ['null', null],
    ['a number', 1],
    ['a list', ['text']],
  ] as const)('refuses %s', async ([_label, value], { steps, write }) => {
    expect(refused(await write({ [field]: value }))).toBe(`400 VALIDATION_FAILED ${field}`);
    expect(refused(await steps.patch({ [field]: value }))).toBe(`400 VALIDATION_FAILED ${field}`);
  });

  it('is not optional in a new post', async ({ write }) => {
    expect(refused(await write({ [field]: undefined }))).toBe(`400 VALIDATION_FAILED ${field}`);
  });
});

it.for([
  ['a line break', 'a\nb'],
  ['a control character', 'a\u001bb'],
  ['a turn of direction', 'a\u202eb'],
] as const)('%s may be in the content, and not in the title', async ([_label, value], { steps, write }) => {
  expect(refused(await write({ title: value }))).toBe('400 VALIDATION_FAILED title');
  expect(refused(await steps.patch({ title: value }))).toBe('400 VALIDATION_FAILED title');
  expect((await write({ content: value })).body.content).toBe(value);
});

it.for(['', 'PUBLIC', 'secret', null, true])(
  'refuses %j as a visibility',
  async (visibility, { steps, write }) => {
    expect(refused(await write({ visibility }))).toBe('400 VALIDATION_FAILED visibility');
    expect(refused(await steps.patch({ visibility }))).toBe('400 VALIDATION_FAILED visibility');
  },
);

it.for(['id', 'ownerId', 'ownerDisplayName', 'createdAt', 'updatedAt', 'anything'])(
  'refuses the unknown field %s',
  async (field, { steps, write }) => {
    expect(refused(await write({ [field]: 'x' }))).toMatch(/^400 VALIDATION_FAILED/);
    expect(refused(await steps.patch({ title: 'New', [field]: 'x' }))).toMatch(/^400 VALIDATION_FAILED/);
  },
);

it.for(['{}', '[]', 'null', '"text"', '1'])('refuses the change %s', async (json, { steps }) => {
  expect(refused(await steps.patch(JSON.parse(json)))).toMatch(/^400 VALIDATION_FAILED/);
});

it.for(['PATCH', 'POST'])('refuses a %s without a body', async (method, { server, id, owner }) => {
  const { status, body } = await server.call(method, method === 'POST' ? '/posts' : `/posts/${id}`, {
    token: owner.token,
  });
  expect({ status, code: body.code }).toEqual({ status: 400, code: 'VALIDATION_FAILED' });
});

it('changed nothing by all that it refused', async ({ steps, server, id }) => {
  const before = (await server.call('GET', `/posts/${id}`)).body;
  await steps.patch({ title: 'New', content: '' });
  await steps.patch({ title: 'New', anything: 1 });
  expect((await server.call('GET', `/posts/${id}`)).body).toEqual(before);
});
