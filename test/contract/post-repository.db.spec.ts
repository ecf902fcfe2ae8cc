import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
    deleteAccount: async (userId) => void posts.deleted.add(userId),
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
    deleteAccount: change('update users set deleted_at = now() where id = $1'),
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

describe('while the account of the owner is being deleted', () => {
  let postgres: TestDatabase;
  let database: Database;
  let posts: PostRepositoryAdapter;
  let owner: string;

  beforeAll(async () => {
    postgres = await TestDatabase.create();
    database = new Database(postgres.connection, 4);
    posts = new PostRepositoryAdapter(database);
  });
  afterAll(async () => {
    await database.onApplicationShutdown();
    await postgres.drop();
  });

  const DELETE_ACCOUNT = 'update users set deleted_at = now() where id = $1';
  const writes: [string, (publicId: string) => Promise<unknown>][] = [
    ['a creation', () => posts.create({ ownerId: owner, title: '', content: '', visibility: 'private' })],
    ['an update', (publicId) => posts.update(publicId, owner, { visibility: 'private' })],
  ];

  /** Answers the id of a public post of a new owner. */
  async function publish(): Promise<string> {
    const [user] = await postgres.query<{ id: string }>(
      `insert into users (email, password_hash, display_name) values (gen_random_uuid() || '@b.c', '', 'Ada') returning id`,
    );
    owner = String(user?.id);
    const { id } = await posts.create({ ownerId: owner, title: '', content: '', visibility: 'public' });
    return id;
  }

  /** Begins a transaction, and returns a function that ends it. */
  async function begin(work: () => Promise<unknown>): Promise<() => Promise<void>> {
    const [began, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const ended = database.runInTransaction(async () => {
      await work();
      began.resolve();
      await end.promise;
    });
    await Promise.race([began.promise, ended]);
    return () => {
      end.resolve();
      return ended;
    };
  }

  /** Resolves when a statement waits for a lock. */
  const waits = () =>
    expect
      .poll(
        () =>
          postgres.query(
            `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          ),
        { interval: 5, timeout: 5_000 },
      )
      .toHaveLength(1);

  it.each(writes)('%s that has begun before holds it up, and is erased after it', async (_, write) => {
    const publicId = await publish();
    const commit = await begin(() => write(publicId));
    const deletion = postgres.query(DELETE_ACCOUNT, [owner]);
    await waits();
    await Promise.all([commit(), deletion]);
    await posts.deletePrivateOf(owner);
    expect(await postgres.query(`select from posts where visibility = 'private'`)).toEqual([]);
  });

  it.each(writes)('%s that has begun after it waits, and is refused', async (_, write) => {
    const publicId = await publish();
    const commit = await begin(() => database.execute({ text: DELETE_ACCOUNT, values: [owner] }));
    const outcome = Promise.allSettled([write(publicId)]);
    await waits();
    await commit();
    expect(await outcome).toMatchObject([{ status: 'rejected', reason: { code: 'SESSION_REVOKED' } }]);
    expect(await postgres.query(`select from posts where visibility = 'private'`)).toEqual([]);
  });
});
