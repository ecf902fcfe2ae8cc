import { beforeEach, expect, it } from 'vitest';
import { PostRepositoryFake } from '../../../../../../test/fakes/post-repository.fake.js';
import { CreatePostCommand, CreatePostHandler } from './create-post.command.js';

let posts: PostRepositoryFake;

beforeEach(() => {
  posts = new PostRepositoryFake(new Map([['ada', { displayName: 'Ada' }]]));
});

const create = (...args: ConstructorParameters<typeof CreatePostCommand>) =>
  new CreatePostHandler(posts).execute(new CreatePostCommand(...args));

it('stores the post of its owner', async () => {
  const post = await create('ada', 'Title', 'Content', 'private');
  expect(post).toMatchObject({
    ownerId: 'ada',
    ownerDisplayName: 'Ada',
    title: 'Title',
    content: 'Content',
    visibility: 'private',
  });
  expect(await posts.findById(post.id)).toEqual(post);
});

it('is public by default', async () => {
  expect((await create('ada', 'Title', 'Content')).visibility).toBe('public');
});

it.each([
  ['', 'Content'],
  ['Title', ' \n '],
  ['x'.repeat(256), 'Content'],
  ['Title', 'x'.repeat(20_001)],
])('stores nothing that a post cannot be', async (title, content) => {
  await expect(create('ada', title, content)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  expect(posts.stored.size).toBe(0);
});
