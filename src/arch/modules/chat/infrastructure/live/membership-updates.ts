import type { MeUpdated } from '../../domain/events/chat-event.js';
import type { OwnReactions } from '../../domain/models/own-reactions.model.js';
import { OncePerInterval } from '../../../../common/application/once-per-interval.js';

/**
 * Emits changed memberships: of each the first one at once, then at most one a second, the latest. Own reactions are
 * emitted with it, those to every message that has changed meanwhile.
 */
export class MembershipUpdates {
  private readonly updates: OncePerInterval<MeUpdated>;

  constructor(emit: (event: MeUpdated) => void) {
    this.updates = new OncePerInterval(emit, isNews, {}, combine);
  }

  emitUpdate(event: MeUpdated): void {
    this.updates.emitState(`${event.conversationId} ${event.userId}`, event);
  }

  /** Drops waiting updates, which belong to one epoch of the database. */
  cancelUpdates(): void {
    this.updates.cancelAll();
  }
}

/** Own reactions are always news: their order is not that of memberships. */
function isNews(event: MeUpdated, last: MeUpdated): boolean {
  return event.own !== undefined || isLater(event, last);
}

/** A membership that begins anew has a `version` of its own. */
function isLater({ me }: MeUpdated, { me: last }: MeUpdated): boolean {
  return me !== undefined && (!last || me.version > last.version || me.joinedAt > last.joinedAt);
}

/** Two sockets have been answered one state each: both are sent the later one. */
function combine(waiting: MeUpdated, later: MeUpdated): MeUpdated {
  const me = isLater(later, waiting) ? later.me : waiting.me;
  const own = combineOwn(waiting.own, later.own);
  return {
    ...later,
    ...(me && { me }),
    ...(own && { own }),
    socketId: waiting.socketId === later.socketId ? later.socketId : undefined,
  };
}

/** Of each message those of the highest `rev`. */
function combineOwn(waiting: MeUpdated['own'], later: MeUpdated['own']): MeUpdated['own'] {
  if (!waiting || !later) return waiting ?? later;
  const sets = new Map<string, OwnReactions>(waiting.map((set) => [set.messageId, set]));
  for (const set of later) {
    if (set.rev >= (sets.get(set.messageId)?.rev ?? 0)) sets.set(set.messageId, set);
  }
  return [...sets.values()];
}
