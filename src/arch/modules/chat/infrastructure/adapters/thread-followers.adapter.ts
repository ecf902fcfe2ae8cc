import { Injectable } from '@nestjs/common';
import { fittingRows } from '../../../../common/domain/fitting-rows.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import {
  decodeCursor,
  encodeCursor,
  type InstantCursor,
} from '../../../../common/infrastructure/database/instant-cursor.js';
import { threadFollowers } from '../../../../common/infrastructure/database/schema.js';
import type {
  FollowedThreadsRequest,
  ThreadFollowersPort,
  ThreadsRequest,
} from '../../application/ports/thread-followers.port.js';
import type { ListedThread, ThreadPage } from '../../domain/models/thread-page.model.js';
import { unitsOfMessage } from '../../domain/services/fitting-messages.js';
import {
  selectFollowedThreads,
  selectThreadsOfConversation,
  type ThreadRow,
} from '../statements/thread-page.statement.js';
import { followerOf } from '../statements/thread-positions.js';
import { toReadMessage } from '../statements/to-message.js';
import { toThread } from '../statements/to-thread.js';

/** The start of the first page: before every thread, in the year 2286. */
const START: InstantCursor = { instant: '9999999999999999', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

/** The lock keeps the membership until the row is there. Who follows already keeps the position. */
const FOLLOW = {
  name: 'follow_thread',
  text: `
with thread as materialized (
  select h.id, h.parent_id, h.last_seq, m.user_id
  from conversation_heads h
  join conversation_members m on m.conversation_id = h.parent_id and m.user_id = $2 and m.visible_from_seq <= h.root_seq
  where h.id = $1 and h.deleted_at is null
  for key share of m
), followed as (
  insert into thread_followers (thread_id, parent_id, user_id, last_read_seq, followed_at)
  select id, parent_id, user_id, last_seq, clock_timestamp() from thread
  on conflict do nothing
)
select from thread`,
};

@Injectable()
export class ThreadFollowersAdapter implements ThreadFollowersPort {
  private readonly followed;
  private readonly ofConversation;

  constructor(private readonly database: Database) {
    this.followed = database.prepare(selectFollowedThreads);
    this.ofConversation = database.prepare(selectThreadsOfConversation);
  }

  async follow(threadId: string, userId: string): Promise<boolean> {
    const rows = await this.database.execute({ ...FOLLOW, values: [threadId, userId] });
    return rows.length > 0;
  }

  async unfollow(threadId: string, userId: string): Promise<void> {
    await this.database.query((db) => db.delete(threadFollowers).where(followerOf(threadId, userId)));
  }

  async findFollowed({
    userId,
    isUnread = false,
    limit,
    cursor,
  }: FollowedThreadsRequest): Promise<ThreadPage> {
    const position = positionOf(cursor);
    return toPage(await this.followed({ userId, isUnread, limit: limit + 1, ...position }), limit);
  }

  async findOfConversation({ limit, cursor, ...request }: ThreadsRequest): Promise<ThreadPage> {
    const position = positionOf(cursor);
    return toPage(await this.ofConversation({ ...request, limit: limit + 1, ...position }), limit);
  }
}

const positionOf = (cursor: string | undefined): InstantCursor =>
  cursor === undefined ? START : decodeCursor(cursor);

function toPage(rows: readonly ThreadRow[], limit: number): ThreadPage {
  const shown = rows.slice(0, limit).map(toListedThread);
  const data = fittingRows(shown, ({ root }) => unitsOfMessage(root));
  const last = rows.length > data.length ? rows[data.length - 1] : undefined;
  return { data, nextCursor: last ? encodeCursor({ instant: last.instant, id: last.thread.id }) : null };
}

function toListedThread({ thread, root, sender, position }: ThreadRow): ListedThread {
  return {
    thread: toThread(thread),
    root: toReadMessage(root, sender),
    me: position && {
      lastReadSeq: position.ownReadSeq,
      unreadCount: Math.max(0, thread.lastSeq - position.ownReadSeq),
      mentionCount: position.mentionCount,
    },
  };
}
