import { Client } from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrate } from '../../src/arch/common/infrastructure/database/migrate.js';
import { TestDatabase } from '../support/test-database.js';
import { catalogueOf } from './catalogue.js';
import { oldDatabase } from './old-database.js';
import { OldNode } from './old-node.js';

const SHORT = { lockTimeout: 100, pause: 50, attempts: 600 };

let database: TestDatabase;
let node: OldNode;
let other: Client;
/** The lines that a migration has logged, and a promise of the next one. */
let lines: string[];
let nextLine: PromiseWithResolvers<void>;
const log = {
  warn: (line: string) => {
    lines.push(line);
    nextLine.resolve();
    nextLine = Promise.withResolvers();
  },
};

beforeEach(async () => {
  database = await oldDatabase('0002_store_messages');
  node = await OldNode.start(database);
  other = new Client(database.connection);
  await other.connect();
  lines = [];
  nextLine = Promise.withResolvers();
});
afterEach(async () => {
  await node.stop();
  await other.end();
  await database.drop();
});

async function expectLikeFresh(): Promise<void> {
  const fresh = await TestDatabase.create();
  expect(await catalogueOf(database)).toEqual(await catalogueOf(fresh));
  await fresh.drop();
}

it('a long transaction delays migrations, and these block nothing: each request for a lock is abandoned after some time', async () => {
  await other.query('begin');
  await other.query('select from conversations');
  const migrated = migrate(database.connection, { patience: SHORT, log });
  for (let times = 0; times < 3; times += 1) {
    await nextLine.promise;
    await node.nextStored();
  }
  await other.query('commit');
  await migrated;
  await node.nextStored();
  expect(lines.slice(0, 2)).toEqual([
    'Migration 0003_list_conversations could not lock conversations within 100 ms, attempt 1 of 600.',
    'Migration 0003_list_conversations could not lock conversations within 100 ms, attempt 2 of 600.',
  ]);
  expect(node.failures).toEqual([]);
  await expectLikeFresh();
});

it('a transaction that locks tables in another order than a migration causes no deadlock', async () => {
  await other.query('begin');
  await other.query('select from conversations where id = $1 for no key update', [node.conversation]);
  const migrated = migrate(database.connection, { patience: SHORT, log });
  await nextLine.promise;
  await other.query('update conversation_members set last_read_seq = last_read_seq');
  await other.query('commit');
  await migrated;
  await node.nextStored();
  expect(node.failures).toEqual([]);
  await expectLikeFresh();
});

it('a migration that was interrupted continues from there', async () => {
  await other.query('begin');
  await other.query('select from conversations');
  const once = { ...SHORT, attempts: 1 };
  await expect(migrate(database.connection, { patience: once, log })).rejects.toThrow(
    'A migration could not lock conversations in 1 attempts: another transaction has it.',
  );
  await other.query('commit');
  const under = await database.query('select statements from drizzle.migration_progress');
  expect(under).toEqual([{ statements: 1 }]);
  await migrate(database.connection, { patience: SHORT, log });
  await node.nextStored();
  expect(node.failures).toEqual([]);
  await expectLikeFresh();
});
