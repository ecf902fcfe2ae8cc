import { and, isNull, sql } from 'drizzle-orm';
import type { Session } from '../../../../common/infrastructure/database/database.js';
import { conversationHeads as heads } from '../../../../common/infrastructure/database/schema.js';
import { parentOf, parents, threadColumns } from './thread.columns.js';

/** Like `conversations_by_id`, for threads. */
export const selectThreads = (db: Session) =>
  db
    .select(threadColumns)
    .from(heads)
    .crossJoinLateral(parentOf(db))
    .where(
      and(
        sql`${heads.id} = any (${sql.placeholder('ids')}::uuid[])`,
        isNull(heads.deletedAt),
        isNull(parents.deletedAt),
      ),
    )
    .prepare('threads_by_id');
