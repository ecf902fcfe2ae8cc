import type { DefaultEventsMap, Namespace } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import type { DatabaseEpochPort } from '../../../application/ports/database-epoch.port.js';

/** What nodes tell each other: an event for a room, wherever its sockets are. */
interface NodeEvents {
  /**
   * @param except empty for none: older nodes take nothing but a text in its place
   * @param epoch of the database when it was told; older nodes do not say
   */
  room: (room: string, event: string, payload: object, except?: string, epoch?: string) => void;
}

/** This node's sockets. */
interface Rooms {
  deliver(room: string, event: string, payload: object, except?: string): void;
}

type JoinedNamespace = Namespace<DefaultEventsMap, DefaultEventsMap, NodeEvents>;

/**
 * The same namespace on other nodes, which the namespace's adapter reaches: at once and at most once, in the order
 * of each node. What a node has not heard is in the database. What is told of another epoch than this node's is not
 * heard: its numbers count in another history.
 */
export class OtherNodes {
  private readonly namespace: JoinedNamespace;

  constructor(
    namespace: Namespace,
    private readonly rooms: Rooms,
    private readonly epoch: DatabaseEpochPort,
  ) {
    this.namespace = namespace;
    this.namespace.on(
      'room',
      guardListener((...word) => this.hear(...word)),
    );
  }

  /** Every other node delivers it to its own sockets. Never waits. */
  tell(room: string, event: string, payload: object, except = ''): void {
    this.namespace.serverSideEmit('room', room, event, payload, except, this.epoch.current);
  }

  private readonly hear: NodeEvents['room'] = (room, event, payload, except, epoch) => {
    if (epoch !== undefined && epoch !== this.epoch.current) this.epoch.suspect();
    else this.rooms.deliver(room, event, payload, except === '' ? undefined : except);
  };
}
