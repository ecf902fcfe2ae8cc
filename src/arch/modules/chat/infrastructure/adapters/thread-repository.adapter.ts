import { randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../../../../common/infrastructure/database/database.js';
import type { ThreadRepositoryPort } from '../../application/ports/thread-repository.port.js';
import { toThreadId } from '../../domain/models/thread.model.js';

const THREAD_AT = {
  name: 'thread_at',
  text: 'select id from conversations where parent_id = $1 and root_seq = $2',
};

@Injectable()
export class ThreadRepositoryAdapter implements ThreadRepositoryPort {
  constructor(private readonly database: Database) {}

  newThreadId(): string {
    return toThreadId(randomUUIDv7());
  }

  async findThread(conversationId: string, rootSeq: number): Promise<string | null> {
    const values = [conversationId, rootSeq];
    const [row] = await this.database.execute<{ id: string }>({ ...THREAD_AT, values });
    return row?.id ?? null;
  }
}
