import { PAGE_BYTES } from '../../../../common/domain/page-bytes.js';
import type { PostPage } from '../../application/ports/post-repository.port.js';
import type { ListedPost, PostVisibility } from '../../domain/models/post.model.js';

/**
 * Bytes of JSON around the posts of a page, and of a post without its content: 335 code points at 6 bytes, and the
 * rest.
 */
const AROUND_BYTES = 1_000;
const POST_BYTES = 2_500;
/** Bytes of JSON of a code point that is a control character. */
const CHARACTER_BYTES = 6;

export interface PageRow {
  /** `pg` returns `bigint` as text. */
  readonly total: string;
  /** Null on an empty page, as are all further fields. */
  readonly id: string | null;
  readonly owner_id: string;
  readonly owner_display_name: string;
  readonly title: string;
  readonly content: string;
  readonly visibility: PostVisibility;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly truncated: boolean;
}

/**
 * The page and the total in one statement, and so from one snapshot; the keys come from the function of migration 0004.
 * When the contents together take more JSON than a page has room for, those above an even share are cut to it in the
 * database, so that they are not transferred first. The number of characters of a share is estimated from the average
 * bytes of one. LIMIT makes the planner look up each post by its id.
 */
const pageOf = (post: string) => `
  select total, id, owner_id, owner_display_name, title, visibility, created_at, updated_at, truncated,
    case
      when not truncated then content
      when octet_length(to_json(left(content, likely))::text) <= share then left(content, likely)
      else left(content, share / ${CHARACTER_BYTES})
    end as content
  from (
    select *, ((share - 2)::bigint * length(content) / (json_bytes - 2))::integer as likely,
      coalesce(sum(json_bytes) over () > room, false) and json_bytes > share as truncated
    from (
      select *, (room / posts)::integer as share,
        case when ${CHARACTER_BYTES} * bytes > room then octet_length(to_json(content)::text) end as json_bytes
      from (
        select found.total, post.*,
          sum(octet_length(content)) over () as bytes, count(*) over () as posts,
          ${PAGE_BYTES - AROUND_BYTES} - ${POST_BYTES} * count(*) over () as room
        from find_posts($1, $2, $3) as found
        left join lateral (${post} limit 1) as post on true
      ) loaded
    ) measured
  ) decided
  order by created_at desc, id desc`;

const PUBLIC_POST = `
  select id, owner_id, owner_display_name, title, content, 'public' as visibility, created_at, updated_at
  from posts_public_view where id = found.id`;
const ANY_POST = `
  select posts.id, owner_id, display_name as owner_display_name, title, content, visibility, posts.created_at,
    posts.updated_at
  from posts join user_profiles on user_profiles.id = owner_id where posts.id = found.id`;

const PUBLIC_PAGE = { name: 'posts_public_page', text: pageOf(PUBLIC_POST) };
const READERS_PAGE = { name: 'posts_readers_page', text: pageOf(ANY_POST) };

/**
 * @param readerId null for an anonymous reader
 * @param page from 1
 */
export function selectPage(readerId: string | null, page: number, limit: number) {
  const statement = readerId === null ? PUBLIC_PAGE : READERS_PAGE;
  return { ...statement, values: [readerId, (page - 1) * limit, limit] };
}

export function toPage(rows: readonly PageRow[]): PostPage {
  return { data: rows.flatMap(toListedPost), total: Number(rows[0]?.total) };
}

function toListedPost(row: PageRow): ListedPost[] {
  if (row.id === null) return [];
  return [
    {
      id: row.id,
      ownerId: row.owner_id,
      ownerDisplayName: row.owner_display_name,
      title: row.title,
      content: row.content,
      visibility: row.visibility,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      ...(row.truncated && { contentTruncated: true }),
    },
  ];
}
