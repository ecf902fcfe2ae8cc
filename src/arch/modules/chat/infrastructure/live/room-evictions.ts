import { Injectable } from '@nestjs/common';
import { NodesPort } from '../../../../common/application/ports/nodes.port.js';
import type { Eviction } from '../../domain/events/eviction.js';
import { encodeEviction, parseEviction } from './eviction.message.js';
import { JoinedRooms } from './joined-rooms.js';

/** Between nodes. */
const SUBJECT = 'eviction';

/** Takes the sockets of former members out of rooms, on every node. */
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
  }

  /** Resolves when the other nodes have done it, or have been waited for; never rejects. */
  evict(eviction: Eviction): Promise<void> {
    this.evictHere(eviction);
    return this.nodes.askNodes(SUBJECT, encodeEviction(eviction));
  }

  private evictHere({ conversationId, userId, rev }: Eviction): void {
    this.joined.evict(conversationId, userId, rev);
  }
}
