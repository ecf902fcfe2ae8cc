import { beforeEach, expect, it } from 'vitest';
import { PostRepositoryFake } from '../../../../../../test/fakes/post-repository.fake.js';
import type { PostChanges } from '../../domain/models/post-draft.model.js';
import type { Post, PostVisibility } from '../../domain/models/post.model.js';
import { UpdatePostCommand, UpdatePostHandler } from './update-post.command.js';

let posts: PostRepositoryFake;

beforeEach(() => {
  posts = new PostRepositoryFake(new Map([['ada', { displayName: 'Ada' }]]));
});

const write = (visibility: PostVisibility = 'public') =>
  posts.create({ ownerId: 'ada', title: 'Title', content: 'Content', visibility });
const update = (id: string, requester: string, changes: PostChanges, repository = posts) =>
  new UpdatePostHandler(repository).execute(new UpdatePostCommand(id, requester, changes));

it('changes what is given and moves updatedAt', async () => {
  const before = await write();
  const after = await update(before.id, 'ada', { title: 'New', visibility: 'private' });
  expect(after).toEqual({ ...before, title: 'New', visibility: 'private', updatedAt: after.updatedAt });
  expect(after.updatedAt.getTime()).toBeGreaterThan(before.updatedAt.getTime());
  expect(await posts.findById(before.id)).toEqual(after);
});

it.each(['public', 'private'] as const)('refuses a stranger, with a %s post too', async (visibility) => {
  const before = await write(visibility);
  await expect(update(before.id, 'bob', { title: 'New' })).rejects.toMatchObject({
    code: 'FORBIDDEN_POST_ACCESS',
  });
  expect(await posts.findById(before.id)).toEqual(before);
});

it('refuses an unknown post', async () => {
  await expect(update('unknown', 'ada', { title: 'New' })).rejects.toMatchObject({ code: 'POST_NOT_FOUND' });
});

it.each([{}, { title: '' }, { content: 'x'.repeat(20_001) }])(
  'refuses invalid fields before it reads the post',
  async (changes) => {
    await expect(update('unknown', 'ada', changes)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  },
);

it('finds nothing when the post went between the check and the write', async () => {
  class PostsOfAMomentAgo extends PostRepositoryFake {
    override async findById(id: string): Promise<Post | null> {
      const found = await super.findById(id);
      this.stored.delete(id);
      return found;
    }
  }
  const vanishing = new PostsOfAMomentAgo(posts.users);
  const { id } = await vanishing.create({ ownerId: 'ada', title: 'T', content: 'C', visibility: 'public' });
  await expect(update(id, 'ada', { title: 'New' }, vanishing)).rejects.toMatchObject({
    code: 'POST_NOT_FOUND',
  });
});
