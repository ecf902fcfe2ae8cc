import { eq } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { DEMO_ACCOUNTS, DEMO_CONVERSATION, DEMO_MESSAGES } from '../../domain/demo-data.js';
import { DEMO_STORIES } from '../../domain/demo-stories.js';
import { contentSha256 } from './demo-messages.js';
import { demoRows, type DemoRows } from './demo-rows.js';
import {
  conversationChanges,
  conversationMembers,
  conversations,
  messageMentions,
  messagePins,
  messageReactions,
  messages,
  messageVersions,
  threadFollowers,
} from './schema.js';

/** @returns the number of its messages, or null when it is there */
export async function addFirstConversation(
  db: NodePgDatabase,
  pair: readonly [string, string],
): Promise<number | null> {
  const conversationId = DEMO_CONVERSATION.id;
  const count = DEMO_MESSAGES.length;
  return addConversation(db, {
    conversation: { ...DEMO_CONVERSATION, createdBy: pair[0], memberCount: 2, lastSeq: count, rev: count },
    members: [
      { conversationId, userId: pair[0], role: 'owner', lastReadSeq: count },
      { conversationId, userId: pair[1], lastReadSeq: count - 1 },
    ],
    messages: DEMO_MESSAGES.map(({ id, by, content }, index) => ({
      id,
      conversationId,
      senderId: pair[by],
      content,
      seq: index + 1,
      rev: index + 1,
      contentSha256: contentSha256(content),
    })),
    changes: [],
    versions: [],
    reactions: [],
    mentions: [],
    pins: [],
    threads: [],
    replies: [],
    followers: [],
  });
}

/** Those of people who are all there: a demo account may have been deleted. */
export async function addOlderConversations(
  db: NodePgDatabase,
  ids: ReadonlyMap<string, string>,
): Promise<(number | null)[]> {
  const [first] = await db
    .select({ createdAt: conversations.createdAt })
    .from(conversations)
    .where(eq(conversations.id, DEMO_CONVERSATION.id));
  if (!first || DEMO_ACCOUNTS.some(({ email }) => !ids.has(email))) return [];
  const idOf = (email: string): string => {
    const id = ids.get(email);
    if (id === undefined) throw new Error(`${email} is not a demo account.`);
    return id;
  };
  const counts: (number | null)[] = [];
  for (const story of DEMO_STORIES) {
    counts.push(await addConversation(db, demoRows(story, idOf, first.createdAt)));
  }
  return counts;
}

/** @returns the number of its messages, with those of its threads, or null when it is there */
async function addConversation(db: NodePgDatabase, rows: DemoRows): Promise<number | null> {
  const created = await db
    .insert(conversations)
    .values(rows.conversation)
    .onConflictDoNothing()
    .returning({ id: conversations.id });
  if (created.length === 0) return null;
  await db.insert(conversationMembers).values([...rows.members]);
  await db.insert(messages).values([...rows.messages]);
  const further = [
    [conversationChanges, rows.changes],
    [messageVersions, rows.versions],
    [messageReactions, rows.reactions],
    [messageMentions, rows.mentions],
    [messagePins, rows.pins],
    [conversations, rows.threads],
    [messages, rows.replies],
    [threadFollowers, rows.followers],
  ] as const;
  for (const [table, values] of further) if (values.length > 0) await db.insert(table).values([...values]);
  return rows.messages.length + rows.replies.length;
}
