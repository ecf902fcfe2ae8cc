import { RateLimitedError } from '../../src/arch/common/domain/errors/rate-limited.error.js';
import { UnavailableError } from '../../src/arch/common/domain/errors/unavailable.error.js';
import type {
  ConversationAmounts,
  ConversationQuotaPort,
} from '../../src/arch/modules/chat/application/ports/conversation-quota.port.js';

/** A quota whose hour never ends. */
export class ConversationQuotaFake implements ConversationQuotaPort {
  private readonly used = new Map<string, ConversationAmounts>();

  constructor(public most: ConversationAmounts = { conversations: Infinity, members: Infinity }) {}

  usedBy(userId: string): ConversationAmounts {
    return this.used.get(userId) ?? { conversations: 0, members: 0 };
  }

  async runCounted<T>(
    userId: string,
    amounts: ConversationAmounts,
    work: (count: () => void) => Promise<T>,
  ): Promise<T> {
    let isCounted = false;
    const add = (sign: 1 | -1): void => {
      const { conversations, members } = this.usedBy(userId);
      const sum = {
        conversations: conversations + sign * amounts.conversations,
        members: members + sign * amounts.members,
      };
      if (sum.conversations > this.most.conversations || sum.members > this.most.members)
        throw new RateLimitedError(3_600_000);
      this.used.set(userId, sum);
      isCounted = sign === 1;
    };
    try {
      return await work(() => isCounted || add(1));
    } catch (error) {
      if (isCounted && !(error instanceof UnavailableError && error.outcome === 'unknown')) add(-1);
      throw error;
    }
  }
}
