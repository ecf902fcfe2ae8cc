import { asc, eq, sql } from 'drizzle-orm';
import type { Database, Session } from '../../../../common/infrastructure/database/database.js';
import { messages, userProfiles } from '../../../../common/infrastructure/database/schema.js';
import type { Message } from '../../domain/models/message.model.js';
import { isThreadId } from '../../domain/models/thread.model.js';
import { messageColumns, SEES_ALL, senderColumns } from './chat.columns.js';
import { toMessage } from './to-message.js';

const replies = sql`messages reply where reply.id = any (${sql.placeholder('ids')}::uuid[])`;

/** A root of which the transaction of its replies has the latest version: whoever has changed it since tells that. */
const selectMoved = (db: Session) =>
  db
    .select({
      root: messageColumns(SEES_ALL),
      sender: senderColumns,
      actorId: sql<string>`(
        select reply.sender_id from ${replies} and reply.conversation_id = ${messages.threadId}
        order by reply.seq desc limit 1
      )`.as('actor_id'),
    })
    .from(messages)
    .innerJoin(userProfiles, eq(userProfiles.id, messages.senderId))
    .where(
      sql`${messages.id} = any (array(
        select begun.id from conversations thread
        join messages begun on begun.conversation_id = thread.parent_id and begun.seq = thread.root_seq
        where thread.id in (select reply.conversation_id from ${replies})
          and begun.xmin in (select reply.xmin from ${replies} and reply.conversation_id = thread.id)
      ))`,
    )
    .orderBy(asc(messages.rev))
    .prepare('moved_roots');

/** Reads the roots that replies have moved, when the answer to the replies' transaction was lost. */
export class MovedRootsReader {
  private readonly moved;

  constructor(database: Database) {
    this.moved = database.prepare(selectMoved, 'messages');
  }

  /** In the order of `rev` within each conversation; the actor is the sender of the newest reply. */
  async find(stored: readonly Message[]): Promise<{ readonly root: Message; readonly actorId: string }[]> {
    const ids = stored.filter(({ conversationId }) => isThreadId(conversationId)).map(({ id }) => id);
    if (ids.length === 0) return [];
    const rows = await this.moved({ ids });
    return rows.map(({ root, sender, actorId }) => ({ root: toMessage(root, sender), actorId }));
  }
}
