import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { and, eq, not, sql } from 'drizzle-orm';
import { SessionRevokedError } from '../../../../common/domain/errors/session-revoked.error.js';
import { Database, type Session } from '../../../../common/infrastructure/database/database.js';
import { posts, userProfiles } from '../../../../common/infrastructure/database/schema.js';
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

/** The account of an owner, unless it is deleted. */
const activeOwner = (db: Session, ownerId: string) =>
  db
    .select({ id: userProfiles.id })
    .from(userProfiles)
    .where(and(eq(userProfiles.id, ownerId), not(userProfiles.deleted)));

/** Locks the owner's account for a write: a deletion of the account that ends later sees what is written. */
const lockedOwner = (db: Session, ownerId: string) =>
  db.$with('owner').as(activeOwner(db, ownerId).for('share'));

@Injectable()
export class PostRepositoryAdapter implements PostRepositoryPort {
  private readonly byId;

  constructor(private readonly database: Database) {
    this.byId = database.prepare(selectById);
  }

  async create(draft: PostDraft): Promise<Post> {
    const { ownerId, title, content, visibility } = draft;
    const [created] = await this.database.query((db) => {
      const owner = lockedOwner(db, ownerId);
      const row = db
        .select({
          id: sql`${randomUUIDv7()}`.as('id'),
          ownerId: owner.id,
          title: sql`${title}`.as('title'),
          content: sql`${content}`.as('content'),
          visibility: sql`${visibility}`.as('visibility'),
          createdAt: sql`now()`.as('created_at'),
          updatedAt: sql`now()`.as('updated_at'),
        })
        .from(owner);
      return db.with(owner).insert(posts).select(row).returning(columns);
    });
    if (!created) throw new SessionRevokedError();
    return created;
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
    const [updated] = await this.database.query((db) => {
      const owner = lockedOwner(db, ownerId);
      return db
        .with(owner)
        .update(posts)
        .set({ ...changes, updatedAt })
        .from(owner)
        .where(and(ownPost(id, ownerId), eq(posts.ownerId, owner.id)))
        .returning(columns);
    });
    if (updated) return updated;
    const active = await this.database.query((db) => activeOwner(db, ownerId));
    throw active.length > 0 ? new PostNotFoundError() : new SessionRevokedError();
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
