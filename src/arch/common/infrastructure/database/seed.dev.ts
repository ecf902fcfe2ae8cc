import { createHash } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { inArray } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import {
  DEMO_CONVERSATION,
  DEMO_MESSAGES,
  DEMO_PASSWORD,
  DEMO_POSTS,
  DEMO_USERS,
} from '../../domain/demo-data.js';
import { ARGON2_OPTIONS } from '../security/argon2-options.js';
import type { ConnectionSettings } from './connection.js';
import { nameColumns } from './name-columns.js';
import { conversationMembers, conversations, credentials, messages, posts } from './schema.js';
import { users } from './users.table.js';
import { withClient } from './with-client.js';

/** Number of new rows of each kind. */
export interface SeededRows {
  readonly accounts: number;
  readonly conversations: number;
  readonly messages: number;
  readonly posts: number;
}

/** Inserts the demo data into a database, all of it or nothing; a second time changes nothing. */
export async function seedDemoData(connection: ConnectionSettings): Promise<SeededRows> {
  const passwordHash = await hash(DEMO_PASSWORD, ARGON2_OPTIONS);
  return withTransaction(connection, async (db) => {
    const accounts = await db
      .insert(users)
      .values(DEMO_USERS.map((user) => ({ ...user, ...nameColumns(user.displayName), passwordHash: '!' })))
      .onConflictDoNothing()
      .returning({ id: users.id });
    if (accounts.length > 0)
      await db.insert(credentials).values(accounts.map(({ id }) => ({ userId: id, passwordHash })));
    const [one, two] = await demoUserIds(db);
    if (one === undefined || two === undefined) throw new Error('The demo accounts were not stored.');
    const created = await db
      .insert(conversations)
      .values({
        ...DEMO_CONVERSATION,
        createdBy: one,
        memberCount: 2,
        lastSeq: DEMO_MESSAGES.length,
        rev: DEMO_MESSAGES.length,
      })
      .onConflictDoNothing()
      .returning({ id: conversations.id });
    if (created.length > 0) await fillConversation(db, [one, two]);
    return {
      accounts: accounts.length,
      conversations: created.length,
      messages: created.length > 0 ? DEMO_MESSAGES.length : 0,
      posts: await addPosts(db, [one, two]),
    };
  });
}

/** Whether the database has never been used; it is also empty after an interrupted first start. */
export async function isEmpty(connection: ConnectionSettings): Promise<boolean> {
  return withTransaction(connection, async (db) => {
    const found = await db.select({ id: users.id }).from(users).limit(1);
    return found.length === 0;
  });
}

/** Whether the demo accounts are ours, so that the start may print their password. */
export async function hasDemoData(connection: ConnectionSettings): Promise<boolean> {
  const ids: readonly string[] = DEMO_USERS.map(({ id }) => id);
  return withTransaction(connection, async (db) => {
    const found = await db.select({ id: users.id }).from(users).where(inArray(users.id, ids));
    return found.length === ids.length;
  });
}

async function fillConversation(db: NodePgDatabase, pair: readonly [string, string]): Promise<void> {
  const conversationId = DEMO_CONVERSATION.id;
  await db.insert(conversationMembers).values([
    { conversationId, userId: pair[0], role: 'owner', lastReadSeq: DEMO_MESSAGES.length },
    { conversationId, userId: pair[1], lastReadSeq: DEMO_MESSAGES.length - 1 },
  ]);
  await db.insert(messages).values(
    DEMO_MESSAGES.map(({ id, by, content }, index) => ({
      id,
      conversationId,
      senderId: pair[by],
      content,
      seq: index + 1,
      rev: index + 1,
      contentSha256: createHash('sha256').update(content).digest(),
    })),
  );
}

async function addPosts(db: NodePgDatabase, pair: readonly [string, string]): Promise<number> {
  const added = await db
    .insert(posts)
    .values(DEMO_POSTS.map(({ by, ...post }) => ({ ...post, ownerId: pair[by] })))
    .onConflictDoNothing()
    .returning({ id: posts.id });
  return added.length;
}

/** In the order of `DEMO_USERS`: another account may have one of the addresses already. */
async function demoUserIds(db: NodePgDatabase): Promise<string[]> {
  const emails = DEMO_USERS.map(({ email }) => email);
  const found = await db
    .select({ id: users.id })
    .from(users)
    .where(inArray(users.email, emails))
    .orderBy(users.email);
  return found.map(({ id }) => id);
}

function withTransaction<T>(
  connection: ConnectionSettings,
  work: (db: NodePgDatabase) => Promise<T>,
): Promise<T> {
  return withClient(connection, (client) => drizzle(client).transaction(work));
}
