import type { ReachPort } from '../../src/arch/modules/chat/application/ports/reach.port.js';
import type { Reach } from '../../src/arch/modules/chat/domain/models/reach.model.js';
import type { ChatState } from './chat-state.js';

export class ReachFake implements ReachPort {
  constructor(private readonly state: ChatState) {}

  async holdReach(userId: string, otherIds: readonly string[]): Promise<ReadonlyMap<string, Reach>> {
    const existing = otherIds.filter((id) => this.state.users.has(id));
    return new Map(existing.map((id) => [id, this.find(userId, id)]));
  }

  private find(userId: string, otherId: string): Reach {
    const { users, directs, blocks } = this.state;
    const direct = directs.get([userId, otherId].toSorted().join(' ')) ?? '';
    return {
      addableBy: users.get(otherId)?.addableBy ?? 'everyone',
      hasWritten: this.state.messagesOf(direct).some(({ senderId }) => senderId === otherId),
      hasBlocked: blocks.has(`${otherId} ${userId}`),
      isBlocked: blocks.has(`${userId} ${otherId}`),
    };
  }
}
