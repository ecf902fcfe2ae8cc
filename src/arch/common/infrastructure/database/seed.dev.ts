import { hash } from '@node-rs/argon2';
import { eq, inArray } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, DEMO_POSTS, DEMO_USERS } from '../../domain/demo-data.js';
import { ARGON2_OPTIONS } from '../security/argon2-options.js';
import type { ConnectionSettings } from './connection.js';
import { addFirstConversation, addOlderConversations } from './demo-conversations.js';
import { DEMO_LOOKS } from './demo-looks.js';
import { drawPortrait } from './demo-portrait.js';
import { nameColumns } from './name-columns.js';
import { credentials, posts } from './schema.js';
import { users } from './users.table.js';
import { withClient } from './with-client.js';

/** Number of new rows of each kind. */
export interface SeededRows {
  readonly accounts: number;
  readonly conversations: number;
  readonly messages: number;
  readonly posts: number;
}

/**
 * Inserts the demo data into a database, all of it or nothing; what is there stays as it is, so that a second time
 * changes nothing, and a database with the demo data of an earlier version gets the rest.
 * @param savePicture stores a new account's picture, and returns its address; without it nobody has one
 */
export async function seedDemoData(
  connection: ConnectionSettings,
  savePicture?: (picture: Buffer) => Promise<string>,
): Promise<SeededRows> {
  const passwordHash = await hash(DEMO_PASSWORD, ARGON2_OPTIONS);
  return withTransaction(connection, async (db) => {
    const accounts = await db
      .insert(users)
      .values(DEMO_ACCOUNTS.map((user) => ({ ...user, ...nameColumns(user.displayName), passwordHash: '!' })))
      .onConflictDoNothing()
      .returning({ id: users.id });
    if (accounts.length > 0)
      await db.insert(credentials).values(accounts.map(({ id }) => ({ userId: id, passwordHash })));
    if (savePicture) await addPictures(db, new Set(accounts.map(({ id }) => id)), savePicture);
    const ids = await demoUserIds(db);
    const [one, two] = DEMO_USERS.map(({ email }) => ids.get(email));
    if (one === undefined || two === undefined) throw new Error('The demo accounts were not stored.');
    const filled = [await addFirstConversation(db, [one, two]), ...(await addOlderConversations(db, ids))];
    const added = filled.filter((count) => count !== null);
    return {
      accounts: accounts.length,
      conversations: added.length,
      messages: added.reduce((sum, count) => sum + count, 0),
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

async function addPictures(
  db: NodePgDatabase,
  added: ReadonlySet<string>,
  savePicture: (picture: Buffer) => Promise<string>,
): Promise<void> {
  for (const { id, look } of DEMO_LOOKS) {
    if (!added.has(id)) continue;
    const avatarUrl = await savePicture(drawPortrait(look));
    await db.update(users).set({ avatarUrl }).where(eq(users.id, id));
  }
}

async function addPosts(db: NodePgDatabase, pair: readonly [string, string]): Promise<number> {
  const added = await db
    .insert(posts)
    .values(DEMO_POSTS.map(({ by, ...post }) => ({ ...post, ownerId: pair[by] })))
    .onConflictDoNothing()
    .returning({ id: posts.id });
  return added.length;
}

/** By address: another account may have one of them already. */
async function demoUserIds(db: NodePgDatabase): Promise<ReadonlyMap<string, string>> {
  const emails = DEMO_ACCOUNTS.map(({ email }) => email);
  const found = await db
    .select({ id: users.id, email: users.email })
    .from(users)
    .where(inArray(users.email, emails));
  return new Map(found.map(({ id, email }) => [email, id]));
}

function withTransaction<T>(
  connection: ConnectionSettings,
  work: (db: NodePgDatabase) => Promise<T>,
): Promise<T> {
  return withClient(connection, (client) => drizzle(client).transaction(work));
}
