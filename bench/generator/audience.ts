import pLimit from 'p-limit';
import type { Room } from '../setup/population.js';
import { ChatSocket } from './chat-socket.js';
import { DeliveryOrder } from './delivery-order.js';
import { Ledger } from './ledger.js';
import { RoomLog } from './room-log.js';

/** Maximum sockets that connect at the same time. */
const MAX_CONNECTING = 100;

/** Counts of deliveries, summed over all sockets. */
export interface DeliveryCounts {
  readonly deliveries: number;
  readonly reordered: number;
  readonly doubled: number;
  readonly missing: number;
}

/** The event that completes a send: its acknowledgement, or its last delivery. */
export type Completion = 'acked' | 'received';

interface MemberSocket {
  readonly socket: ChatSocket;
  readonly progress: Progress;
}

interface Progress {
  readonly order: DeliveryOrder;
  /** Index of the next packet in the room's log. */
  position: number;
}

interface RoomSockets {
  readonly room: Room;
  readonly log: RoomLog;
  readonly members: MemberSocket[];
}

/** The content of each message, of a usual length. */
const TEXT = 'The quick brown fox jumps over the lazy dog, again and again.';

/** All sockets of a load on one server, one for each member of each room, and what they send and receive. */
export class Audience {
  readonly ledger = new Ledger();
  private sent = 0;

  private constructor(private readonly rooms: readonly RoomSockets[]) {}

  /** Connects all sockets and joins their rooms. The conversations must be new: each socket expects `seq` 1 first. */
  static async open(url: string, rooms: readonly Room[]): Promise<Audience> {
    const opened = rooms.map((room) => ({ room, log: new RoomLog(room.id), members: [] as MemberSocket[] }));
    const audience = new Audience(opened);
    const limit = pLimit(MAX_CONNECTING);
    await Promise.all(
      opened.flatMap((roomSockets) =>
        roomSockets.room.members.map(({ token }) =>
          limit(() => audience.connectMember(url, roomSockets, token)),
        ),
      ),
    );
    return audience;
  }

  /**
   * Sends the next message. Rooms take turns, and so do the members of each room.
   * @param due the intended time, in milliseconds of `performance.now()`
   * @param done called when the message is acknowledged or received by all, as `until` says
   */
  sendMessage(due: number, until: Completion, done?: () => void): void {
    const number = this.sent;
    this.sent += 1;
    const roomSockets = itemAt(this.rooms, number);
    const { socket } = itemAt(roomSockets.members, Math.floor(number / this.rooms.length));
    const index = this.ledger.addMessage(
      due,
      roomSockets.members.length,
      until === 'received' ? done : undefined,
    );
    const payload = `{"conversationId":"${roomSockets.room.id}","content":"${TEXT}","clientMessageId":"m${index}"}`;
    socket.emitEvent('send_message', payload, ({ ok, data, error }) => {
      if (!ok) return this.ledger.fail(`send_message was refused: ${error?.code}`);
      const { message } = data as { message: { seq: number } };
      this.ledger.recordAck(index, message.seq);
      if (until === 'acked') done?.();
    });
  }

  /** Frees the logged packets. To be called between slices, when every socket has received every message. */
  clearLogs(): void {
    for (const { log, members } of this.rooms) {
      log.clearPackets();
      for (const { progress } of members) progress.position = 0;
    }
  }

  /** @param lastSeqs the last `seq` of each room in the database */
  countDeliveries(lastSeqs: ReadonlyMap<string, number>): DeliveryCounts {
    const counts = this.rooms.flatMap(({ room, members }) =>
      members.map(({ progress }) => progress.order.countDeliveries(lastSeqs.get(room.id) ?? 0)),
    );
    const total = (key: 'received' | 'reordered' | 'doubled' | 'missing') =>
      counts.reduce((sum, count) => sum + Math.abs(count[key]), 0);
    return {
      deliveries: total('received'),
      reordered: total('reordered'),
      doubled: total('doubled'),
      missing: total('missing'),
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.rooms.flatMap(({ members }) => members.map(({ socket }) => socket.close())));
  }

  private receivePacket(log: RoomLog, progress: Progress, packet: Buffer): void {
    try {
      const delivery = log.readPacket(packet, progress.position);
      if (!delivery) return;
      progress.position += 1;
      progress.order.recordSeq(delivery.seq);
      this.ledger.recordDelivery(delivery.index, delivery.seq);
    } catch (error) {
      this.ledger.fail(String(error));
    }
  }

  private async connectMember(url: string, roomSockets: RoomSockets, token: string): Promise<void> {
    const progress = { order: new DeliveryOrder(), position: 0 };
    const socket = await ChatSocket.connect(url, token, {
      onEvent: (packet) => this.receivePacket(roomSockets.log, progress, packet),
      onLost: (reason) => this.ledger.fail(`A socket was lost: ${reason}`),
    });
    await socket.joinRoom(roomSockets.room.id);
    roomSockets.members.push({ socket, progress });
  }
}

function itemAt<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('The audience is empty.');
  return item;
}
