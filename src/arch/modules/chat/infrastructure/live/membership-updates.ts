import type { MeUpdated } from '../../domain/events/chat-event.js';
import { OnceASecond } from './once-a-second.js';

/** Emits changed memberships: of each the first one at once, then at most one a second, the latest. */
export class MembershipUpdates {
  private readonly updates: OnceASecond<MeUpdated>;

  constructor(emit: (event: MeUpdated) => void) {
    this.updates = new OnceASecond(emit, isLater, undefined, combine);
  }

  emitUpdate(event: MeUpdated): void {
    this.updates.emitState(`${event.conversationId} ${event.userId}`, event);
  }

  /** Drops waiting updates, which belong to one epoch of the database. */
  cancelUpdates(): void {
    this.updates.cancelAll();
  }
}

/** A membership that begins anew has a `version` of its own. */
function isLater({ me }: MeUpdated, { me: last }: MeUpdated): boolean {
  return me.version > last.version || me.joinedAt > last.joinedAt;
}

/** Two sockets have been answered one state each: both are sent the later one. */
function combine(waiting: MeUpdated, later: MeUpdated): MeUpdated {
  return { ...later, socketId: waiting.socketId === later.socketId ? later.socketId : undefined };
}
