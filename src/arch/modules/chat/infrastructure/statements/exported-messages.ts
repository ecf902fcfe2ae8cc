import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Json, PersonalRecord } from '../../../../common/application/ports/personal-data.port.js';
import type { Database } from '../../../../common/infrastructure/database/database.js';
import { EXPORT_PAGE, exportPages } from '../../../../common/infrastructure/database/export-pages.js';
import { messages, messageVersions } from '../../../../common/infrastructure/database/schema.js';

const { id, seq, content, createdAt, editedAt, deletedAt, replyToSeq, mentions, mentionsAll, pinnedAt } =
  messages;

/** How many reacted, and with what; who did is data of others. */
const counted = sql<Json>`(
  select jsonb_agg(jsonb_build_object('emoji', each->'emoji', 'count', each->'count') order by place)
  from jsonb_array_elements(${messages.reactions}) with ordinality as counted (each, place)
)`;

/** The messages that a user has sent to a conversation, each with all that it says, and what it said before. */
export async function* exportMessages(
  database: Database,
  userId: string,
  conversationId: string,
): AsyncGenerator<PersonalRecord> {
  const own = and(eq(messages.conversationId, conversationId), eq(messages.senderId, userId));
  const sent = exportPages('message', (after: { seq: number } | undefined) =>
    database.query((db) =>
      db
        .select({
          id,
          conversationId: messages.conversationId,
          seq,
          content,
          createdAt,
          editedAt,
          deletedAt,
          replyToSeq,
          mentions,
          mentionsAll,
          metadata: sql<Json>`${messages.metadata}`,
          reactions: counted,
          pinnedAt,
        })
        .from(messages)
        .where(and(own, after && gt(seq, after.seq)))
        .orderBy(asc(seq))
        .limit(EXPORT_PAGE),
    ),
  );
  for await (const message of sent) {
    yield message;
    const stored = message.data as { id: string; editedAt: string | null };
    if (stored.editedAt !== null) yield* exportVersions(database, stored.id);
  }
}

function exportVersions(database: Database, ofMessage: string): AsyncIterable<PersonalRecord> {
  const { messageId, version, content: said, metadata, validUntil } = messageVersions;
  return exportPages('message_version', (after: { version: number } | undefined) =>
    database.query((db) =>
      db
        .select({ messageId, version, content: said, metadata: sql<Json>`${metadata}`, validUntil })
        .from(messageVersions)
        .where(and(eq(messageId, ofMessage), after && gt(version, after.version)))
        .orderBy(asc(version))
        .limit(EXPORT_PAGE),
    ),
  );
}
