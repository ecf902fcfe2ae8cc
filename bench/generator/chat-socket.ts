import { WebSocket } from 'ws';

/** The acknowledgement of an event. */
export interface Ack {
  readonly ok: boolean;
  readonly data?: unknown;
  readonly error?: { readonly code: string };
}

export interface SocketListener {
  /** Called with the raw packet of an event: `42/chat,["name",…]`. The buffer is valid during the call only. */
  onEvent(packet: Buffer): void;
  /** Called when the connection has ended without a call of `close`. */
  onLost(reason: string): void;
}

// Engine.IO 4 packet types, and Socket.IO 5 types behind a message's `4`.
const OPEN = 0x30;
const PING = 0x32;
const MESSAGE = 0x34;
const CONNECT = 0x30;
const EVENT = 0x32;
const ACK = 0x33;
const CONNECT_ERROR = 0x34;
const NAMESPACE = '/chat,';

/**
 * A client of the stock protocol (Engine.IO 4 over websocket, Socket.IO 5, namespace `/chat`) with as little work per
 * packet as possible: five thousand stock clients would saturate both cores.
 */
export class ChatSocket {
  private readonly acks = new Map<number, (ack: Ack) => void>();
  private readonly opened = Promise.withResolvers<void>();
  private lastAckId = 0;
  private closing = false;

  private constructor(
    private readonly ws: WebSocket,
    private readonly token: string,
    private readonly listener: SocketListener,
  ) {
    ws.on('message', (packet: Buffer) => this.receivePacket(packet));
    ws.on('error', (error) => this.handleEnd(error.message));
    ws.on('close', (code) => this.handleEnd(`closed with ${code}`));
  }

  /** Resolves when the socket is connected to the namespace. @throws Error when the server refuses it */
  static async connect(url: string, token: string, listener: SocketListener): Promise<ChatSocket> {
    const address = `${url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const ws = new WebSocket(address, { perMessageDeflate: false, skipUTF8Validation: true });
    const socket = new ChatSocket(ws, token, listener);
    await socket.opened.promise;
    return socket;
  }

  /** @param payload JSON @param answered called with the acknowledgement */
  emitEvent(event: string, payload: string, answered: (ack: Ack) => void): void {
    this.lastAckId += 1;
    this.acks.set(this.lastAckId, answered);
    this.ws.send(`42${NAMESPACE}${this.lastAckId}["${event}",${payload}]`);
  }

  async joinRoom(conversationId: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<Ack>();
    this.emitEvent('join_room', JSON.stringify({ conversationId }), resolve);
    const { ok, error } = await promise;
    if (!ok) throw new Error(`join_room was refused: ${error?.code}`);
  }

  close(): Promise<void> {
    this.closing = true;
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.ws.readyState === WebSocket.CLOSED) resolve();
    else this.ws.once('close', () => resolve());
    this.ws.close();
    return promise;
  }

  private receivePacket(packet: Buffer): void {
    if (packet[0] === MESSAGE) this.receiveMessage(packet);
    else if (packet[0] === PING) this.ws.send('3');
    else if (packet[0] === OPEN) this.ws.send(`40${NAMESPACE}${JSON.stringify({ token: this.token })}`);
  }

  private receiveMessage(packet: Buffer): void {
    if (packet[1] === EVENT) this.listener.onEvent(packet);
    else if (packet[1] === ACK) this.resolveAck(packet);
    else if (packet[1] === CONNECT) this.opened.resolve();
    else if (packet[1] === CONNECT_ERROR) this.opened.reject(new Error(`refused: ${packet.toString()}`));
  }

  private resolveAck(packet: Buffer): void {
    const text = packet.toString();
    const from = text.indexOf('[');
    const id = Number(text.slice(2 + NAMESPACE.length, from));
    const answered = this.acks.get(id);
    this.acks.delete(id);
    const [ack] = JSON.parse(text.slice(from)) as [Ack];
    answered?.(ack);
  }

  private handleEnd(reason: string): void {
    this.opened.reject(new Error(`A socket could not connect: ${reason}`));
    if (!this.closing) this.listener.onLost(reason);
    this.closing = true;
  }
}
