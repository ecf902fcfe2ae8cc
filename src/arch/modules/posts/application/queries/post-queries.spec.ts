import { beforeEach, describe, expect, it } from 'vitest';
import { PostRepositoryFake } from '../../../../../../test/fakes/post-repository.fake.js';
import type { Post } from '../../domain/models/post.model.js';
import { GetPostByIdHandler, GetPostByIdQuery } from './get-post-by-id.query.js';
import { ListPostsHandler, ListPostsQuery } from './list-posts.query.js';

let posts: PostRepositoryFake;
let open: Post;
let secret: Post;

beforeEach(async () => {
  posts = new PostRepositoryFake(new Map([['ada', { displayName: 'Ada' }]]));
  open = await posts.create({ ownerId: 'ada', title: 'Open', content: 'All', visibility: 'public' });
  secret = await posts.create({ ownerId: 'ada', title: 'Secret', content: 'Me', visibility: 'private' });
});

const get = (id: string, reader?: string) =>
  new GetPostByIdHandler(posts).execute(new GetPostByIdQuery(id, reader));

const list = async (page: number, limit: number, reader?: string) => {
  const { data, total } = await new ListPostsHandler(posts).execute(new ListPostsQuery(page, limit, reader));
  return { titles: data.map(({ title }) => title).toSorted(), total };
};

describe('GetPostById', () => {
  it.each([undefined, 'bob', 'ada'])('gives a public post to %s', async (reader) => {
    expect(await get(open.id, reader)).toEqual(open);
  });

  it('gives a private post to its owner alone', async () => {
    expect(await get(secret.id, 'ada')).toEqual(secret);
    await expect(get(secret.id, 'bob')).rejects.toMatchObject({ code: 'FORBIDDEN_POST_ACCESS' });
    await expect(get(secret.id)).rejects.toMatchObject({ code: 'FORBIDDEN_POST_ACCESS' });
  });

  it.each([undefined, 'ada'])('finds no unknown post for %s', async (reader) => {
    await expect(get('unknown', reader)).rejects.toMatchObject({ code: 'POST_NOT_FOUND' });
  });
});

describe('ListPosts', () => {
  it.each([undefined, 'bob'])('shows %s what is public', async (reader) => {
    expect(await list(1, 20, reader)).toEqual({ titles: ['Open'], total: 1 });
  });

  it('shows the owner the private ones too', async () => {
    expect(await list(1, 20, 'ada')).toEqual({ titles: ['Open', 'Secret'], total: 2 });
  });

  it('requests the given page', async () => {
    expect(await list(2, 1)).toEqual({ titles: [], total: 1 });
    expect((await list(2, 1, 'ada')).titles).toHaveLength(1);
    expect((await list(3, 1, 'ada')).titles).toHaveLength(0);
  });
});
