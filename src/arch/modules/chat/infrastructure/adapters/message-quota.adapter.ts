import { Injectable, Logger } from '@nestjs/common';
import { CountersPort } from '../../../../common/application/ports/counters.port.js';
import { RateLimitedError } from '../../../../common/domain/errors/rate-limited.error.js';
import { boundedCache } from '../../../../common/infrastructure/bounded-cache.js';
import { AppConfig } from '../../../../common/infrastructure/config/app-config.js';
import type { MessageQuotaPort } from '../../application/ports/message-quota.port.js';
import { QuotaUsage } from '../statements/quota-usage.js';

/** Milliseconds of a quota's window, which begins with the first message. */
const DAY = 86_400_000;
/** Maximum users in memory; for others the shared counters are used. */
const MOST_USERS = 50_000;

/** Counts in memory, and synchronises with the counters of all nodes from time to time, without waiting for them. */
@Injectable()
export class MessageQuotaAdapter implements MessageQuotaPort {
  private readonly logger = new Logger('Quota');
  private readonly usages = boundedCache<string, QuotaUsage>(MOST_USERS, {
    dispose: (usage, userId) => void this.settleUsage(userId, usage),
  });

  constructor(
    private readonly config: AppConfig,
    private readonly counters: CountersPort,
  ) {}

  takeMessage(userId: string, content: string): void {
    const { QUOTA_MESSAGES_DAY, QUOTA_BYTES_DAY } = this.config.env;
    const now = performance.now();
    const usage = this.usages.get(userId) ?? this.addUser(userId, now);
    const wait = usage.takeMessage(Buffer.byteLength(content), QUOTA_MESSAGES_DAY, QUOTA_BYTES_DAY, now);
    if (wait > 0) throw new RateLimitedError(wait, 'You have sent as much as you may in a day.');
    if (usage.isDue) void this.settleUsage(userId, usage);
  }

  private addUser(userId: string, now: number): QuotaUsage {
    const usage = new QuotaUsage(DAY, now);
    this.usages.set(userId, usage);
    return usage;
  }

  private async settleUsage(userId: string, usage: QuotaUsage): Promise<void> {
    const { messages, bytes } = usage.beginSettling();
    try {
      if (messages === 0) return;
      const [ofMessages, ofBytes] = await this.counters.increaseCounters([
        { key: `quota:messages:${userId}`, window: DAY, amount: messages },
        { key: `quota:bytes:${userId}`, window: DAY, amount: bytes },
      ]);
      if (ofMessages && ofBytes) usage.settled(ofMessages, ofBytes, performance.now());
    } catch (error) {
      this.logger.error(error);
    } finally {
      usage.endSettling();
    }
  }
}
