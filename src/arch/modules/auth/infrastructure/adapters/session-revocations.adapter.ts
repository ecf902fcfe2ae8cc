import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { guardListener } from '../../../../common/application/guard-listener.js';
import { BusPort } from '../../../../common/application/ports/bus.port.js';
import { RoomEmitterPort } from '../../../../common/application/ports/room-emitter.port.js';
import { sessionRoom } from '../../../../common/domain/rooms.js';
import { AppConfig } from '../../../../common/infrastructure/config/app-config.js';
import { SessionRepositoryPort } from '../../application/ports/session-repository.port.js';
import type { SessionRevocationsPort } from '../../application/ports/session-revocations.port.js';

const CHANNEL = 'sessions-ended';
/** Milliseconds between looks into the database, which finds what the bus did not bring; the contract allows 5 s. */
const LOOK_EVERY = 2_000;
/** Seconds that clocks and commits may lag behind. */
const MARGIN = 60;

/**
 * The sessions that have ended within the life of an access token, in memory. Other nodes' ends come over
 * the bus at once, and from the database in any case.
 */
@Injectable()
export class SessionRevocationsAdapter
  implements SessionRevocationsPort, OnApplicationBootstrap, OnModuleDestroy
{
  private readonly logger = new Logger('SessionRevocations');
  /** Each id with the time (ms) after which no access token of it can be alive. */
  private readonly revoked = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  /** When (ms) the last look began that the database answered. */
  private lookedAt = 0;

  constructor(
    private readonly sessions: SessionRepositoryPort,
    private readonly rooms: RoomEmitterPort,
    private readonly bus: BusPort,
    private readonly config: AppConfig,
  ) {
    bus.subscribe(CHANNEL, (message) => this.learn(message.split(',')));
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.look();
    this.schedule();
  }

  onModuleDestroy(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  announce(sessionIds: readonly string[]): void {
    if (sessionIds.length === 0) return;
    this.learn(sessionIds);
    this.bus.publish(CHANNEL, sessionIds.join(','));
  }

  isRevoked(sessionId: string): boolean {
    return this.revoked.has(sessionId);
  }

  private get lifetime(): number {
    return this.config.env.JWT_ACCESS_EXPIRATION + MARGIN;
  }

  private learn(sessionIds: readonly string[]): void {
    const until = Date.now() + this.lifetime * 1_000;
    for (const id of sessionIds) {
      if (this.revoked.has(id)) continue;
      this.revoked.set(id, until);
      this.rooms.disconnect(sessionRoom(id), 'session_revoked', { code: 'SESSION_REVOKED' });
    }
  }

  /** Back to the last look, however long the database was away, but not beyond the life of a token. */
  private async look(): Promise<void> {
    const now = Date.now();
    try {
      const since = Math.min((now - this.lookedAt) / 1_000 + MARGIN, this.lifetime);
      this.learn(await this.sessions.findEndedWithin(since));
      await this.sessions.eraseSealed();
      this.lookedAt = now;
    } catch (error) {
      this.logger.warn(`Could not look for ended sessions: ${(error as Error).message}`);
    }
    for (const [id, until] of this.revoked) {
      if (until > now) break; // in the order of their times
      this.revoked.delete(id);
    }
  }

  private schedule(): void {
    const look = guardListener(() => this.look().finally(() => this.timer && this.schedule()));
    this.timer = setTimeout(look, LOOK_EVERY).unref();
  }
}
