import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { Database } from '../../src/arch/common/infrastructure/database/database.js';
import { PostRepositoryAdapter } from '../../src/arch/modules/posts/infrastructure/adapters/post-repository.adapter.js';
import { PostRepositoryFake } from '../fakes/post-repository.fake.js';
import { TestDatabase } from '../support/test-database.js';
import { describePostRepositoryContract } from './post-repository.contract.js';

describePostRepositoryContract('the fake', async () => {
  const posts = new PostRepositoryFake();
  const rename = async (userId: string, displayName: string) => {
    posts.users.set(userId, { displayName });
  };
  return {
    posts,
    rename,
    async signUp(displayName) {
      const id = randomUUID();
      await rename(id, displayName);
      return id;
    },
    async setCreatedAt(id, createdAt) {
      const post = posts.stored.get(id);
      if (post) posts.stored.set(id, { ...post, createdAt });
    },
    clear: async () => posts.stored.clear(),
    close: async () => undefined,
  };
});

describePostRepositoryContract('PostgreSQL', async () => {
  const postgres = await TestDatabase.create();
  const database = new Database(postgres.connection, 4);
  const change =
    (statement: string) =>
    async (...values: unknown[]) => {
      await postgres.query(statement, values);
    };
  return {
    posts: new PostRepositoryAdapter(database),
    async signUp(displayName) {
      const [user] = await postgres.query<{ id: string }>(
        `insert into users (email, password_hash, display_name)
         values (gen_random_uuid() || '@test.example', 'none', $1) returning id`,
        [displayName],
      );
      return String(user?.id);
    },
    rename: change('update users set display_name = $2 where id = $1'),
    setCreatedAt: change('update posts set created_at = $2 where id = $1'),
    clear: change('delete from posts'),
    async close() {
      await database.onApplicationShutdown();
      await postgres.drop();
    },
  };
});

it('lists for nobody in particular through posts_public_view', async () => {
  const postgres = await TestDatabase.create();
  const database = new Database(postgres.connection, 1);
  const posts = new PostRepositoryAdapter(database);
  try {
    const [post] = await postgres.query<{ ownerId: string }>(
      `with owner as (insert into users (email, password_hash, display_name) values ('a@b.c', '', 'Ada') returning id)
       insert into posts (owner_id, title, content) select id, '', '' from owner returning owner_id as "ownerId"`,
    );
    expect(await posts.findPublic(1, 20)).toMatchObject({ data: [post], total: 1 });
    await postgres.query('alter view posts_public_view rename to another_view');
    await expect(posts.findPublic(1, 20)).rejects.toThrow('posts_public_view');
    expect(await posts.findVisibleTo(randomUUID(), 1, 20)).toMatchObject({ data: [post], total: 1 });
  } finally {
    await database.onApplicationShutdown();
    await postgres.drop();
  }
});
