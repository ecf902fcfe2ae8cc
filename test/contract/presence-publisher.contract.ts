import { beforeEach, describe, expect, it } from 'vitest';
import type { PresencePublisherPort } from '../../src/arch/modules/presence/application/ports/presence-publisher.port.js';

interface PresencePublisherSubject {
  readonly publisher: PresencePublisherPort;
  /** The users and states that a socket was sent, in order: `ada online`. */
  sentTo(socketId: string): string[];
}

export function describePresencePublisherContract(name: string, make: () => PresencePublisherSubject): void {
  describe(`PresencePublisherPort on ${name}`, () => {
    let subject: PresencePublisherSubject;
    beforeEach(() => {
      subject = make();
    });

    it('sends a presence to each of the sockets once, in order, and to no other', () => {
      const { publisher } = subject;
      publisher.publishPresence(['s1', 's2'], { userId: 'ada', status: 'online', lastSeenAt: null });
      publisher.publishPresence(['s2'], { userId: 'ada', status: 'offline', lastSeenAt: new Date() });
      publisher.publishPresence([], { userId: 'bob', status: 'online', lastSeenAt: null });
      expect(['s1', 's2', 's3'].map((id) => subject.sentTo(id))).toEqual([
        ['ada online'],
        ['ada online', 'ada offline'],
        [],
      ]);
    });
  });
}
