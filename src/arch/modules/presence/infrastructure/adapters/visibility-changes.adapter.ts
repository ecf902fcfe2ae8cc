import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { guardListener } from '../../../../common/application/guard-listener.js';
import { BusPort } from '../../../../common/application/ports/bus.port.js';
import { VisibilityReports } from '../../../../common/application/visibility-reports.js';
import type { VisibilityChangesPort } from '../../application/ports/visibility-changes.port.js';
import { inParts, parseUsers } from '../nodes/node-message.js';

/** The channel of the bus. */
const CHANNEL = 'visibility';
/** Milliseconds in which changes share a message: a deleted conversation reports all of its members. */
const COLLECTED = 50;

/**
 * Publishes what this node's modules report. A message that is lost, as while Redis is unavailable, delays only the
 * last event of people who see a user no longer: the database is read before every event.
 */
@Injectable()
export class VisibilityChangesAdapter implements VisibilityChangesPort, OnApplicationShutdown {
  private readonly listeners: ((userId: string) => void)[] = [];
  private readonly pending = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    reports: VisibilityReports,
    private readonly bus: BusPort,
  ) {
    reports.onReport((userId) => {
      if (bus.reachesNodes) this.publishSoon(userId);
      this.notifyListeners(userId);
    });
    bus.subscribe(CHANNEL, (message) => {
      for (const userId of parseUsers(message)) this.notifyListeners(userId);
    });
  }

  onChange(listener: (userId: string) => void): void {
    this.listeners.push(listener);
  }

  onApplicationShutdown(): void {
    clearTimeout(this.timer);
    this.publishPending();
  }

  private notifyListeners(userId: string): void {
    for (const listener of this.listeners) listener(userId);
  }

  private publishSoon(userId: string): void {
    this.pending.add(userId);
    this.timer ??= setTimeout(this.publishPending, COLLECTED).unref();
  }

  private readonly publishPending = guardListener(() => {
    this.timer = undefined;
    if (this.pending.size === 0) return;
    for (const users of inParts([...this.pending])) this.bus.publish(CHANNEL, JSON.stringify(users));
    this.pending.clear();
  });
}
