import { Injectable } from '@nestjs/common';
import { NodesPort } from '../../../../common/application/ports/nodes.port.js';
import type { Eviction } from '../../domain/events/eviction.js';
import type { HiddenMessages } from '../../domain/events/hidden-messages.js';
import { encodeEviction, parseEviction } from './eviction.message.js';
import { encodeHiddenMessages, parseHiddenMessages } from './hidden-messages.message.js';
import { JoinedRooms } from './joined-rooms.js';

/** Between nodes. */
const SUBJECT = 'eviction';
const HIDDEN = 'hidden-messages';

/** Takes the sockets of former members out of rooms, and hides from those of members what they may not see, on every node. */
@Injectable()
export class RoomEvictions {
  constructor(
    private readonly joined: JoinedRooms,
    private readonly nodes: NodesPort,
  ) {
    nodes.onRequest(SUBJECT, (request) => {
      const eviction = parseEviction(request);
      if (eviction) this.evictHere(eviction);
    });
    nodes.onRequest(HIDDEN, (request) => {
      const hidden = parseHiddenMessages(request);
      if (hidden) this.joined.hideHistory(hidden);
    });
  }

  /** Resolves when the other nodes have done it, or have been waited for; never rejects. */
  evict(eviction: Eviction): Promise<void> {
    this.evictHere(eviction);
    return this.nodes.askNodes(SUBJECT, encodeEviction(eviction));
  }

  /** Resolves like `evict`. */
  hideHistory(hidden: HiddenMessages): Promise<void> {
    this.joined.hideHistory(hidden);
    return this.nodes.askNodes(HIDDEN, encodeHiddenMessages(hidden));
  }

  private evictHere({ conversationId, userId, rev }: Eviction): void {
    this.joined.evict(conversationId, userId, rev);
  }
}
