import { Client } from 'pg';
import type { TestServer } from '../../support/test-server.js';

/** Makes every write to a conversation wait until it is released. */
export class RowLock {
  private constructor(private readonly client: Client) {}

  static async take(server: TestServer, conversationId: string): Promise<RowLock> {
    const client = new Client(server.database.connection);
    await client.connect();
    await client.query('begin');
    await client.query('select from conversations where id = $1 for update', [conversationId]);
    return new RowLock(client);
  }

  release(): Promise<void> {
    return this.client.end();
  }
}
