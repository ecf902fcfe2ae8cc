import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { OnlineUsersPort } from './ports/online-users.port.js';
import { PresenceWatchers } from './presence-watchers.js';
import { SettledStates } from './settled-states.js';

/** Who is online, as this node's sockets have been shown it. */
@Injectable()
export class AnnouncedStates implements OnApplicationShutdown {
  private readonly settled: SettledStates;
  private announce: (userId: string) => void = () => undefined;

  constructor(online: OnlineUsersPort, watchers: PresenceWatchers) {
    this.settled = new SettledStates(
      (userId) => online.isOnline(userId),
      (userId) => this.announce(userId),
    );
    online.onChange((userId) => this.settled.stateChanged(userId, watchers.isWatched(userId)));
  }

  isOnline(userId: string): boolean {
    return this.settled.isOnline(userId);
  }

  /** @param announce called when a user's state is to be announced to its watchers; there is one listener */
  onAnnouncement(announce: (userId: string) => void): void {
    this.announce = announce;
  }

  onApplicationShutdown(): void {
    this.settled.stop();
  }
}
