import { beforeEach, expect, it } from 'vitest';
import { PostRepositoryFake } from '../../../../../../test/fakes/post-repository.fake.js';
import type { PostVisibility } from '../../domain/models/post.model.js';
import { DeletePostCommand, DeletePostHandler } from './delete-post.command.js';

let posts: PostRepositoryFake;

beforeEach(() => {
  posts = new PostRepositoryFake(new Map([['ada', { displayName: 'Ada' }]]));
});

const write = (visibility: PostVisibility = 'public') =>
  posts.create({ ownerId: 'ada', title: 'Title', content: 'Content', visibility });
const remove = (id: string, requester: string) =>
  new DeletePostHandler(posts).execute(new DeletePostCommand(id, requester));

it('deletes the post and leaves the others', async () => {
  const [gone, kept] = [await write(), await write()];
  await remove(gone.id, 'ada');
  expect([...posts.stored.keys()]).toEqual([kept.id]);
});

it.each(['public', 'private'] as const)('refuses a stranger, with a %s post too', async (visibility) => {
  const { id } = await write(visibility);
  await expect(remove(id, 'bob')).rejects.toMatchObject({ code: 'FORBIDDEN_POST_ACCESS' });
  expect(posts.stored.has(id)).toBe(true);
});

it('refuses a post that is unknown, or deleted already', async () => {
  await expect(remove('unknown', 'ada')).rejects.toMatchObject({ code: 'POST_NOT_FOUND' });
  const { id } = await write();
  await remove(id, 'ada');
  await expect(remove(id, 'ada')).rejects.toMatchObject({ code: 'POST_NOT_FOUND' });
});

it('of ten parallel deletions one succeeds', async () => {
  const { id } = await write();
  const settled = await Promise.allSettled(Array.from({ length: 10 }, () => remove(id, 'ada')));
  expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});
