import { randomUUIDv7 } from 'node:crypto';
import type { ThreadRepositoryPort } from '../../src/arch/modules/chat/application/ports/thread-repository.port.js';
import { toThreadId } from '../../src/arch/modules/chat/domain/models/thread.model.js';
import type { ChatState } from './chat-state.js';

export class ThreadRepositoryFake implements ThreadRepositoryPort {
  constructor(private readonly state: ChatState) {}

  newThreadId(): string {
    return toThreadId(randomUUIDv7());
  }

  async findThread(conversationId: string, rootSeq: number): Promise<string | null> {
    const threads = [...this.state.conversations.values()];
    const found = threads.find(
      ({ parent }) => parent?.conversationId === conversationId && parent.seq === rootSeq,
    );
    return found?.id ?? null;
  }
}
