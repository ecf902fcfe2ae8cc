import type { DefaultEventsMap, Namespace } from 'socket.io';
import { guardListener } from '../../application/guard-listener.js';

/** What nodes tell each other: an event for a room, wherever its sockets are. */
interface NodeEvents {
  room: (room: string, event: string, payload: object, except?: string) => void;
}

type JoinedNamespace = Namespace<DefaultEventsMap, DefaultEventsMap, NodeEvents>;

/**
 * The same namespace on other nodes, which the namespace's adapter reaches: at once and at most once, in the order
 * of each node. What a node has not heard is in the database.
 */
export class OtherNodes {
  private readonly namespace: JoinedNamespace;

  /** @param rooms of this node's sockets */
  constructor(namespace: Namespace, rooms: { deliver: NodeEvents['room'] }) {
    this.namespace = namespace;
    this.namespace.on(
      'room',
      guardListener((room, event, payload, except) => rooms.deliver(room, event, payload, except)),
    );
  }

  /** Every other node delivers it to its own sockets. Never waits. */
  tell(room: string, event: string, payload: object, except?: string): void {
    if (except === undefined) this.namespace.serverSideEmit('room', room, event, payload);
    else this.namespace.serverSideEmit('room', room, event, payload, except);
  }
}
