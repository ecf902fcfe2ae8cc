const PREFIX = Buffer.from('42/chat,["new_message",');

/** What the load needs to know of a `new_message`. */
export interface Delivery {
  /** The number behind the `m` of the client message id. */
  readonly index: number;
  readonly seq: number;
}

interface Logged {
  readonly packet: Buffer;
  readonly delivery: Delivery;
}

/**
 * The packets of one room. A server encodes a message once for all its recipients, so that the same bytes reach
 * every socket: only the first copy is parsed, the others are compared with it byte by byte.
 */
export class RoomLog {
  private readonly packets: Logged[] = [];
  private readonly known = new Map<number, Logged>();

  constructor(private readonly conversationId: string) {}

  /**
   * @param place where in the log this socket is
   * @returns undefined for any other event
   * @throws Error when the message belongs to another conversation, or differs from what others were sent
   */
  read(packet: Buffer, place: number): Delivery | undefined {
    const expected = this.packets[place];
    if (expected?.packet.equals(packet)) return expected.delivery;
    if (!PREFIX.equals(packet.subarray(0, PREFIX.length))) return undefined;
    return this.parse(packet).delivery;
  }

  /** Forgets what every socket has heard. */
  clear(): void {
    this.packets.length = 0;
    this.known.clear();
  }

  private parse(packet: Buffer): Logged {
    const [, message] = JSON.parse(packet.toString('utf8', PREFIX.indexOf('['))) as [string, NewMessage];
    if (message.conversationId !== this.conversationId)
      throw new Error('A message reached a room not its own.');
    const index = Number(message.clientMessageId.slice(1));
    const before = this.known.get(index);
    if (before) {
      if (!before.packet.equals(packet)) throw new Error('One message was told in two ways.');
      return before;
    }
    const logged = { packet: Buffer.from(packet), delivery: { index, seq: message.seq } };
    this.known.set(index, logged);
    this.packets.push(logged);
    return logged;
  }
}

interface NewMessage {
  readonly conversationId: string;
  readonly clientMessageId: string;
  readonly seq: number;
}
