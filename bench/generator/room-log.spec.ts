import { describe, expect, it } from 'vitest';
import { RoomLog } from './room-log.js';

const ROOM = '0199aa00-0000-7000-8000-000000000001';

function packet(seq: number, conversationId = ROOM, content = 'Hello'): Buffer {
  const message = { conversationId, content, seq, clientMessageId: `m${seq * 10}` };
  return Buffer.from(`42/chat,${JSON.stringify(['new_message', message])}`);
}

describe('RoomLog', () => {
  it('returns the same for the first copy of a packet and for the copies of other sockets', () => {
    const log = new RoomLog(ROOM);
    expect(log.readPacket(packet(1), 0)).toEqual({ index: 10, seq: 1 });
    expect(log.readPacket(packet(2), 1)).toEqual({ index: 20, seq: 2 });
    expect([log.readPacket(packet(1), 0), log.readPacket(packet(2), 1)]).toEqual([
      { index: 10, seq: 1 },
      { index: 20, seq: 2 },
    ]);
  });

  it('reads packets that one socket receives in another order', () => {
    const log = new RoomLog(ROOM);
    log.readPacket(packet(1), 0);
    log.readPacket(packet(2), 1);
    expect(log.readPacket(packet(2), 0)).toEqual({ index: 20, seq: 2 });
  });

  it('ignores other events', () => {
    expect(new RoomLog(ROOM).readPacket(Buffer.from('42/chat,["ready",{}]'), 0)).toBeUndefined();
  });

  it('refuses a message of another room', () => {
    const elsewhere = packet(1, '0199aa00-0000-7000-8000-000000000002');
    expect(() => new RoomLog(ROOM).readPacket(elsewhere, 0)).toThrow('delivered to another room');
  });

  it('refuses a message that differs from the copy of another socket', () => {
    const log = new RoomLog(ROOM);
    log.readPacket(packet(1), 0);
    expect(() => log.readPacket(packet(1, ROOM, 'Good bye'), 0)).toThrow('copies of one message differ');
  });
});
