import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { guardListener } from '../../../../common/application/guard-listener.js';
import { BusPort } from '../../../../common/application/ports/bus.port.js';
import { DatabaseEpochPort } from '../../../../common/application/ports/database-epoch.port.js';
import { RoomEmitterPort } from '../../../../common/application/ports/room-emitter.port.js';
import { sessionRoom } from '../../../../common/domain/rooms.js';
import { AppConfig } from '../../../../common/infrastructure/config/app-config.js';
import { SessionRepositoryPort } from '../../application/ports/session-repository.port.js';
import type { SessionRevocationsPort } from '../../application/ports/session-revocations.port.js';
import { RevokedSessions } from './revoked-sessions.js';

const CHANNEL = 'sessions-ended';
/**
 * Milliseconds between polls of the database, which find sessions that the bus did not announce. docs/scaling.md
 * promises this figure.
 */
const POLL_INTERVAL = 2_000;
/** Maximum sessions that wait to be confirmed, and in one statement; the next poll finds the rest. */
const MAX_NAMED = 1_000;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Seconds by which clocks may differ and commits may be late. */
const MARGIN = 60;

/**
 * The sessions that have ended within the lifetime of an access token, in memory. Other nodes announce theirs over the
 * bus at once, and the database has them in any case.
 */
@Injectable()
export class SessionRevocationsAdapter
  implements SessionRevocationsPort, OnApplicationBootstrap, OnModuleDestroy
{
  private readonly logger = new Logger('SessionRevocations');
  private readonly revoked: RevokedSessions;
  /** Announced by other nodes, and to be confirmed by the database. */
  private readonly named = new Set<string>();
  private confirming = false;
  private timer: NodeJS.Timeout | undefined;
  /**
   * When (ms) the last successful poll began: on a monotonic clock, and on one that continues while the machine sleeps.
   */
  private lastPoll = { monotonic: -Infinity, wall: -Infinity };
  /** The wall-clock time (ms) at which the monotonic clock was 0. */
  private readonly origin = Date.now() - performance.now();

  constructor(
    private readonly sessions: SessionRepositoryPort,
    private readonly rooms: RoomEmitterPort,
    private readonly bus: BusPort,
    private readonly config: AppConfig,
    epoch: DatabaseEpochPort,
  ) {
    this.revoked = new RevokedSessions(this.lifetime * 1_000);
    // The new epoch may have other ended sessions. Known ones stay: their users have been informed.
    epoch.onRenewal(() => (this.lastPoll = { monotonic: -Infinity, wall: -Infinity }));
    bus.subscribe(CHANNEL, (message) => this.onPublished(message.split(',', MAX_NAMED)));
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.pollDatabase();
    this.schedulePoll();
  }

  onModuleDestroy(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  announceRevocations(sessionIds: readonly string[]): void {
    if (sessionIds.length === 0) return;
    this.markRevoked(sessionIds);
    this.bus.publish(CHANNEL, sessionIds.join(','));
  }

  isRevoked(sessionId: string): boolean {
    return this.revoked.has(sessionId);
  }

  get forgottenUntil(): number {
    return this.revoked.forgottenUntil;
  }

  private get lifetime(): number {
    return this.config.env.JWT_ACCESS_EXPIRATION + MARGIN;
  }

  /** An announced session counts only when the database confirms it; the poll finds those above the maximum. */
  private onPublished(sessionIds: readonly string[]): void {
    for (const id of sessionIds) {
      if (this.named.size >= MAX_NAMED) break;
      if (UUID.test(id) && !this.revoked.has(id)) this.named.add(id);
    }
    if (!this.confirming) void this.confirmNamed();
  }

  /** Runs one statement at a time. */
  private async confirmNamed(): Promise<void> {
    this.confirming = true;
    try {
      while (this.named.size > 0) {
        const ids = [...this.named];
        this.named.clear();
        this.markRevoked(await this.sessions.findEndedAmong(ids));
      }
    } catch (error) {
      this.logger.warn(
        `Could not check the sessions that another node has named as ended: ${(error as Error).message}`,
      );
    } finally {
      this.confirming = false;
    }
  }

  private markRevoked(sessionIds: readonly string[]): void {
    const now = Date.now();
    for (const id of sessionIds) {
      if (!this.revoked.add(id, now)) continue;
      this.rooms.disconnectRoom(sessionRoom(id), 'session_revoked', { code: 'SESSION_REVOKED' });
    }
  }

  /**
   * Reads from the last successful poll on, however long the database was unavailable, but not beyond the lifetime of a
   * token.
   */
  private async pollDatabase(): Promise<void> {
    const now = { monotonic: performance.now(), wall: Date.now() };
    try {
      const passed = Math.max(now.monotonic - this.lastPoll.monotonic, now.wall - this.lastPoll.wall);
      const since = Math.min(passed / 1_000 + MARGIN, this.lifetime);
      this.markRevoked(await this.sessions.findEndedWithin(since));
      this.lastPoll = now;
    } catch (error) {
      this.logger.warn(`Could not poll for ended sessions: ${(error as Error).message}`);
    }
    // A clock that is set forward for a moment, and back, makes expired tokens valid again.
    this.revoked.evictExpired(Math.min(now.wall, this.origin + now.monotonic));
  }

  private schedulePoll(): void {
    const poll = guardListener(() => this.pollDatabase().finally(() => this.timer && this.schedulePoll()));
    this.timer = setTimeout(poll, POLL_INTERVAL).unref();
  }
}
