import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket as RawSocket } from 'node:net';
import type { Namespace, Socket } from 'socket.io';

// What delivery relies on of engine.io 6, ws 8, Node's streams and Socket.IO 4 that their types do not show;
// test/e2e/ws/coalesced-writes.e2e.spec.ts notices when an upgrade changes it.

/** With its query as engine.io has parsed it: nobody reads it in another way. An empty `sid` is none there. */
export type EngineRequest = IncomingMessage & {
  readonly _query: { readonly sid?: string; readonly j?: string; readonly EIO?: string };
  /** Where it is answered; none for an upgrade. */
  readonly res?: ServerResponse;
};

/** A packet on its way through engine.io. */
export interface EnginePacket {
  readonly type: string;
  readonly data?: string | Buffer;
  readonly options?: { readonly compress?: boolean; readonly wsPreEncodedFrame?: readonly Buffer[] };
}

interface Transport {
  readonly name: string;
  /** Of its connection; none while a websocket is only a candidate for an upgrade. */
  readonly sid?: string;
  send(packets: readonly EnginePacket[]): void;
  emit(event: 'drain'): void;
  /** How it ends itself; `done` is called when nothing more will come of it. */
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

/** `ws`' end of a websocket. */
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
  /** Of the poll that is open. */
  readonly res?: ServerResponse | null;
  /** Milliseconds for a client that is between two polls to come back for the end. */
  closeTimeout: number;
  /** Bytes of one POST. */
  maxHttpBufferSize: number;
  /** Takes a POST. */
  onDataRequest(request: IncomingMessage, response: ServerResponse): void;
  /** Lets `onError` close at once. */
  discard(): void;
  /** Ends the connection. */
  onError(reason: string): void;
}

/** engine.io's end of a connection, whatever its transport. */
export interface Connection {
  readonly id: string;
  readonly readyState: string;
  readonly transport: WebSocketTransport | PollingTransport;
  /** Packets that no transport has taken yet. */
  readonly writeBuffer: readonly EnginePacket[];
  /** The one that opened it; none when it has been accepted. */
  readonly request: IncomingMessage | null;
  readonly server: { readonly opts: { readonly pingInterval: number } };
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
  /** What makes `ws`' server, when the engine is made and once more when the HTTP server listens. */
  readonly opts: { wsEngine: new (options: object) => Pick<EventEmitter, 'on'> };
  readonly clients: Readonly<Record<string, Connection>>;
  /** Decides about every request; `done` gets the number of a problem, if there is one. */
  verify(request: EngineRequest, isUpgrade: boolean, done: (problem?: number) => void): void;
  /** Makes the transport of a new connection, or of one that goes over to another. */
  createTransport(name: string, request: object): WebSocketTransport | PollingTransport;
  on(event: 'connection', listener: (connection: Connection) => void): void;
  on(
    event: 'headers' | 'initial_headers',
    listener: (headers: Record<string, string>, request: IncomingMessage) => void,
  ): void;
}

/** A Socket.IO client's way to its connection, past the encoder. */
export interface Client {
  readonly conn: Connection;
  writeToEngine(encoded: readonly string[], options: object): void;
}

/** For `guardListener`: what waits for the connection is lost. */
export const closeNow = (connection: Connection): void => connection.close(true);
export const clientOf = ({ client }: Pick<Socket, 'client'>): Client => client as unknown as Client;
/** As `closeNow`, of a socket of a namespace. */
export const closeConnectionOf = (socket: Pick<Socket, 'client'>): void => closeNow(clientOf(socket).conn);
export const engineOf = ({ engine }: Namespace['server']): Engine => engine as unknown as Engine;
