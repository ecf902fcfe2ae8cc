import { randomUUIDv7 } from 'node:crypto';
import { SessionRevokedError } from '../../src/arch/common/domain/errors/session-revoked.error.js';
import type {
  PostPage,
  PostRepositoryPort,
} from '../../src/arch/modules/posts/application/ports/post-repository.port.js';
import { PostNotFoundError } from '../../src/arch/modules/posts/domain/errors/post-not-found.error.js';
import type { PostChanges, PostDraft } from '../../src/arch/modules/posts/domain/models/post-draft.model.js';
import type { Post } from '../../src/arch/modules/posts/domain/models/post.model.js';

type StoredPost = Omit<Post, 'ownerDisplayName'>;

export class PostRepositoryFake implements PostRepositoryPort {
  readonly stored = new Map<string, StoredPost>();
  /** Accounts that are deleted. */
  readonly deleted = new Set<string>();

  /** @param users by id */
  constructor(readonly users: Map<string, { displayName: string }> = new Map()) {}

  async create(draft: PostDraft): Promise<Post> {
    this.requireActive(draft.ownerId);
    const now = new Date();
    return this.store({ id: randomUUIDv7(), ...draft, createdAt: now, updatedAt: now });
  }

  async findById(id: string): Promise<Post | null> {
    const found = this.stored.get(id);
    return found ? this.toPost(found) : null;
  }

  async findPublic(page: number, limit: number): Promise<PostPage> {
    return this.page(({ visibility }) => visibility === 'public', page, limit);
  }

  async findVisibleTo(readerId: string, page: number, limit: number): Promise<PostPage> {
    const visible = (post: StoredPost) => post.visibility === 'public' || post.ownerId === readerId;
    return this.page(visible, page, limit);
  }

  async update(id: string, ownerId: string, changes: PostChanges): Promise<Post> {
    this.requireActive(ownerId);
    const before = this.own(id, ownerId);
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const updatedAt = new Date(Math.max(Date.now(), before.updatedAt.getTime() + 1));
    return this.store({ ...before, ...given, updatedAt });
  }

  async delete(id: string, ownerId: string): Promise<void> {
    this.stored.delete(this.own(id, ownerId).id);
  }

  async deletePrivateOf(ownerId: string): Promise<void> {
    for (const post of this.stored.values()) {
      if (post.ownerId === ownerId && post.visibility === 'private') this.stored.delete(post.id);
    }
  }

  private requireActive(ownerId: string): void {
    if (this.deleted.has(ownerId)) throw new SessionRevokedError();
  }

  private own(id: string, ownerId: string): StoredPost {
    const found = this.stored.get(id);
    if (found?.ownerId !== ownerId) throw new PostNotFoundError();
    return found;
  }

  private store(post: StoredPost): Post {
    this.stored.set(post.id, post);
    return this.toPost(post);
  }

  private page(visible: (post: StoredPost) => boolean, page: number, limit: number): PostPage {
    const all = [...this.stored.values()]
      .filter(visible)
      .toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1));
    const data = all.slice((page - 1) * limit, page * limit).map((post) => this.toPost(post));
    return { data, total: all.length };
  }

  private toPost(post: StoredPost): Post {
    const owner = this.users.get(post.ownerId);
    if (!owner) throw new Error(`There is no user ${post.ownerId}.`);
    return { ...post, ownerDisplayName: owner.displayName };
  }
}
