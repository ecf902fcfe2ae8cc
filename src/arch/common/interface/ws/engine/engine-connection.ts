import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket as RawSocket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Namespace, Socket } from 'socket.io';

// Private members of engine.io 6, ws 8, Node's streams and Socket.IO 4 that delivery depends on and that their types do
// not show; test/e2e/ws/coalesced-writes.e2e.spec.ts fails when an upgrade changes them.

/**
 * A request with its query as engine.io has parsed it; no code parses it a second time. engine.io treats an empty `sid`
 * as a missing one.
 */
export type EngineRequest = IncomingMessage & {
  readonly _query: { readonly sid?: string; readonly j?: string; readonly EIO?: string };
  /** The response to the request; an upgrade has none. */
  readonly res?: ServerResponse;
};

/** A packet that engine.io sends. */
export interface EnginePacket {
  readonly type: string;
  readonly data?: string | Buffer;
  readonly options?: { readonly compress?: boolean; readonly wsPreEncodedFrame?: readonly Buffer[] };
}

interface Transport {
  readonly name: string;
  /** The connection's id; a websocket that is only a candidate for an upgrade has none. */
  readonly sid?: string;
  send(packets: readonly EnginePacket[]): void;
  emit(event: 'drain'): void;
  /** Closes the transport; `done` is called when no more data will come from it. */
  doClose(done?: () => void): void;
}

export interface WebSocketTransport extends Transport {
  readonly name: 'websocket';
  readonly supportsBinary: boolean;
  readonly parser: {
    encodePacket(
      packet: EnginePacket,
      supportsBinary: boolean,
      callback: (data: string | Buffer) => void,
    ): void;
  };
  readonly socket: WebSocket;
}

/** The server's side of a websocket in `ws`. */
export interface WebSocket {
  /** 1 is open, as in browsers. */
  readonly readyState: number;
  readonly _socket: RawSocket & { readonly _writableState: { readonly bufferedRequestCount: number } };
  send(data: Buffer): void;
  close(code: number, reason: string): void;
  terminate(): void;
  on(event: 'ping' | 'pong', listener: () => void): void;
  once(event: 'close', listener: () => void): void;
}

export interface PollingTransport extends Transport {
  readonly name: 'polling';
  /** The response of the poll that is open. */
  readonly res?: ServerResponse | null;
  /** Milliseconds for a client between two polls to fetch the close packet. */
  closeTimeout: number;
  /** Maximum bytes of one POST. */
  maxHttpBufferSize: number;
  /** Receives a POST. */
  onDataRequest(request: IncomingMessage, response: ServerResponse): void;
  /** Makes `onError` close at once. */
  discard(): void;
  /** Closes the connection. */
  onError(reason: string): void;
}

/** The server's side of a connection in engine.io, whatever its transport. */
export interface Connection {
  readonly id: string;
  readonly readyState: string;
  readonly transport: WebSocketTransport | PollingTransport;
  /** Packets that no transport has taken yet. */
  readonly writeBuffer: readonly EnginePacket[];
  /** The request that opened the connection; null once the socket is accepted. */
  readonly request: IncomingMessage | null;
  readonly server: { readonly opts: { readonly pingInterval: number } };
  /** Sends a message in Socket.IO's encoding, without its encoder. */
  write(encoded: string, options: object): void;
  sendPacket(type: 'ping'): void;
  close(discard: boolean): void;
  on(event: 'heartbeat' | 'close', listener: (this: Connection) => void): void;
  on(event: 'packetCreate', listener: (packet: EnginePacket) => void): void;
  on(event: 'flush' | 'packet', listener: () => void): void;
  once(event: 'upgrade', listener: () => void): void;
  once(event: 'close', listener: (this: Connection) => void): void;
  off(event: 'heartbeat' | 'close', listener: (this: Connection) => void): void;
  off(event: 'packetCreate' | 'flush', listener: (packet: EnginePacket) => void): void;
}

export interface Engine {
  /** Class of `ws`' server, instantiated when the engine is created and again when the HTTP server listens. */
  readonly opts: { wsEngine: new (options: object) => Pick<EventEmitter, 'on'> };
  readonly clients: Readonly<Record<string, Connection>>;
  /** Checks each request; `done` gets the number of engine.io's error, if there is one. */
  verify(request: EngineRequest, isUpgrade: boolean, done: (problem?: number) => void): void;
  /** Opens a websocket, or refuses it. */
  handleUpgrade(request: IncomingMessage, connection: Duplex, head: Buffer): void;
  /** Creates the transport of a new connection, or of one that is being upgraded. */
  createTransport(name: string, request: object): WebSocketTransport | PollingTransport;
  on(event: 'connection', listener: (connection: Connection) => void): void;
  on(
    event: 'headers' | 'initial_headers',
    listener: (headers: Record<string, string>, request: IncomingMessage) => void,
  ): void;
}

/** A fallback for `guardListener`: closes the connection and drops its pending writes. */
export const closeNow = (connection: Connection): void => connection.close(true);
export const connectionOf = ({ client }: Pick<Socket, 'client'>): Connection =>
  client.conn as unknown as Connection;
/** Like `closeNow`, for a socket of a namespace. */
export const closeConnectionOf = (socket: Pick<Socket, 'client'>): void => closeNow(connectionOf(socket));
export const engineOf = ({ engine }: Namespace['server']): Engine => engine as unknown as Engine;
