import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RoomSlices } from './room-slices.js';
import { rounds } from '../../../../../../test/support/rounds.js';

const SLICE = 4;
/** A bound above the number of all events to all members of a test. */
const MOST_TURNS = 100_000;

/** Rooms with members, as in Socket.IO's adapter, and a log of all writes. */
class Rooms {
  readonly members = new Map<string, Set<string>>();
  readonly written: { member: string; items: readonly string[] }[] = [];
  readonly slices = new RoomSlices<string>(
    this.members,
    (member, items) => this.written.push({ member, items }),
    { slice: SLICE, maxQueued: 100 },
  );

  join(room: string, ...members: string[]): void {
    const joined = this.members.get(room) ?? new Set();
    this.members.set(room, joined);
    for (const member of members) {
      if (joined.has(member)) continue;
      joined.add(member);
      this.slices.memberJoined(room, member);
    }
  }

  leave(room: string, member: string): void {
    const joined = this.members.get(room);
    joined?.delete(member);
    if (joined?.size === 0) this.members.delete(room);
  }

  /** One turn after another, until nothing waits. */
  *turns(): Generator<void> {
    for (const _ of rounds(MOST_TURNS)) {
      if (this.slices.isEmpty) return;
      yield;
    }
  }

  finish(): void {
    for (const _ of this.turns()) this.slices.writeSlice();
  }

  receivedBy(member: string): string[] {
    return this.written.filter((write) => write.member === member).flatMap(({ items }) => items);
  }
}

const people = (count: number) => Array.from({ length: count }, (_, index) => `m${index}`);

describe('the order of writes', () => {
  test('a small room is written at once', () => {
    const rooms = new Rooms();
    rooms.join('small', 'a', 'b');
    rooms.slices.deliverItem('small', 'hello', 1);
    expect(rooms.written).toEqual([
      { member: 'a', items: ['hello'] },
      { member: 'b', items: ['hello'] },
    ]);
    expect(rooms.slices.isEmpty).toBe(true);
  });

  test('a large room is written a slice at a time, and a small one overtakes it', () => {
    const rooms = new Rooms();
    rooms.join('large', ...people(10));
    rooms.join('small', 'a');
    rooms.slices.deliverItem('large', 'long', 1);
    expect(rooms.written).toEqual([]);
    rooms.slices.writeSlice();
    expect(rooms.written).toHaveLength(SLICE);
    rooms.slices.deliverItem('small', 'short', 1);
    expect(rooms.receivedBy('a')).toEqual(['short']);
    rooms.slices.writeSlice();
    expect(rooms.written).toHaveLength(2 * SLICE + 1);
    rooms.finish();
    for (const member of people(10)) expect(rooms.receivedBy(member)).toEqual(['long']);
  });

  test('what came while a room was being written goes to each member together', () => {
    const rooms = new Rooms();
    rooms.join('large', ...people(5));
    rooms.slices.deliverItem('large', '1', 1);
    rooms.slices.writeSlice();
    rooms.slices.deliverItem('large', '2', 1);
    rooms.slices.deliverItem('large', '3', 1);
    rooms.finish();
    expect(rooms.written.filter(({ member }) => member === 'm0')).toEqual([
      { member: 'm0', items: ['1'] },
      { member: 'm0', items: ['2', '3'] },
    ]);
  });

  test('a room that has shrunk keeps its order', () => {
    const rooms = new Rooms();
    rooms.join('room', ...people(5));
    rooms.slices.deliverItem('room', '1', 1);
    rooms.slices.writeSlice();
    for (const member of ['m0', 'm1', 'm2']) rooms.leave('room', member);
    rooms.slices.deliverItem('room', '2', 1);
    rooms.finish();
    expect(rooms.receivedBy('m4')).toEqual(['1', '2']);
  });

  test('more bytes than may wait are written at once, and none is lost', () => {
    const rooms = new Rooms();
    rooms.join('large', ...people(6));
    rooms.slices.deliverItem('large', '1', 60);
    rooms.slices.writeSlice();
    rooms.slices.deliverItem('large', '2', 60);
    expect(rooms.written).toHaveLength(SLICE);
    rooms.slices.deliverItem('large', '3', 60);
    expect(rooms.slices.isEmpty).toBe(true);
    for (const member of people(6)) expect(rooms.receivedBy(member)).toEqual(['1', '2', '3']);
  });
});

