import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type {
  PostPage,
  PostRepositoryPort,
} from '../../src/arch/modules/posts/application/ports/post-repository.port.js';
import { PostNotFoundError } from '../../src/arch/modules/posts/domain/errors/post-not-found.error.js';
import type { PostDraft } from '../../src/arch/modules/posts/domain/models/post-draft.model.js';

/** The port of the contract, and what its tests need in addition. */
export interface PostSubject {
  readonly posts: PostRepositoryPort;
  /** Returns the new user's id. */
  signUp(displayName: string): Promise<string>;
  /** Marks an account as deleted. */
  deleteAccount(userId: string): Promise<void>;
  rename(userId: string, displayName: string): Promise<void>;
  setCreatedAt(id: string, createdAt: Date): Promise<void>;
  /** Deletes all posts. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

const idsOf = (data: readonly { id: string }[]) => data.map(({ id }) => id);

/** Pages 1 to 4 of two posts each, and the last page number that is allowed. */
const pagesOfTwo = (find: (page: number, limit: number) => Promise<PostPage>) =>
  Promise.all([1, 2, 3, 4, Number.MAX_SAFE_INTEGER].map((page) => find(page, 2)));

export function describePostRepositoryContract(name: string, makeSubject: () => Promise<PostSubject>): void {
  describe(`PostRepositoryPort on ${name}`, () => {
    let subject: PostSubject;
    let posts: PostRepositoryPort;
    let owner: string;
    let other: string;

    beforeAll(async () => {
      subject = await makeSubject();
      posts = subject.posts;
      other = await subject.signUp('Other');
    });
    beforeEach(async () => {
      await subject.clear();
      owner = await subject.signUp('Ada');
    });
    afterAll(() => subject.close());

    const write = (draft: Partial<PostDraft> = {}) =>
      posts.create({ ownerId: owner, title: 'Title', content: 'Content', visibility: 'public', ...draft });

    /** Returns the ids, the newest first. */
    async function writeMany(count: number): Promise<string[]> {
      const ids: string[] = [];
      for (let n = 0; n < count; n += 1) {
        const { id } = await write({ title: String(n) });
        await subject.setCreatedAt(id, new Date(Date.UTC(2026, 0, 31) + n));
        ids.unshift(id);
      }
      return ids;
    }

    it('creates a post with the name of its owner and finds it again, every character of it', async () => {
      const draft = {
        ownerId: owner,
        title: ' Déjà "vu" 👩‍👩‍👧',
        content: 'One\r\n two \u2028',
        visibility: 'private',
      };
      const created = await write(draft as PostDraft);
      expect(created).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
        ...draft,
        ownerDisplayName: 'Ada',
        createdAt: expect.any(Date),
        updatedAt: created.createdAt,
      });
      expect(await posts.findById(created.id)).toEqual(created);
    });

    it('holds 255 code points of title and 20,000 of content', async () => {
      const long = await write({ title: '👋'.repeat(255), content: '👋'.repeat(20_000) });
      expect(await posts.findById(long.id)).toEqual(long);
    });

    it('finds nothing under an unknown id', async () => {
      expect(await posts.findById(randomUUID())).toBeNull();
    });

    it('shows the present name of the owner', async () => {
      const { id } = await write();
      await subject.rename(owner, 'Deleted user');
      expect((await posts.findById(id))?.ownerDisplayName).toBe('Deleted user');
      expect((await posts.findPublic(1, 20)).data[0]?.ownerDisplayName).toBe('Deleted user');
      expect((await posts.findVisibleTo(owner, 1, 20)).data[0]?.ownerDisplayName).toBe('Deleted user');
      expect((await posts.update(id, owner, { title: 'New' })).ownerDisplayName).toBe('Deleted user');
    });

    it('lists public posts for everybody, private ones for their owner only', async () => {
      const open = await write();
      const secret = await write({ visibility: 'private' });
      const byOther = await write({ ownerId: other, visibility: 'private' });
      expect(await posts.findPublic(1, 20)).toEqual({ data: [open], total: 1 });
      expect(await posts.findVisibleTo(randomUUID(), 1, 20)).toEqual({ data: [open], total: 1 });
      const mine = await posts.findVisibleTo(owner, 1, 20);
      expect(mine.total).toBe(2);
      expect(mine.data).toHaveLength(2);
      expect(mine.data).toEqual(expect.arrayContaining([open, secret]));
      expect((await posts.findVisibleTo(other, 1, 20)).data).toEqual(expect.arrayContaining([open, byOther]));
    });

    it('cuts exact pages, newest first', async () => {
      const ids = await writeMany(5);
      const expected = [ids.slice(0, 2), ids.slice(2, 4), ids.slice(4), [], []];
      const open = await pagesOfTwo((page, limit) => posts.findPublic(page, limit));
      expect(open.map(({ data }) => idsOf(data))).toEqual(expected);
      expect(open.map(({ total }) => total)).toEqual([5, 5, 5, 5, 5]);
      const mine = await pagesOfTwo((page, limit) => posts.findVisibleTo(owner, page, limit));
      expect(mine).toEqual(open);
    });

    it('orders posts of one instant by id, so that none is on two pages', async () => {
      const ids = await writeMany(6);
      await Promise.all(ids.map((id) => subject.setCreatedAt(id, new Date(0))));
      const pages = await Promise.all([1, 2, 3].map((page) => posts.findPublic(page, 2)));
      expect(pages.flatMap(({ data }) => idsOf(data))).toEqual(ids.toSorted().toReversed());
    });

    it('counts and shows the same instant while others write', async () => {
      const writing = Promise.all(Array.from({ length: 40 }, () => write()));
      const pages = Promise.all(
        Array.from({ length: 40 }, (_, n) =>
          n % 2 === 0 ? posts.findPublic(1, 100) : posts.findVisibleTo(owner, 1, 100),
        ),
      );
      await writing;
      for (const { data, total } of await pages) expect(data).toHaveLength(total);
    });

    it('counts nothing when there is nothing', async () => {
      expect(await posts.findPublic(1, 20)).toEqual({ data: [], total: 0 });
      expect(await posts.findVisibleTo(owner, 1, 20)).toEqual({ data: [], total: 0 });
    });

    it.each([
      { title: 'New' },
      { content: 'New' },
      { visibility: 'private' as const },
      { title: 'New', content: undefined },
    ])('changes what %j names and nothing else', async (changes) => {
      const before = await write();
      const after = await posts.update(before.id, owner, changes);
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      expect(after).toEqual({ ...before, ...given, updatedAt: after.updatedAt });
      expect(await posts.findById(before.id)).toEqual(after);
    });

    it('moves updatedAt at every change, however fast they follow', async () => {
      const { id, updatedAt } = await write();
      const changed = await Promise.all(
        Array.from({ length: 20 }, () => posts.update(id, owner, { title: 'Same' })),
      );
      const instants = new Set([updatedAt, ...changed.map((post) => post.updatedAt)].map(Number));
      expect(instants.size).toBe(21);
      expect(Math.min(...instants)).toBe(updatedAt.getTime());
    });

    it('does not move a post in the list by changing it', async () => {
      const ids = await writeMany(2);
      await posts.update(String(ids[1]), owner, { title: 'New' });
      expect(idsOf((await posts.findPublic(1, 20)).data)).toEqual(ids);
    });

    it('changes and deletes no post of another user', async () => {
      const post = await write();
      await expect(posts.update(post.id, other, { title: 'Mine' })).rejects.toThrow(PostNotFoundError);
      await expect(posts.delete(post.id, other)).rejects.toThrow(PostNotFoundError);
      expect(await posts.findById(post.id)).toEqual(post);
    });

    it('stores nothing for an account that is deleted, and leaves what is stored as it is', async () => {
      const post = await write();
      await subject.deleteAccount(owner);
      const refusal = { code: 'SESSION_REVOKED' };
      await expect(write({ visibility: 'private' })).rejects.toMatchObject(refusal);
      await expect(posts.update(post.id, owner, { visibility: 'private' })).rejects.toMatchObject(refusal);
      expect(await posts.findVisibleTo(owner, 1, 20)).toEqual({ data: [post], total: 1 });
    });

    it('deletes one post, once', async () => {
      const [kept, gone] = await Promise.all([write(), write()]);
      const outcomes = await Promise.allSettled([1, 2, 3].map(() => posts.delete(gone.id, owner)));
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(refused).toHaveLength(2);
      for (const { reason } of refused) expect(reason).toBeInstanceOf(PostNotFoundError);
      expect(await posts.findPublic(1, 20)).toEqual({ data: [kept], total: 1 });
      await expect(posts.update(gone.id, owner, { title: 'New' })).rejects.toThrow(PostNotFoundError);
    });

    it('deletes the private posts of one owner, of which there may be none', async () => {
      const { id } = await write();
      // The two posts have different times: otherwise either could be first.
      await subject.setCreatedAt(id, new Date(Date.UTC(2026, 0, 31)));
      const shown = await posts.findById(id);
      await write({ visibility: 'private' });
      const others = await write({ ownerId: other, visibility: 'private' });
      await posts.deletePrivateOf(owner);
      await posts.deletePrivateOf(owner);
      expect(await posts.findVisibleTo(owner, 1, 20)).toEqual({ data: [shown], total: 1 });
      expect(await posts.findVisibleTo(other, 1, 20)).toEqual({ data: [others, shown], total: 2 });
    });
  });
}
