import { beforeEach, describe, expect, it } from 'vitest';
import { JoinedRoom } from './joined-room.js';

let joined: JoinedRoom;
let delivered: number[];
const take = (rev: number, prevRev?: number) =>
  joined.takeChange({ rev, ...(prevRev !== undefined && { prevRev }) }, () => delivered.push(rev));

beforeEach(() => {
  joined = new JoinedRoom(4, 100);
  delivered = [];
});

describe('changes', () => {
  it('are delivered at once while none is missing', () => {
    for (const rev of [5, 6, 3]) take(rev);
    expect([delivered, joined.applied, joined.awaited]).toEqual([[5, 6, 3], 6, null]);
  });

  it('wait for the missing ones, and go on in the order of rev when they come', () => {
    for (const rev of [8, 7]) take(rev);
    expect([delivered, joined.awaited, joined.waiting]).toEqual([[], 8, 2]);
    take(6);
    take(5);
    expect([delivered, joined.awaited, joined.applied]).toEqual([[5, 6, 7, 8], null, 8]);
  });

  it('miss nothing where the numbers before were overtaken', () => {
    take(9, 4);
    take(12, 10);
    expect(delivered).toEqual([9]);
  });

  it('are delivered when the log was read up to them, later ones wait on', () => {
    for (const rev of [7, 10]) take(rev);
    joined.confirm(7, 200);
    expect([delivered, joined.applied, joined.awaited, joined.confirmedAt]).toEqual([[7], 7, 10, 200]);
  });
});

describe('the end of a membership', () => {
  it('is applied once, whether or not changes before it are missing', () => {
    expect(joined.endMembership(6)).toEqual(new Set());
    expect(joined.endMembership(4)).toBeNull();
    joined.confirm(6, 0);
    expect(joined.endMembership(6)).toBeNull();
  });

  it('leaves sockets that were let in later, until it has been applied', () => {
    joined.addSocket('before', 5);
    joined.addSocket('after', 6);
    joined.addSocket('known', 3);
    expect(joined.endMembership(6)).toEqual(new Set(['after']));
    expect(joined.endMembership(5)).toEqual(new Set(['before', 'after']));
    joined.confirm(6, 0);
    expect(joined.endMembership(7)).toEqual(new Set());
  });

  it('makes memberships stale that were read before it', () => {
    joined.endMembership(6);
    expect([5, 6, 7].map((rev) => joined.admits(rev))).toEqual([false, true, true]);
  });

  it('is not known of those that ended before the first socket joined: memberships from before are read again', () => {
    expect([3, 4].map((rev) => joined.admits(rev))).toEqual([false, true]);
  });

  it('forgets a later membership when the socket joins again with an earlier one', () => {
    joined.addSocket('socket', 9);
    joined.addSocket('socket', 4);
    expect(joined.endMembership(6)).toEqual(new Set());
  });
});

it('other events wait for the confirmation, after the changes', () => {
  take(6);
  joined.keep(() => delivered.push(0));
  expect(joined.waiting).toBe(2);
  joined.confirm(6, 1);
  expect([delivered, joined.waiting]).toEqual([[6, 0], 0]);
  joined.keep(() => delivered.push(1));
  joined.dropOthers();
  joined.confirm(6, 1);
  expect(delivered).toEqual([6, 0]);
});

it('is confirmed as of the latest reading', () => {
  joined.confirm(5, 50);
  expect(joined.confirmedAt).toBe(100);
});
