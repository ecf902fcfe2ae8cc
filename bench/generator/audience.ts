import pLimit from 'p-limit';
import type { Room } from '../setup/population.js';
import { ChatSocket } from './chat-socket.js';
import { DeliveryOrder } from './delivery-order.js';
import { Ledger } from './ledger.js';
import { RoomLog } from './room-log.js';

/** Sockets that connect at the same time. */
const CONNECTING = 100;

/** How every socket has heard every room, added up. */
export interface Heard {
  readonly deliveries: number;
  readonly reordered: number;
  readonly doubled: number;
  readonly missing: number;
}

/** When a message counts as done for whoever waits to send the next. */
export type Until = 'acked' | 'heard';

interface Seat {
  readonly socket: ChatSocket;
  readonly progress: Progress;
}

interface Progress {
  readonly order: DeliveryOrder;
  /** In the room's log. */
  place: number;
}

interface Table {
  readonly room: Room;
  readonly log: RoomLog;
  readonly seats: Seat[];
}

/** The text of a message, about as long as people write. */
const TEXT = 'The quick brown fox jumps over the lazy dog, again and again.';

/** All sockets of one load on one server, each a member of one room, and what they send and hear. */
export class Audience {
  readonly ledger = new Ledger();
  private sent = 0;

  private constructor(private readonly tables: readonly Table[]) {}

  /** Connects and joins. The conversations must be new: every socket expects to hear `seq` 1 first. */
  static async open(url: string, rooms: readonly Room[]): Promise<Audience> {
    const tables = rooms.map((room) => ({ room, log: new RoomLog(room.id), seats: [] as Seat[] }));
    const audience = new Audience(tables);
    const limit = pLimit(CONNECTING);
    await Promise.all(
      tables.flatMap((table) =>
        table.room.members.map(({ token }) => limit(() => audience.seat(url, table, token))),
      ),
    );
    return audience;
  }

  /** Sends the next message, from room to room and in each from member to member. */
  send(due: number, until: Until, done?: () => void): void {
    const number = this.sent;
    this.sent += 1;
    const table = at(this.tables, number);
    const { socket } = at(table.seats, Math.floor(number / this.tables.length));
    const index = this.ledger.begin(due, table.seats.length, until === 'heard' ? done : undefined);
    const payload = `{"conversationId":"${table.room.id}","content":"${TEXT}","clientMessageId":"m${index}"}`;
    socket.send('send_message', payload, ({ ok, data, error }) => {
      if (!ok) return this.ledger.fail(`send_message was refused: ${error?.code}`);
      const { message } = data as { message: { seq: number } };
      this.ledger.acknowledged(index, message.seq);
      if (until === 'acked') done?.();
    });
  }

  /** Between slices, when all have heard everything. */
  rest(): void {
    for (const { log, seats } of this.tables) {
      log.clear();
      for (const { progress } of seats) progress.place = 0;
    }
  }

  /** @param lastSeqs of each room, as the database has it */
  heard(lastSeqs: ReadonlyMap<string, number>): Heard {
    const counts = this.tables.flatMap(({ room, seats }) =>
      seats.map(({ progress }) => progress.order.counts(lastSeqs.get(room.id) ?? 0)),
    );
    const total = (key: 'heard' | 'reordered' | 'doubled' | 'missing') =>
      counts.reduce((sum, count) => sum + Math.abs(count[key]), 0);
    return {
      deliveries: total('heard'),
      reordered: total('reordered'),
      doubled: total('doubled'),
      missing: total('missing'),
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.tables.flatMap(({ seats }) => seats.map(({ socket }) => socket.close())));
  }

  private hear(log: RoomLog, progress: Progress, packet: Buffer): void {
    try {
      const delivery = log.read(packet, progress.place);
      if (!delivery) return;
      progress.place += 1;
      progress.order.observe(delivery.seq);
      this.ledger.heard(delivery.index, delivery.seq);
    } catch (error) {
      this.ledger.fail(String(error));
    }
  }

  private async seat(url: string, table: Table, token: string): Promise<void> {
    const progress = { order: new DeliveryOrder(), place: 0 };
    const socket = await ChatSocket.connect(url, token, {
      event: (packet) => this.hear(table.log, progress, packet),
      lost: (reason) => this.ledger.fail(`A socket was lost: ${reason}`),
    });
    await socket.join(table.room.id);
    table.seats.push({ socket, progress });
  }
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('Nobody is there.');
  return item;
}
