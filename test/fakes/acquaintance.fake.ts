import type {
  Acquaintance,
  AcquaintancePort,
  UserPair,
} from '../../src/arch/modules/chat/application/ports/acquaintance.port.js';

/** Conversations, blocks and what was written, of nothing but ids. */
export class AcquaintanceFake implements AcquaintancePort {
  /** The pairs of each call. */
  readonly asked: (readonly UserPair[])[] = [];
  private readonly conversations = new Set<Set<string>>();
  private readonly blocks = new Set<string>();
  private readonly written = new Set<string>();

  async findAcquaintances(pairs: readonly UserPair[]): Promise<(Acquaintance | null)[]> {
    this.asked.push(pairs);
    return pairs.map(([one, other]) => {
      const isShared = [...this.conversations].some((members) => members.has(one) && members.has(other));
      if (!isShared || this.blocks.has(`${one} ${other}`) || this.blocks.has(`${other} ${one}`)) return null;
      return {
        oneHasWritten: this.written.has(`${one} ${other}`),
        otherHasWritten: this.written.has(`${other} ${one}`),
      };
    });
  }

  unblock(blockerId: string, blockedId: string): void {
    this.blocks.delete(`${blockerId} ${blockedId}`);
  }

  /** Returns a function with which a user leaves the new conversation. */
  converse(...userIds: string[]): (userId: string) => void {
    const members = new Set(userIds);
    this.conversations.add(members);
    return (userId) => void members.delete(userId);
  }

  block(blockerId: string, blockedId: string): void {
    this.blocks.add(`${blockerId} ${blockedId}`);
  }

  /** In their direct conversation. */
  write(senderId: string, toId: string): void {
    this.converse(senderId, toId);
    this.written.add(`${senderId} ${toId}`);
  }
}
