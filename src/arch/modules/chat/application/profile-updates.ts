import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { guardListener } from '../../../common/application/guard-listener.js';
import { MinuteLog } from '../../../common/application/minute-log.js';
import { OncePerInterval } from '../../../common/application/once-per-interval.js';
import { ProfileChangesPort } from '../../user/application/ports/profile-changes.port.js';
import { ProfileAudiencePort, WRITTEN_MAX } from './ports/profile-audience.port.js';
import { ProfilePublisherPort } from './ports/profile-publisher.port.js';

/** Milliseconds between two events of one user. */
const INTERVAL_MS = 60_000;
/** Milliseconds until profiles are read again that could not be read. */
const RETRY = 1_000;

/**
 * Emits changed profiles to the sockets of this node that share a conversation with the user: of each user the first one at
 * once, then at most one a minute, the last. Profiles are read when they are emitted, one after another.
 */
@Injectable()
export class ProfileUpdates implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('Profiles');
  private readonly failures = new MinuteLog<unknown>((count, last) =>
    this.logger.warn(`Changed profiles wait, as the database cannot be read (${count}): ${String(last)}`),
  );
  private readonly paced = new OncePerInterval<{ readonly userId: string }>(
    ({ userId }) => this.announceSoon(userId),
    () => true,
    { interval: INTERVAL_MS },
  );
  private readonly waiting = new Set<string>();
  private isRunning = false;
  private isStopped = false;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly changes: ProfileChangesPort,
    private readonly audiences: ProfileAudiencePort,
    private readonly publisher: ProfilePublisherPort,
  ) {}

  onModuleInit(): void {
    this.changes.onChange((userId) => this.paced.emitState(userId, { userId }));
  }

  onApplicationShutdown(): void {
    this.isStopped = true;
    this.paced.cancelAll();
    this.waiting.clear();
    clearTimeout(this.retry);
  }

  private announceSoon(userId: string): void {
    this.waiting.add(userId);
    if (!this.isRunning) this.announceAll();
  }

  private readonly announceAll = guardListener(async () => {
    this.isRunning = true;
    for (const userId of this.waiting) {
      this.waiting.delete(userId);
      try {
        await this.announce(userId);
      } catch (error) {
        if (this.isStopped) return;
        this.failures.logDetail(error);
        this.waiting.add(userId);
        // It is running until then.
        this.retry = setTimeout(this.announceAll, RETRY).unref();
        return;
      }
    }
    this.isRunning = false;
  });

  private async announce(userId: string): Promise<void> {
    const profile = await this.changes.findProfile(userId);
    if (!profile) return;
    const audience = profile.isDeleted
      ? { conversationIds: await this.findWritten(userId), blockedIds: new Set<string>() }
      : await this.audiences.findAudience(userId);
    if (!this.isStopped) this.publisher.publishProfile(profile, audience);
  }

  /** The memberships and blocks of an account end before the account does. */
  private async findWritten(userId: string): Promise<string[]> {
    const rooms = this.publisher.listJoined();
    const written: string[] = [];
    for (let from = 0; from < rooms.length; from += WRITTEN_MAX) {
      written.push(...(await this.audiences.findWritten(userId, rooms.slice(from, from + WRITTEN_MAX))));
    }
    return written;
  }
}
