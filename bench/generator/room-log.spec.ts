import { describe, expect, it } from 'vitest';
import { RoomLog } from './room-log.js';

const ROOM = '0199aa00-0000-7000-8000-000000000001';

function packet(seq: number, conversationId = ROOM, content = 'Hello'): Buffer {
  const message = { conversationId, content, seq, clientMessageId: `m${seq * 10}` };
  return Buffer.from(`42/chat,${JSON.stringify(['new_message', message])}`);
}

describe('RoomLog', () => {
  it('reads the same of the first copy and of those that other sockets get', () => {
    const log = new RoomLog(ROOM);
    expect(log.read(packet(1), 0)).toEqual({ index: 10, seq: 1 });
    expect(log.read(packet(2), 1)).toEqual({ index: 20, seq: 2 });
    expect([log.read(packet(1), 0), log.read(packet(2), 1)]).toEqual([
      { index: 10, seq: 1 },
      { index: 20, seq: 2 },
    ]);
  });

  it('reads what comes in another order than before', () => {
    const log = new RoomLog(ROOM);
    log.read(packet(1), 0);
    log.read(packet(2), 1);
    expect(log.read(packet(2), 0)).toEqual({ index: 20, seq: 2 });
  });

  it('leaves other events alone', () => {
    expect(new RoomLog(ROOM).read(Buffer.from('42/chat,["ready",{}]'), 0)).toBeUndefined();
  });

  it('refuses a message of another room', () => {
    const elsewhere = packet(1, '0199aa00-0000-7000-8000-000000000002');
    expect(() => new RoomLog(ROOM).read(elsewhere, 0)).toThrow('a room not its own');
  });

  it('refuses a message that differs from what another socket was sent', () => {
    const log = new RoomLog(ROOM);
    log.read(packet(1), 0);
    expect(() => log.read(packet(1, ROOM, 'Good bye'), 0)).toThrow('in two ways');
  });
});
