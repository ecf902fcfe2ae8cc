import { AnnouncedStates } from '../../src/arch/modules/presence/application/announced-states.js';
import { PresenceAnnouncer } from '../../src/arch/modules/presence/application/presence-announcer.js';
import { PresenceEmitter } from '../../src/arch/modules/presence/application/presence-emitter.js';
import { PresenceReader } from '../../src/arch/modules/presence/application/presence-reader.js';
import { PresenceWatchers } from '../../src/arch/modules/presence/application/presence-watchers.js';
import { AcquaintanceFake } from './acquaintance.fake.js';
import { OnlineUsersFake } from './online-users.fake.js';
import { PresencePublisherFake } from './presence-publisher.fake.js';
import { PresenceStoreFake } from './presence-store.fake.js';
import { VisibilityChangesFake } from './visibility-changes.fake.js';

/** The presence module on fakes. */
export class FakePresence {
  readonly acquaintances = new AcquaintanceFake();
  readonly online = new OnlineUsersFake();
  readonly store = new PresenceStoreFake();
  readonly publisher = new PresencePublisherFake();
  readonly watchers = new PresenceWatchers(2 ** 30);
  readonly states = new AnnouncedStates(this.online, this.watchers);
  readonly reader = new PresenceReader(this.acquaintances, this.store, this.states);
  readonly visibility = new VisibilityChangesFake();
  readonly announcer = new PresenceAnnouncer(
    this.watchers,
    this.reader,
    this.states,
    this.visibility,
    new PresenceEmitter(this.watchers, this.publisher),
  );

  constructor() {
    this.announcer.onApplicationBootstrap();
  }

  /** Creates accounts that show their presence to everyone, and share a conversation. */
  friends(...userIds: string[]): (userId: string) => void {
    for (const userId of userIds) this.store.setAudience(userId, 'everyone');
    return this.acquaintances.converse(...userIds);
  }

  stop(): void {
    this.announcer.onApplicationShutdown();
    this.states.onApplicationShutdown();
  }
}
