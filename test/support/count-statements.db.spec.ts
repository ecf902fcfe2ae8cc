import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RealChatSubject, realChatSubject } from '../contract/real-chat-subject.js';
import { signUp } from '../contract/chat-subject.js';
import { countStatements, countWriters } from './count-statements.js';

let subject: RealChatSubject;

beforeAll(async () => {
  subject = await realChatSubject();
});
afterAll(() => subject.close());

it('counts what the application sends, in and out of transactions', async () => {
  const { database, postgres } = subject;
  const { result, statements } = await countStatements(postgres, async () => {
    await database.query((db) => db.execute(sql`select 1`));
    return database.transaction(async (client) => (await client.query('select 2 as two')).rows);
  });
  expect(result).toEqual([{ two: 2 }]);
  expect(statements).toEqual(['select 1', 'begin', 'select 2 as two', 'commit']);
});

it('counts a prepared statement each time, and nothing of other databases or later', async () => {
  const other = await realChatSubject();
  const { statements } = await countStatements(subject.postgres, async () => {
    await Promise.all([1, 2, 3].map(() => subject.members.findConversationOfUser(NOBODY, NOBODY)));
    await other.members.findConversationOfUser(NOBODY, NOBODY);
  });
  await other.close();
  await subject.database.pingDatabase();
  expect(statements).toHaveLength(3);
});

it('counts the transactions that wrote a table', async () => {
  await Promise.all([signUp(subject), signUp(subject)]);
  expect(await countWriters(subject.postgres, 'users')).toBe(2);
  await subject.transactions.runInTransaction(async () => {
    await signUp(subject);
    await signUp(subject);
  });
  expect(await countWriters(subject.postgres, 'users')).toBe(3);
});

const NOBODY = '00000000-0000-0000-0000-000000000000';