test('a member may get at once what it is still to get, and nothing of it again', () => {
  const rooms = new Rooms();
  rooms.join('large', ...people(6));
  rooms.join('other', ...people(6));
  rooms.slices.deliverItem('large', '1', 1);
  rooms.slices.deliverItem('other', 'a', 1);
  rooms.slices.writeSlice();
  rooms.slices.deliverItem('large', '2', 1);
  for (const member of ['m0', 'm5']) {
    rooms.slices.finishMember(member);
    expect(rooms.receivedBy(member).toSorted()).toEqual(['1', '2', 'a']);
  }
  rooms.slices.deliverItem('large', '3', 1);
  rooms.finish();
  for (const member of people(6)) expect(rooms.receivedBy(member).toSorted()).toEqual(['1', '2', '3', 'a']);
});

describe('members that join and leave meanwhile', () => {
  test('a member that leaves before its turn gets nothing, one that joins nothing from before', () => {
    const rooms = new Rooms();
    rooms.join('large', ...people(6));
    rooms.slices.deliverItem('large', '1', 1);
    rooms.slices.writeSlice();
    rooms.leave('large', 'm5');
    rooms.join('large', 'late');
    rooms.slices.deliverItem('large', '2', 1);
    rooms.finish();
    expect(rooms.receivedBy('m5')).toEqual([]);
    expect(rooms.receivedBy('m4')).toEqual(['1', '2']);
    expect(rooms.receivedBy('late')).toEqual(['2']);
  });

  test('a member that leaves and joins again counts as a new one', () => {
    const rooms = new Rooms();
    rooms.join('large', ...people(6));
    rooms.slices.deliverItem('large', '1', 1);
    rooms.leave('large', 'm0');
    rooms.join('large', 'm0');
    rooms.slices.deliverItem('large', '2', 1);
    rooms.finish();
    expect(rooms.receivedBy('m0')).toEqual(['2']);
  });

  test('a room that all members leave is removed, and a new one of that name starts empty', () => {
    const rooms = new Rooms();
    rooms.join('large', ...people(6));
    rooms.slices.deliverItem('large', '1', 1);
    for (const member of people(6)) rooms.leave('large', member);
    rooms.join('large', 'later');
    rooms.slices.deliverItem('large', '2', 1);
    rooms.finish();
    expect(rooms.written).toEqual([{ member: 'later', items: ['2'] }]);
  });
});

test('large rooms take turns', () => {
  const rooms = new Rooms();
  for (const room of ['a', 'b', 'c']) {
    rooms.join(room, ...people(9).map((member) => room + member));
    rooms.slices.deliverItem(room, 'event', 1);
  }
  const turns: string[] = [];
  for (const _ of rooms.turns()) {
    const before = rooms.written.length;
    rooms.slices.writeSlice();
    turns.push([...new Set(rooms.written.slice(before).map(({ member }) => member[0]))].join(''));
    expect(rooms.written.length - before).toBeLessThanOrEqual(SLICE);
  }
  expect(turns).toEqual(['a', 'b', 'c', 'a', 'b', 'c', 'abc']);
});

