import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RoomEmitterPort } from '../../src/arch/common/application/ports/room-emitter.port.js';

interface ReceivedEvent {
  readonly event: string;
  readonly payload: object;
}

/** A connected client. */
interface Listener {
  /** Its socket's id. */
  readonly id: string;
  readonly userId: string;
  join(room: string): void;
  leave(room: string): void;
  /** All events that were sent to it, once they have arrived. */
  received(): Promise<readonly ReceivedEvent[]>;
  /** Whether the server has closed its connection permanently. */
  isClosed(): Promise<boolean>;
}

interface RoomEmitterSubject {
  readonly emitter: RoomEmitterPort;
  connect(count: number): Promise<Listener[]>;
  stop(): Promise<void>;
}

const event = (n: number): ReceivedEvent => ({ event: 'said', payload: { n } });
const LAST: ReceivedEvent = { event: 'session_revoked', payload: { code: 'SESSION_REVOKED' } };

export function describeRoomEmitterContract(name: string, start: () => Promise<RoomEmitterSubject>): void {
  describe(`RoomEmitterPort on ${name}`, () => {
    let subject: RoomEmitterSubject;
    let room: string;
    let other: string;

    beforeAll(async () => {
      subject = await start();
    });
    beforeEach(() => {
      [room, other] = [randomUUID(), randomUUID()];
    });
    afterAll(() => subject.stop());

    const say = (n: number, to = room, except?: string) =>
      subject.emitter.emitToRoom('/chat', to, event(n).event, event(n).payload, except);
    const end = (of = room) => subject.emitter.disconnectRoom(of, LAST.event, LAST.payload);

    async function inRoom(count: number): Promise<Listener[]> {
      const listeners = await subject.connect(count);
      for (const listener of listeners) listener.join(room);
      return listeners;
    }

    // Events are written to a room of 40 in slices, to a room of 3 at once.
    describe.each([3, 40])('with %i sockets in a room', (count) => {
      it('an event reaches each of them once, in order, and no other socket', async () => {
        const listeners = await inRoom(count);
        const [stranger] = await subject.connect(1);
        for (const n of [1, 2, 3]) say(n);
        for (const listener of listeners) expect(await listener.received()).toEqual([1, 2, 3].map(event));
        expect(await stranger?.received()).toEqual([]);
        for (const listener of listeners) expect(await listener.isClosed()).toBe(false);
      });

      it('sockets of the excepted room receive nothing', async () => {
        const listeners = await inRoom(count);
        for (const listener of listeners.slice(1)) listener.join(other);
        say(1, room, other);
        say(2);
        for (const [index, listener] of listeners.entries()) {
          expect(await listener.received()).toEqual((index === 0 ? [1, 2] : [2]).map(event));
        }
      });

      it('sockets that are in another room, too, receive another payload in its place', async () => {
        const listeners = await inRoom(count);
        const [outside] = await subject.connect(1);
        for (const listener of [...listeners.slice(1), outside]) listener?.join(other);
        say(1);
        subject.emitter.emitToRoom('/chat', room, 'said', { n: 2 }, undefined, {
          room: other,
          payload: { n: 20 },
        });
        say(3);
        for (const [index, listener] of listeners.entries()) {
          expect(await listener.received()).toEqual([1, index === 0 ? 2 : 20, 3].map(event));
        }
        expect(await outside?.received()).toEqual([]);
      });

      it('a socket that joins receives no earlier event, and one that has left no later event', async () => {
        const listeners = await inRoom(count);
        const [late] = await subject.connect(1);
        say(1);
        late?.join(room);
        say(2);
        expect(await late?.received()).toEqual([event(2)]);
        for (const listener of listeners) {
          await listener.received();
          listener.leave(room);
        }
        say(3);
        for (const listener of listeners) expect(await listener.received()).toEqual([1, 2].map(event));
      });

      it('each socket receives the earlier events, in order, then the last event, and is closed', async () => {
        const listeners = await inRoom(count);
        const others = await subject.connect(2);
        for (const listener of [...listeners, ...others]) listener.join(other);
        for (const n of [1, 2]) say(n);
        say(3, other);
        end();
        say(4);
        say(5, other);
        for (const listener of listeners) {
          expect(await listener.isClosed()).toBe(true);
          const received = await listener.received();
          expect(received.at(-1)).toEqual(LAST);
          expect(received.slice(0, -1).filter(({ payload }) => 'n' in payload && payload.n !== 3)).toEqual(
            [1, 2].map(event),
          );
          expect(received).toContainEqual(event(3));
          expect(received).toHaveLength(4);
        }
        for (const listener of others) {
          expect(await listener.received()).toEqual([3, 5].map(event));
          expect(await listener.isClosed()).toBe(false);
        }
      });
    });

    it.each([3, 40])(
      'of %i sockets in a room those that are taken out receive the earlier events only',
      async (count) => {
        const listeners = await inRoom(count);
        const outside = await subject.connect(1);
        const leaving = listeners.slice(1);
        for (const listener of [...leaving, ...outside]) listener.join(other);
        for (const n of [1, 2]) say(n);
        subject.emitter.removeFromRoom('/chat', room, other);
        say(3);
        say(4, other);
        const received = await Promise.all([...listeners, ...outside].map((listener) => listener.received()));
        expect(received).toEqual([
          [1, 2, 3].map(event),
          ...leaving.map(() => [1, 2, 4].map(event)),
          [event(4)],
        ]);
        for (const listener of listeners) expect(await listener.isClosed()).toBe(false);
      },
    );

    it('an event for single sockets reaches each of them once, and no other, nor those of another namespace', async () => {
      const listeners = await inRoom(3);
      const ids = listeners.slice(0, 2).map(({ id }) => id);
      say(1);
      subject.emitter.emitToSockets('/chat', [...ids, 'unknown'], event(2).event, event(2).payload);
      subject.emitter.emitToSockets('/elsewhere', ids, event(3).event, event(3).payload);
      for (const [index, listener] of listeners.entries()) {
        expect(await listener.received()).toEqual((index < 2 ? [1, 2] : [1]).map(event));
      }
    });

    it.each([3, 40])(
      'of %i sockets, each that is in one of several rooms receives an event once, without those of excepted users',
      async (count) => {
        const listeners = await inRoom(count);
        // Each has a user of its own.
        const [[excepted], [outside]] = [await subject.connect(1), await subject.connect(1)];
        const third = randomUUID();
        for (const listener of listeners) listener.join(other);
        excepted?.join(third);
        say(1);
        const except = new Set([excepted?.userId ?? '']);
        subject.emitter.emitOnce('/chat', [room, randomUUID(), other, third], 'said', { n: 2 }, except);
        subject.emitter.emitOnce('/elsewhere', [room], 'said', { n: 3 }, new Set());
        for (const listener of listeners) expect(await listener.received()).toEqual([1, 2].map(event));
        expect(await excepted?.received()).toEqual([]);
        expect(await outside?.received()).toEqual([]);
      },
    );

    it('sockets that are put into a room receive the later events only', async () => {
      const [inside] = await inRoom(1);
      const joining = await subject.connect(2);
      for (const listener of joining) listener.join(other);
      say(1);
      subject.emitter.addToRoom('/chat', room, other);
      subject.emitter.addToRoom('/chat', room, other);
      say(2);
      expect(await inside?.received()).toEqual([1, 2].map(event));
      for (const listener of joining) expect(await listener.received()).toEqual([event(2)]);
    });

    it('a socket that stays is not taken out with the others', async () => {
      const listeners = await inRoom(3);
      for (const listener of listeners) listener.join(other);
      const staying = new Set([listeners[1]?.id ?? '']);
      subject.emitter.removeFromRoom('/chat', room, other, staying);
      say(1);
      const received = await Promise.all(listeners.map((listener) => listener.received()));
      expect(received).toEqual([[], [event(1)], []]);
      subject.emitter.removeFromRoom('/chat', room, room);
      say(2);
      expect(await listeners[1]?.received()).toEqual([event(1)]);
    });

    it('knows the users in a room', async () => {
      const listeners = await inRoom(2);
      await subject.connect(1);
      const users = new Set(listeners.map(({ userId }) => userId));
      expect(subject.emitter.usersIn('/chat', room).toSorted()).toEqual([...users].toSorted());
      expect(subject.emitter.usersIn('/chat', other)).toEqual([]);
      expect(subject.emitter.usersIn('/elsewhere', room)).toEqual([]);
    });

    it('knows the sockets that are in two rooms', async () => {
      const listeners = await inRoom(3);
      for (const listener of listeners.slice(1)) listener.join(other);
      const ids = listeners.slice(1).map(({ id }) => id);
      expect(subject.emitter.socketsIn('/chat', room, other).toSorted()).toEqual(ids.toSorted());
      expect(subject.emitter.socketsIn('/chat', room, randomUUID())).toEqual([]);
      expect(subject.emitter.socketsIn('/elsewhere', room, other)).toEqual([]);
    });

    it('an event of one namespace reaches no room of another', async () => {
      const [listener] = await inRoom(1);
      subject.emitter.emitToRoom('/elsewhere', room, 'said', { n: 1 });
      say(2);
      expect(await listener?.received()).toEqual([event(2)]);
    });

    it('emitting to an empty room is allowed', () => {
      expect(() => {
        say(1);
        end();
      }).not.toThrow();
    });
  });
}
