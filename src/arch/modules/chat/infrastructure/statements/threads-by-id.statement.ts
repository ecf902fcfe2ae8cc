import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Session } from '../../../../common/infrastructure/database/database.js';
import { conversationHeads as heads } from '../../../../common/infrastructure/database/schema.js';
import { parents, threadColumns } from './thread.columns.js';

/** Like `conversations_by_id`, for threads. */
export const selectThreads = (db: Session) =>
  db
    .select(threadColumns)
    .from(heads)
    .innerJoin(parents, eq(parents.id, heads.parentId))
    .where(
      and(
        sql`${heads.id} = any (${sql.placeholder('ids')}::uuid[])`,
        isNull(heads.deletedAt),
        isNull(parents.deletedAt),
      ),
    )
    .prepare('threads_by_id');
