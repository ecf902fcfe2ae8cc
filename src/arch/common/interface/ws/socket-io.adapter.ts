import type { Server as HttpServer } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { Namespace, Server, type ServerOptions, type Socket } from 'socket.io';
import { guardListener } from '../../application/guard-listener.js';
import { InFlightWork } from '../../application/in-flight-work.js';
import { SecurityLogPort } from '../../application/ports/security-log.port.js';
import { RouteNotFoundError } from '../../domain/errors/route-not-found.error.js';
import { recordRefusal } from '../errors/record-refusal.js';
import { bareCaller } from '../http/server/bare-caller.js';
import { ClientAddresses } from '../http/server/client-addresses.js';
import { CONNECTION_LIMITS, type ConnectionLimits } from '../http/security/connection-limits.js';
import type { HostPolicy } from '../http/security/host-policy.js';
import { limitPipelining } from '../http/security/limit-pipelining.js';
import { limitTcp, type TcpLimits } from '../http/security/limit-tcp.js';
import type { OriginPolicy } from '../http/security/origin-policy.js';
import { requestId } from '../http/security/request-id.js';
import type { AuthenticatedSocket } from '../principal-of.js';
import { ConnectedUsers } from './session/connected-users.js';
import { coalesceWrites } from './engine/coalesce-writes.js';
import { endFloods } from './events/end-floods.js';
import { closeConnectionOf, engineOf } from './engine/engine-connection.js';
import { acceptPathWithoutSlash } from './engine/engine-path.js';
import { EventQuota } from './events/event-quota.js';
import { forgetHandshake, forgetUpgradeRequests } from './engine/forget-handshake.js';
import { guardUpgrades } from './engine/guard-upgrades.js';
import { HandshakeLimit } from './session/handshake-limit.js';
import { refuse } from './session/handshake-refusal.js';
import { limitPolling } from './engine/limit-polling.js';
import { limitWebSockets } from './engine/limit-websockets.js';
import { OutsideConnections, type OutsideLimits } from './session/outside-connections.js';
import { MAX_POST } from './engine/packet-limits.js';
import { receiveEvents, type EventHandler } from './events/receive-events.js';
import { refusePolling } from './engine/refuse-polling.js';
import { cutSlowPolling } from './engine/slow-sockets.js';
import { SocketDrain } from './session/socket-drain.js';
import { SocketIoRoomEmitter } from './rooms/socket-io-room-emitter.js';
import { StartOver } from './session/start-over.js';
import { verifyHandshakes } from './engine/verify-handshakes.js';

/**
 * The longest delay of a Node timer in milliseconds: Socket.IO's own timeout is not used, as `OutsideConnections`
 * counts all time outside.
 */
const NEVER = 2_147_483_647;

/** Socket.IO on the HTTP port, with our limits, and each socket's events in order. */
export class SocketIoAdapter extends IoAdapter {
  private readonly work: InFlightWork;
  private readonly emitter: SocketIoRoomEmitter;
  private readonly connected: ConnectedUsers;
  private readonly quota: EventQuota;
  private readonly security: SecurityLogPort;
  private readonly handshakes: HandshakeLimit;
  private readonly addresses: ClientAddresses;
  private readonly outside: OutsideConnections;
  private readonly drain: SocketDrain;
  private readonly startOver: StartOver;
  /** The names of the served namespaces. */
  private readonly served = new Set<string>();

  /** @param limits limits of connections that are in no namespace */
  constructor(
    app: INestApplicationContext,
    private readonly origins: OriginPolicy,
    private readonly checkRequest: HostPolicy,
    private readonly limits: OutsideLimits &
      TcpLimits &
      Pick<ConnectionLimits, 'pipelined'> = CONNECTION_LIMITS,
  ) {
    super(app);
    this.work = app.get(InFlightWork);
    this.emitter = app.get(SocketIoRoomEmitter);
    this.connected = app.get(ConnectedUsers);
    this.quota = app.get(EventQuota);
    this.security = app.get(SecurityLogPort);
    this.handshakes = app.get(HandshakeLimit);
    this.addresses = app.get(ClientAddresses);
    this.outside = new OutsideConnections(limits, this.addresses);
    this.drain = app.get(SocketDrain);
    this.startOver = app.get(StartOver);
  }

