import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { and, eq, sql } from 'drizzle-orm';
import { Database, type Session } from '../../../../common/infrastructure/database/database.js';
import { posts } from '../../../../common/infrastructure/database/schema.js';
import type { PostPage, PostRepositoryPort } from '../../application/ports/post-repository.port.js';
import { PostNotFoundError } from '../../domain/errors/post-not-found.error.js';
import type { PostChanges, PostDraft } from '../../domain/models/post-draft.model.js';
import type { Post } from '../../domain/models/post.model.js';
import { type PageRow, selectPage, toPage } from './post-page.statements.js';

/** Written in SQL: in a RETURNING clause, Drizzle would name the columns without their tables. */
const ownerDisplayName = sql<string>`(select display_name from user_profiles where user_profiles.id = posts.owner_id)`;
/** An allow-list: a new column is not read until it is named here. */
const columns = {
  id: posts.id,
  ownerId: posts.ownerId,
  ownerDisplayName,
  title: posts.title,
  content: posts.content,
  visibility: posts.visibility,
  createdAt: posts.createdAt,
  updatedAt: posts.updatedAt,
};

const selectById = (db: Session) =>
  db
    .select(columns)
    .from(posts)
    .where(eq(posts.id, sql.placeholder('id')))
    .prepare('post_by_id');

@Injectable()
export class PostRepositoryAdapter implements PostRepositoryPort {
  private readonly byId;

  constructor(private readonly database: Database) {
    this.byId = database.prepare(selectById);
  }

  async create(draft: PostDraft): Promise<Post> {
    const [created] = await this.database.query((db) =>
      db
        .insert(posts)
        .values({ id: randomUUIDv7(), ...draft })
        .returning(columns),
    );
    return created as Post;
  }

  async findById(id: string): Promise<Post | null> {
    const [found] = await this.byId({ id });
    return found ?? null;
  }

  async findPublic(page: number, limit: number): Promise<PostPage> {
    return toPage(await this.database.execute<PageRow>(selectPage(null, page, limit)));
  }

  async findVisibleTo(readerId: string, page: number, limit: number): Promise<PostPage> {
    return toPage(await this.database.execute<PageRow>(selectPage(readerId, page, limit)));
  }

  async update(id: string, ownerId: string, changes: PostChanges): Promise<Post> {
    // A JavaScript date has milliseconds: two changes within one must be distinguishable.
    const updatedAt = sql`greatest(now(), ${posts.updatedAt} + interval '1 millisecond')`;
    const [updated] = await this.database.query((db) =>
      db
        .update(posts)
        .set({ ...changes, updatedAt })
        .where(ownPost(id, ownerId))
        .returning(columns),
    );
    if (!updated) throw new PostNotFoundError();
    return updated;
  }

  async delete(id: string, ownerId: string): Promise<void> {
    const deleted = await this.database.query((db) =>
      db.delete(posts).where(ownPost(id, ownerId)).returning({ id: posts.id }),
    );
    if (deleted.length === 0) throw new PostNotFoundError();
  }

  async deletePrivateOf(ownerId: string): Promise<void> {
    await this.database.query((db) =>
      db.delete(posts).where(and(eq(posts.ownerId, ownerId), eq(posts.visibility, 'private'))),
    );
  }
}

/** The write itself checks the owner. */
function ownPost(id: string, ownerId: string) {
  return and(eq(posts.id, id), eq(posts.ownerId, ownerId));
}
