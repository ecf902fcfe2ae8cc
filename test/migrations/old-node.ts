import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { poolConfig } from '../../src/arch/common/infrastructure/database/connection.js';
import type { TestDatabase } from '../support/test-database.js';

/** What a node of the first versions sends to its database for a message; migrations leave it working. */
const SEND = {
  name: 'store_messages',
  text: 'select * from store_messages($1, $2, $3, $4, $5)',
};

/** As long as it waited for anything. */
const WAITS = { connection: 5_000, lock: 0, statement: 10_000, answer: 12_000 };

/** Traffic as an old node makes it: one message after another, on several connections at once. */
export class OldNode {
  /** The failures that a user would have received as a 500 or a 503. */
  readonly failures: unknown[] = [];
  private readonly pool: Pool;
  private readonly waiting: (() => void)[] = [];
  private stopped = false;
  private traffic: Promise<unknown> = Promise.resolve();

  private constructor(
    { connection }: TestDatabase,
    readonly user: string,
    readonly conversation: string,
  ) {
    this.pool = new Pool(poolConfig(connection, 4, WAITS));
    // The database is dropped while the last connections close: the pool emits that for one that is still idle in it, a
    // client for one that the pool has let go.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  static async start(database: TestDatabase): Promise<OldNode> {
    const node = new OldNode(database, randomUUID(), randomUUID());
    const { user, conversation } = node;
    await database.query(
      "insert into users (id, email, password_hash, display_name) values ($1, 'a@example.com', '!', 'Ada')",
      [user],
    );
    await database.query('insert into conversations (id, created_by, member_count) values ($1, $2, 1)', [
      conversation,
      user,
    ]);
    await database.query('insert into conversation_members (conversation_id, user_id) values ($1, $2)', [
      conversation,
      user,
    ]);
    node.traffic = Promise.all([node.send(5_000), node.send(5_000)]);
    return node;
  }

  /** Resolves when a message is stored that had not been before. */
  nextStored(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.traffic;
    await this.pool.end();
  }

  private async send(most: number): Promise<void> {
    for (let count = 0; count < most && !this.stopped; count += 1) {
      const values = [[this.conversation], [this.user], [randomUUID()], ['Hello'], [null]];
      const waiting = this.waiting.splice(0);
      await this.pool.query({ ...SEND, values }).then(
        () => waiting.forEach((resolve) => resolve()),
        (error: unknown) => this.failures.push(error),
      );
    }
  }
}