describe('any order of events, joins, leaves and turns', () => {
  type Step =
    | { readonly do: 'deliver'; readonly room: string; readonly bytes: number }
    | { readonly do: 'join'; readonly room: string; readonly member: string }
    | { readonly do: 'leave'; readonly room: string; readonly member: string }
    | { readonly do: 'finish'; readonly member: string }
    | { readonly do: 'turn' };

  const room = fc.constantFrom('x', 'y', 'z');
  const member = fc.nat({ max: 11 }).map((index) => `m${index}`);
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ do: fc.constant('deliver' as const), room, bytes: fc.nat({ max: 45 }) }),
    fc.record({ do: fc.constant('join' as const), room, member }),
    fc.record({ do: fc.constant('leave' as const), room, member }),
    fc.record({ do: fc.constant('finish' as const), member }),
    fc.record({ do: fc.constant('turn' as const) }),
  );

  test('every member gets, in order and once, the items that came while it was a member', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const rooms = new Rooms();
        for (const name of ['x', 'y', 'z']) rooms.join(name, ...people(name === 'z' ? 3 : 9));
        /** Items that came since a member joined, by room and member; items before it left do not count. */
        const due = new Map<string, Set<string>>();
        const possible = new Map<string, Set<string>>();
        /** Items that a member was to have received by then. */
        const late: string[] = [];
        let count = 0;
        const run = (one: Step): void => {
          if (one.do === 'turn') rooms.slices.writeSlice();
          else if (one.do === 'finish') {
            rooms.slices.finishMember(one.member);
            const owed = ['x', 'y', 'z'].flatMap((name) => [...(due.get(name + one.member) ?? [])]);
            late.push(...owed.filter((item) => !rooms.receivedBy(one.member).includes(item)));
          } else if (one.do === 'join') rooms.join(one.room, one.member);
          else if (one.do === 'leave') {
            rooms.leave(one.room, one.member);
            due.delete(one.room + one.member);
          } else {
            count += 1;
            const item = `${one.room}${String(count).padStart(4, '0')}`;
            for (const name of rooms.members.get(one.room) ?? []) {
              for (const kept of [due, possible]) {
                const items = kept.get(one.room + name) ?? new Set();
                kept.set(one.room + name, items.add(item));
              }
            }
            rooms.slices.deliverItem(one.room, item, one.bytes);
          }
        };
        let longest = 0;
        for (const one of steps) {
          const before = rooms.written.length;
          run(one);
          if (one.do === 'turn') longest = Math.max(longest, rooms.written.length - before);
        }
        expect(longest).toBeLessThanOrEqual(SLICE);
        expect(late).toEqual([]);
        rooms.finish();
        for (const name of people(12)) {
          for (const inRoom of ['x', 'y', 'z']) {
            const received = rooms.receivedBy(name).filter((item) => item.startsWith(inRoom));
            expect(received).toEqual([...new Set(received)].toSorted());
            for (const item of received) expect(possible.get(inRoom + name)).toContain(item);
            for (const item of due.get(inRoom + name) ?? []) expect(received).toContain(item);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test('between two slices of a room every other room that waits has had its turn', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 5, max: 40 }), { minLength: 2, maxLength: 6 }), (sizes) => {
        const rooms = new Rooms();
        sizes.forEach((size, index) => {
          rooms.join(`r${index}`, ...people(size).map((name) => `r${index}/${name}`));
          rooms.slices.deliverItem(`r${index}`, 'event', 1);
        });
        const left = new Map(sizes.map((size, index) => [`r${index}`, size]));
        let since = new Map<string, number>();
        for (const _ of rooms.turns()) {
          const before = rooms.written.length;
          rooms.slices.writeSlice();
          const served = rooms.written.slice(before).map(({ member: name }) => name.split('/')[0] ?? '');
          for (const name of served) left.set(name, (left.get(name) ?? 0) - 1);
          since = new Map(
            [...left]
              .filter(([, count]) => count > 0)
              .map(([name]) => [name, served.includes(name) ? 0 : (since.get(name) ?? 0) + 1]),
          );
          for (const turns of since.values()) expect(turns).toBeLessThan(sizes.length);
        }
      }),
    );
  });
});
