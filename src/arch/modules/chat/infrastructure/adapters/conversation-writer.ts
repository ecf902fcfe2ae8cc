import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { ConversationNotFoundError } from '../../domain/errors/conversation-not-found.error.js';

/** Writes that may wait on this node, over all conversations, before new ones are refused. */
const MAX_WAITING = 4_096;

/**
 * Every change that takes a `rev` goes through here: one transaction that first locks the conversation's
 * row, so that `rev` is dense and in commit order. On this node one write per conversation is in flight:
 * the others wait without a connection, and results come back in the order of `rev`.
 */
@Injectable()
export class ConversationWriter {
  private readonly last = new Map<string, Promise<unknown>>();
  private waiting = 0;

  constructor(private readonly database: Database) {}

  async write<T>(conversationId: string, work: (client: PoolClient) => Promise<T>): Promise<T> {
    if (this.waiting >= MAX_WAITING) throw new UnavailableError();
    const run = () => this.transact(conversationId, work);
    const mine = (this.last.get(conversationId) ?? Promise.resolve()).then(run, run);
    this.last.set(conversationId, mine);
    this.waiting += 1;
    try {
      return await mine;
    } finally {
      this.waiting -= 1;
      if (this.last.get(conversationId) === mine) this.last.delete(conversationId);
    }
  }

  private transact<T>(conversationId: string, work: (client: PoolClient) => Promise<T>): Promise<T> {
    return this.database.transaction(async (client) => {
      const { rowCount } = await client.query({
        name: 'lock_conversation',
        text: 'select from conversations where id = $1 for no key update',
        values: [conversationId],
      });
      if (rowCount === 0) throw new ConversationNotFoundError();
      return work(client);
    });
  }
}
