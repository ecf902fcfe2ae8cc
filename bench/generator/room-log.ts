const PREFIX = Buffer.from('42/chat,["new_message",');

/** The parts of a `new_message` that the benchmark uses. */
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
 * The packets of one room. A server encodes a message once, so that all recipients are sent the same bytes: only the
 * first copy is parsed, and the others are compared with it byte by byte.
 */
export class RoomLog {
  private readonly packets: Logged[] = [];
  private readonly known = new Map<number, Logged>();

  constructor(private readonly conversationId: string) {}

  /**
   * @param position index of the packet that this socket is expected to receive next
   * @returns undefined for any other event than `new_message`
   * @throws Error when the message belongs to another conversation, or differs from another socket's copy
   */
  readPacket(packet: Buffer, position: number): Delivery | undefined {
    const expected = this.packets[position];
    if (expected?.packet.equals(packet)) return expected.delivery;
    if (!PREFIX.equals(packet.subarray(0, PREFIX.length))) return undefined;
    return this.parsePacket(packet).delivery;
  }

  /** Removes all packets, once every socket has received them. */
  clearPackets(): void {
    this.packets.length = 0;
    this.known.clear();
  }

  private parsePacket(packet: Buffer): Logged {
    const [, message] = JSON.parse(packet.toString('utf8', PREFIX.indexOf('['))) as [string, NewMessage];
    if (message.conversationId !== this.conversationId)
      throw new Error('A message was delivered to another room.');
    const index = Number(message.clientMessageId.slice(1));
    const before = this.known.get(index);
    if (before) {
      if (!before.packet.equals(packet)) throw new Error('Two copies of one message differ.');
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