  override create(port: number, options?: ServerOptions & { namespace?: string; server?: Server }) {
    const created: Server | Namespace = super.create(port, options);
    if (created instanceof Namespace) this.open(created);
    return created;
  }

  override createIOServer(port: number, options?: Partial<ServerOptions>): Server {
    const server: Server = super.createIOServer(port, {
      ...(options as ServerOptions),
      serveClient: false,
      destroyUpgrade: false,
      maxHttpBufferSize: MAX_POST,
      connectTimeout: NEVER,
      cleanupEmptyChildNamespaces: true,
      ...(this.origins.listsAny && {
        cors: ({ headers }, done) => done(null, this.origins.corsOptions(headers.origin)),
      }),
    });
    // Responses to polls have this header already; those that open a websocket do not.
    engineOf(server).on(
      'initial_headers',
      guardListener(
        (headers, request) => {
          headers['x-request-id'] = requestId(request);
        },
        (_headers, { socket }) => void socket.destroy(),
      ),
    );
    verifyHandshakes(server, this.checkRequest, this.origins);
    guardUpgrades(server);
    limitWebSockets(server);
    acceptPathWithoutSlash(server);
    refusePolling(server);
    this.drain.attachServer(server);
    this.startOver.attachServer(server);
    if (!this.addresses.areForwarded) limitTcp(server.httpServer as HttpServer, this.limits);
    this.handshakes.watchHandshakes(server);
    // This comes before all code that may close a new connection, because it bounds the close.
    limitPolling(server);
    this.outside.watchConnections(server);
    cutSlowPolling(server);
    endFloods(server, this.quota.eventsPerSecond);
    forgetUpgradeRequests(server);
    coalesceWrites(server);
    limitPipelining(server.httpServer as HttpServer, this.limits.pipelined, (request, refusal) =>
      recordRefusal(this.security, refusal, bareCaller(request, this.addresses, 'pipeline'), undefined),
    );
    // Socket.IO itself would keep the connection of a client that asks for an unknown namespace.
    const unknown = server.of((_name, _auth, next) => next(null, true));
    for (const namespace of [server.of('/'), unknown]) {
      this.outside.guardNamespace(namespace);
      namespace.use(
        guardListener(
          (socket: Socket, next: (error: Error) => void) => next(refuse(socket, this.noNamespace())),
          closeConnectionOf,
        ),
      );
    }
    return server;
  }

  override bindMessageHandlers(socket: AuthenticatedSocket, handlers: EventHandler[]): void {
    this.receive(socket, handlers);
  }

  /** Binds nothing, to save memory: `CheckedGateways` ensures that no gateway has a `handleDisconnect`. */
  override bindClientDisconnect(): void {}

  /** The connections have been closed before. */
  override async close(server: Server | Namespace): Promise<void> {
    if (server instanceof Server) server.engine.close();
  }

  private readonly receive = guardListener((socket: AuthenticatedSocket, handlers: EventHandler[]) => {
    forgetHandshake(socket);
    receiveEvents(socket, handlers, this.work, this.quota, this.security);
  }, closeConnectionOf);

  private noNamespace(): RouteNotFoundError {
    return new RouteNotFoundError(`Connect to ${[...this.served].join(' or ')}.`);
  }

  /**
   * Only namespaces of gateways get a topic on the bus: clients can ask for any other name, and must not create
   * channels.
   */
  private open(namespace: Namespace): void {
    // Nest requests the namespace once for each of its gateways.
    if (this.served.has(namespace.name)) return;
    this.served.add(namespace.name);
    this.outside.guardNamespace(namespace);
    this.emitter.attach(namespace, this.outside);
    this.connected.watchNamespace(namespace);
  }
}
