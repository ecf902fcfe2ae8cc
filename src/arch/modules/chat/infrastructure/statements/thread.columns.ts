import { aliasedTable, eq, sql } from 'drizzle-orm';
import type { Session } from '../../../../common/infrastructure/database/database.js';
import {
  conversationHeads as heads,
  conversations,
  messages,
} from '../../../../common/infrastructure/database/schema.js';
import { conversationColumns } from './chat.columns.js';

const PARENT = 'parent';

/** The conversation that a thread belongs to, as `parentOf` finds it. */
export const parents = aliasedTable(conversations, PARENT);

/** LIMIT keeps this a look-up for each thread: as a join it may read all conversations up to the parent. */
export const parentOf = (db: Session) =>
  db.select().from(conversations).where(eq(conversations.id, heads.parentId)).limit(1).as(PARENT);

/** `seq = root_seq` could use any index that begins with the conversation; this order only one. */
const rootId = sql<string>`(
  select root.id from ${messages} root
  where root.conversation_id = ${parents.id} and root.seq >= ${heads.rootSeq} order by root.seq limit 1
)`.as('root_id');

/** The columns of a thread, joined with `parents`: what is the parent's is read there. */
export const threadColumns = {
  ...conversationColumns,
  memberCount: parents.memberCount,
  posting: parents.posting,
  slowModeSeconds: parents.slowModeSeconds,
  parentId: parents.id,
  rootSeq: sql`${heads.rootSeq}`.mapWith(Number).as('root_seq'),
  rootId,
};
