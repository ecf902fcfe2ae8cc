import { Injectable, Logger } from '@nestjs/common';
import { CountersPort } from '../../../../common/application/ports/counters.port.js';
import { RateLimitedError } from '../../../../common/domain/errors/rate-limited.error.js';
import { UnavailableError } from '../../../../common/domain/errors/unavailable.error.js';
import { boundedCache } from '../../../../common/infrastructure/bounded-cache.js';
import { AppConfig } from '../../../../common/infrastructure/config/app-config.js';
import type {
  ConversationAmounts,
  ConversationQuotaPort,
} from '../../application/ports/conversation-quota.port.js';
import { SharedCount } from '../statements/shared-count.js';

/** Milliseconds of the window, which begins with the first creation or addition. */
const HOUR = 3_600_000;
/** Maximum users in memory; for others the shared counters are used. */
const MOST_USERS = 50_000;

const NAMES = ['conversations', 'members'] as const;
type Counts = Readonly<Record<(typeof NAMES)[number], SharedCount>>;

/** Counts in memory, and reports each change to the counters of all nodes without waiting for them. */
@Injectable()
export class ConversationQuotaAdapter implements ConversationQuotaPort {
  private readonly logger = new Logger('Quota');
  private readonly users = boundedCache<string, Counts>(MOST_USERS, {
    dispose: (counts, userId) => this.reportAll(userId, counts),
  });

  constructor(
    private readonly config: AppConfig,
    private readonly counters: CountersPort,
  ) {}

  async runCounted<T>(
    userId: string,
    amounts: ConversationAmounts,
    work: (count: () => void) => Promise<T>,
  ): Promise<T> {
    let isCounted = false;
    try {
      return await work(() => {
        if (isCounted) return;
        this.requireRoom(userId, amounts);
        this.add(userId, amounts, 1);
        isCounted = true;
      });
    } catch (error) {
      const mayBeStored = error instanceof UnavailableError && error.outcome === 'unknown';
      if (isCounted && !mayBeStored) this.add(userId, amounts, -1);
      throw error;
    }
  }

  private requireRoom(userId: string, amounts: ConversationAmounts): void {
    const { LIMIT_CONVERSATIONS_HOUR, LIMIT_ADDED_MEMBERS_HOUR } = this.config.env;
    const { conversations, members } = this.countsOf(userId);
    const now = performance.now();
    const wait = Math.max(
      conversations.waitFor(amounts.conversations, LIMIT_CONVERSATIONS_HOUR, now),
      members.waitFor(amounts.members, LIMIT_ADDED_MEMBERS_HOUR, now),
    );
    if (wait > 0)
      throw new RateLimitedError(
        Math.ceil(wait),
        'You have created as many conversations, or added as many members, as you may in an hour.',
      );
  }

  private add(userId: string, amounts: ConversationAmounts, sign: 1 | -1): void {
    const counts = this.countsOf(userId);
    for (const name of NAMES) counts[name].add(sign * amounts[name]);
    this.reportAll(userId, counts);
  }

  private countsOf(userId: string): Counts {
    const found = this.users.get(userId);
    if (found) return found;
    const now = performance.now();
    const counts = { conversations: new SharedCount(HOUR, now), members: new SharedCount(HOUR, now) };
    this.users.set(userId, counts);
    return counts;
  }

  private reportAll(userId: string, counts: Counts): void {
    for (const name of NAMES)
      if (counts[name].isDue) void this.report(`quota:${name}:${userId}`, counts[name]);
  }

  /** What is counted while a report is in flight is reported after it. */
  private async report(key: string, count: SharedCount): Promise<void> {
    const amount = count.beginReport();
    try {
      const [counted] = await this.counters.increaseCounters([{ key, window: HOUR, amount }]);
      if (counted) count.reported(counted, performance.now());
      count.endReport();
      if (count.isDue) await this.report(key, count);
    } catch (error) {
      count.endReport();
      this.logger.error(error);
    }
  }
}
