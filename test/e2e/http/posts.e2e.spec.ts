import { describe, expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';

const UUIDV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const it = apiTest.extend('steps', PER_FILE, ({ server, owner }) => ({
  write: (body: object = {}) =>
    server.call('POST', '/posts', {
      token: owner.token,
      body: { title: 'Title', content: 'Content', ...body },
    }),
  get: (id: string) => server.call('GET', `/posts/${id}`, { token: owner.token }),
  patch: (id: string, body: object) => server.call('PATCH', `/posts/${id}`, { token: owner.token, body }),
}));

describe('POST /posts', () => {
  it('answers 201 with exactly the fields of a post, public by default', async ({ steps, owner }) => {
    const { status, body } = await steps.write({ title: ' Déjà "vu" ', content: '👩‍👩‍👧\r\n' });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(UUIDV7),
      ownerId: owner.id,
      ownerDisplayName: 'Ada',
      title: ' Déjà "vu" ',
      content: '👩‍👩‍👧\r\n',
      visibility: 'public',
      createdAt: expect.stringMatching(INSTANT),
      updatedAt: body.createdAt,
    });
    expect(await steps.get(body.id)).toMatchObject({ status: 200, body });
  });

  it.for(['public', 'private'])('writes a %s one', async (visibility, { steps }) => {
    const { status, body } = await steps.write({ visibility });
    expect({ status, visibility: body.visibility }).toEqual({ status: 201, visibility });
  });
});

describe('PATCH /posts/:id', () => {
  it.for([
    { title: 'New' },
    { content: 'New' },
    { visibility: 'private' },
    { title: 'New', content: 'Too', visibility: 'private' },
  ])('changes what %j names, and moves updatedAt', async (changes, { steps }) => {
    const { body: before } = await steps.write();
    const { status, body: after } = await steps.patch(before.id, changes);
    expect(status).toBe(200);
    expect(after).toEqual({ ...before, ...changes, updatedAt: expect.stringMatching(INSTANT) });
    expect(Date.parse(after.updatedAt)).toBeGreaterThan(Date.parse(before.updatedAt));
    expect((await steps.get(before.id)).body).toEqual(after);
  });
});

describe('DELETE /posts/:id', () => {
  it('answers 204 without a body; then the post is nowhere', async ({ steps, server, owner }) => {
    const { body: post } = await steps.write();
    const deleted = await server.call('DELETE', `/posts/${post.id}`, { token: owner.token });
    expect(deleted).toMatchObject({ status: 204, body: undefined });
    expect(await steps.get(post.id)).toMatchObject({ status: 404, body: { code: 'POST_NOT_FOUND' } });
    const { body: page } = await server.call('GET', '/posts?limit=100');
    expect(page.data.map(({ id }: { id: string }) => id)).not.toContain(post.id);
  });
});

it('takes the id in either case', async ({ steps }) => {
  const { body } = await steps.write();
  expect((await steps.get(body.id.toUpperCase())).body).toEqual(body);
});

it('shows the present name of the owner, also after the account was deleted', async ({
  steps,
  server,
  owner,
}) => {
  const { body: post } = await steps.write();
  await server.database.query(`update users set display_name = 'Deleted user' where id = $1`, [owner.id]);
  expect((await server.call('GET', `/posts/${post.id}`)).body).toEqual({
    ...post,
    ownerDisplayName: 'Deleted user',
  });
  const { body: page } = await server.call('GET', '/posts?limit=1');
  expect(page.data[0].ownerDisplayName).toBe('Deleted user');
});
