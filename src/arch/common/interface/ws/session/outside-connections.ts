import type { Namespace, Server, Socket } from 'socket.io';
import { guardListener } from '../../../application/guard-listener.js';
import { addressNetworks } from '../../../domain/address-networks.js';
import type { ClientAddresses } from '../../http/server/client-addresses.js';
import { type SilenceLimits, SilentConnections } from '../../http/security/silent-connections.js';
import { endConnection, endForNow } from '../engine/end-connection.js';
import {
  closeConnectionOf,
  closeNow,
  connectionOf,
  type Connection,
  engineOf,
} from '../engine/engine-connection.js';

/** CONNECTs of one connection, refused ones included. */
const MAX_ATTEMPTS = 3;

export interface OutsideLimits extends SilenceLimits {
  /** Milliseconds in total that a connection may be in no namespace. */
  readonly outside: number;
}

/** What a connection has used up of its limits outside of the namespaces. */
interface Visit {
  /** The client's address; null when a proxy has forwarded something that is none. */
  readonly address: string | null;
  attempts: number;
  /** The socket whose CONNECT is being decided. */
  deciding: Socket | undefined;
  /** Milliseconds that the connection may still be outside; while it is outside, as of when that began. */
  left: number;
  /** When it last went outside, on a monotonic clock. */
  since: number;
  /** Closes the connection; undefined while it is in a namespace. */
  timer: NodeJS.Timeout | undefined;
}

const visits = new WeakMap<Connection, Visit>();

/** The address of a connection, available after its handshake has been dropped as well. */
export function addressOf(connection: Connection): string | null {
  return visits.get(connection)?.address ?? null;
}

/** Whether a connection is in a namespace, or a CONNECT of it is being decided. */
export function isAdmitted(connection: Connection): boolean {
  const visit = visits.get(connection);
  return visit !== undefined && (visit.timer === undefined || visit.deciding !== undefined);
}

/** Marks the CONNECT as answered. */
export function endAttempt(socket: Socket): void {
  const visit = visits.get(connectionOf(socket));
  if (visit?.deciding === socket) visit.deciding = undefined;
}

/**
 * Limits connections before they enter a namespace, and after they have left it. Socket.IO limits only the time before
 * the first namespace; this class counts all time outside, and every CONNECT.
 */
export class OutsideConnections {
  /** The rooms of connections that have left a namespace: ending a room's sockets closes these connections as well. */
  private readonly departed = new Map<Connection, readonly string[]>();

  private readonly silent: SilentConnections<Connection>;
  /** Listeners that all connections and sockets share, to save memory. */
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

  /** Must be called before the namespace gets other middlewares. */
  guardNamespace(namespace: Pick<Namespace, 'use' | 'on'>): void {
    namespace.use(
      guardListener((socket: Socket, next: (error?: Error) => void) => {
        if (this.mayTry(socket)) return next();
        endConnection(connectionOf(socket));
        // The client gets no answer; the error only makes Socket.IO drop the socket.
        next(new Error('Too many CONNECTs'));
      }, closeConnectionOf),
    );
    namespace.on(
      'connection',
      guardListener((socket: Socket) => this.enterSocket(socket), closeConnectionOf),
    );
  }

  /** Closes the connections that were in a room and are outside now. */
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

  /** Allows one socket of a namespace for each connection; Socket.IO itself ensures that once the socket exists. */
  private mayTry(socket: Socket): boolean {
    const conn = connectionOf(socket);
    const visit = visits.get(conn);
    if (!visit) return false;
    visit.attempts += 1;
    if (visit.attempts > MAX_ATTEMPTS || visit.deciding?.nsp === socket.nsp) return false;
    visit.deciding ??= socket;
    // A refused connection is not silent, and one that waits for a place counts for its user instead.
    this.silent.delete(conn);
    return true;
  }

  private enterSocket(socket: Socket): void {
    const conn = connectionOf(socket);
    const visit = visits.get(conn);
    if (!visit) return;
    endAttempt(socket);
    this.goInside(conn);
    socket.on('disconnecting', this.left);
  }

  private leaveSocket(socket: Socket): void {
    const conn = connectionOf(socket);
    const visit = visits.get(conn);
    if (!visit || conn.readyState !== 'open') return;
    this.departed.set(conn, [...socket.rooms]);
    this.goOutside(conn, visit);
  }

  private goOutside(connection: Connection, visit: Visit): void {
    visit.since = performance.now();
    const end = guardListener(() => {
      // A CONNECT takes that long only while it waits for a place of its user.
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
    visit.left = Math.max(0, visit.left - (performance.now() - visit.since));
    this.silent.delete(connection);
    this.departed.delete(connection);
  }
}
