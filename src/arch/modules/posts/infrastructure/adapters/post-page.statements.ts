import { count, desc, eq, or, sql } from 'drizzle-orm';
import type { Session } from '../../../../common/infrastructure/database/database.js';
import { posts, postsPublicView, users } from '../../../../common/infrastructure/database/schema.js';
import type { PostPage } from '../../application/ports/post-repository.port.js';
import type { PostVisibility } from '../../domain/models/post.model.js';

const publicPosts = (db: Session) =>
  db
    .select({
      id: postsPublicView.id,
      ownerId: postsPublicView.ownerId,
      ownerDisplayName: sql<string>`${postsPublicView.ownerDisplayName}`.as('owner_display_name'),
      title: postsPublicView.title,
      content: postsPublicView.content,
      visibility: sql<PostVisibility>`'public'`.as('visibility'),
      createdAt: postsPublicView.createdAt,
      updatedAt: postsPublicView.updatedAt,
    })
    .from(postsPublicView)
    .as('visible');

const postsVisibleToReader = (db: Session) =>
  db
    .select({
      id: posts.id,
      ownerId: posts.ownerId,
      ownerDisplayName: sql<string>`${users.displayName}`.as('owner_display_name'),
      title: posts.title,
      content: posts.content,
      visibility: sql<PostVisibility>`${posts.visibility}`.as('visibility'),
      createdAt: posts.createdAt,
      updatedAt: posts.updatedAt,
    })
    .from(posts)
    .innerJoin(users, eq(users.id, posts.ownerId))
    .where(or(eq(posts.visibility, 'public'), eq(posts.ownerId, sql.placeholder('readerId'))))
    .as('visible');

/** The page and the total in one statement, and so from one snapshot; the total comes with an empty page too. */
function selectPage(db: Session, visible: ReturnType<typeof publicPosts>) {
  const counted = db
    .select({ total: count().as('total') })
    .from(visible)
    .as('counted');
  const page = db
    .select()
    .from(visible)
    .orderBy(desc(visible.createdAt), desc(visible.id))
    .limit(sql.placeholder('limit'))
    .offset(sql.placeholder('offset'))
    .as('page');
  return db
    .select({ total: counted.total, post: page._.selectedFields })
    .from(counted)
    .leftJoin(page, sql`true`)
    .orderBy(desc(page.createdAt), desc(page.id));
}

export const selectPublicPage = (db: Session) => selectPage(db, publicPosts(db)).prepare('posts_public_page');
export const selectReadersPage = (db: Session) =>
  selectPage(db, postsVisibleToReader(db)).prepare('posts_readers_page');

type Row = Awaited<ReturnType<ReturnType<typeof selectPublicPage>['execute']>>[number];

export function toPage(rows: readonly Row[]): PostPage {
  return { data: rows.flatMap(({ post }) => (post ? [post] : [])), total: rows[0]?.total ?? 0 };
}
