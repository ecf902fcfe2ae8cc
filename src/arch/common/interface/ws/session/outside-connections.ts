import type { Namespace, Server, Socket } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import { addressNetworks } from '../../../domain/address-networks.js';
import type { ClientAddresses } from '../../http/server/client-addresses.js';
import { type SilenceLimits, SilentConnections } from '../../http/security/silent-connections.js';
import { endConnection, endForNow } from '../engine/end-connection.js';
import {
  closeConnectionOf,
  closeNow,
  clientOf,
  type Connection,
  engineOf,
} from '../engine/engine-connection.js';

/** CONNECTs of one connection, refused ones included. */
const MAX_ATTEMPTS = 3;

export interface OutsideLimits extends SilenceLimits {
  /** Milliseconds that a connection may be in no namespace, all in all. */
  readonly outside: number;
}

/** What a connection has used up of what it may do while it is in no namespace. */
interface Visit {
  /** Its client's; null when a proxy has put something else there. */
  readonly address: string | null;
  attempts: number;
  /** Whose CONNECT is being decided. */
  deciding: Socket | undefined;
  /** Milliseconds that it may still be outside; while it is, what was left when that began. */
  left: number;
  /** When it last went outside, on a clock that is never set. */
  since: number;
  /** Ends it; none while it is in a namespace. */
  timer: NodeJS.Timeout | undefined;
}

const visits = new WeakMap<Connection, Visit>();

/** From where a connection comes, also when its handshake is forgotten. */
export function addressOf(connection: Connection): string | null {
  return visits.get(connection)?.address ?? null;
}

/** Whether a connection is in a namespace, or waits to hear whether it may be. */
export function isAdmitted(connection: Connection): boolean {
  const visit = visits.get(connection);
  return visit !== undefined && (visit.timer === undefined || visit.deciding !== undefined);
}

/** The CONNECT has been answered. */
export function endAttempt(socket: Socket): void {
  const visit = visits.get(clientOf(socket).conn);
  if (visit?.deciding === socket) visit.deciding = undefined;
}

/**
 * Connections before they are in a namespace, and after they have left it. Socket.IO knows only the time to the first
 * time that they are; here all the time outside counts, and every CONNECT.
 */
export class OutsideConnections {
  /** The rooms of those that have left a namespace: who ends a room's sockets means their connections. */
  private readonly departed = new Map<Connection, readonly string[]>();

  private readonly silent: SilentConnections<Connection>;
  /** Listeners of every connection and socket: one function for all of them. */
  private readonly closed: (this: Connection) => void;
  private readonly left: (this: Socket) => void;

  constructor(
    private readonly limits: OutsideLimits,
    private readonly addresses: ClientAddresses,
  ) {
    const goInside = (connection: Connection): void => this.goInside(connection);
    const leave = (socket: Socket): void => this.leaveSocket(socket);
    this.closed = guardListener(function (this: Connection) {
      goInside(this);
    });
    this.left = guardListener(
      function (this: Socket) {
        leave(this);
      },
      function (this: Socket) {
        closeConnectionOf(this);
      },
    );
    this.silent = new SilentConnections(limits, (connection) => endForNow(connection, 'RATE_LIMITED'));
  }

  watchConnections(server: Server): void {
    engineOf(server).on(
      'connection',
      guardListener((connection) => this.openConnection(connection), closeNow),
    );
  }

  /** To be called before the namespace gets other middlewares. */
  guardNamespace(namespace: Pick<Namespace, 'use' | 'on'>): void {
    namespace.use(
      guardListener((socket: Socket, next: (error?: Error) => void) => {
        if (this.mayTry(socket)) return next();
        endConnection(clientOf(socket).conn);
        // Nobody is told any more; Socket.IO forgets the socket.
        next(new Error('Too many CONNECTs'));
      }, closeConnectionOf),
    );
    namespace.on(
      'connection',
      guardListener((socket: Socket) => this.enterSocket(socket), closeConnectionOf),
    );
  }

  /** Ends the connections that have been in a room and are outside now. */
  endConnectionsOf(room: string): void {
    for (const [connection, rooms] of this.departed) if (rooms.includes(room)) endConnection(connection);
  }

  private openConnection(connection: Connection): void {
    const visit: Visit = {
      address: connection.request && this.addresses.addressOf(connection.request),
      attempts: 0,
      deciding: undefined,
      left: this.limits.outside,
      since: 0,
      timer: undefined,
    };
    visits.set(connection, visit);
    this.goOutside(connection, visit);
    connection.on('close', this.closed);
  }

  /** One socket of a namespace a connection; Socket.IO sees to it as soon as there is one. */
  private mayTry(socket: Socket): boolean {
    const { conn } = clientOf(socket);
    const visit = visits.get(conn);
    if (!visit) return false;
    visit.attempts += 1;
    if (visit.attempts > MAX_ATTEMPTS || visit.deciding?.nsp === socket.nsp) return false;
    visit.deciding ??= socket;
    // Whoever is refused now has no second left; whoever waits for a place is counted for its user.
    this.silent.delete(conn);
    return true;
  }

  private enterSocket(socket: Socket): void {
    const { conn } = clientOf(socket);
    const visit = visits.get(conn);
    if (!visit) return;
    endAttempt(socket);
    this.goInside(conn);
    socket.on('disconnecting', this.left);
  }

  private leaveSocket(socket: Socket): void {
    const { conn } = clientOf(socket);
    const visit = visits.get(conn);
    if (!visit || conn.readyState !== 'open') return;
    this.departed.set(conn, [...socket.rooms]);
    this.goOutside(conn, visit);
  }

  private goOutside(connection: Connection, visit: Visit): void {
    visit.since = performance.now();
    const end = guardListener(() => {
      // Only a place among those of its user is waited for that long.
      if (visit.deciding) endForNow(connection, 'RATE_LIMITED');
      else endConnection(connection);
    });
    visit.timer = setTimeout(end, visit.left).unref();
    const [network] = addressNetworks(visit.address ?? '');
    if (!this.silent.add(connection, network)) endForNow(connection, 'RATE_LIMITED');
  }

  private goInside(connection: Connection): void {
    const visit = visits.get(connection);
    if (!visit?.timer) return;
    clearTimeout(visit.timer);
    visit.timer = undefined;
    visit.left -= performance.now() - visit.since;
    this.silent.delete(connection);
    this.departed.delete(connection);
  }
}
