import { describe, expect, it } from 'vitest';
import {
  changedSettings,
  type MembershipChange,
  ownMembershipOf,
  UNCHANGED_MEMBERSHIP,
} from './own-membership.model.js';

const AT = new Date('2026-01-01T00:00:00.000Z');
const LATER = new Date('2026-02-01T00:00:00.000Z');
const stored = { ...UNCHANGED_MEMBERSHIP, role: 'member' as const, joinedAt: AT };

const versionOf = (version: number, ownReadSeq: number) =>
  ownMembershipOf({ ...stored, version, ownReadSeq }, 9).version;

describe('a membership as its member sees it', () => {
  it.each([
    { ownReadSeq: 0, visibleFromSeq: 1, lastSeq: 0, unreadCount: 0 },
    { ownReadSeq: 3, visibleFromSeq: 1, lastSeq: 5, unreadCount: 2 },
    { ownReadSeq: 5, visibleFromSeq: 1, lastSeq: 5, unreadCount: 0 },
    // Hidden messages are not unread, whatever the position says.
    { ownReadSeq: 0, visibleFromSeq: 4, lastSeq: 5, unreadCount: 2 },
    { ownReadSeq: 0, visibleFromSeq: 6, lastSeq: 5, unreadCount: 0 },
    // The position may be newer than the number of messages, which was read before.
    { ownReadSeq: 6, visibleFromSeq: 1, lastSeq: 5, unreadCount: 0 },
  ])(
    'of $lastSeq messages, seen from $visibleFromSeq and read to $ownReadSeq, has $unreadCount unread',
    ({ unreadCount, lastSeq, ...own }) => {
      expect(ownMembershipOf({ ...stored, ...own }, lastSeq)).toMatchObject({ unreadCount });
    },
  );

  it('has a version that rises with the column and with the position', () => {
    expect([versionOf(0, 0), versionOf(0, 4), versionOf(3, 4)]).toEqual([0, 4, 7]);
  });
});

describe('what a change changes', () => {
  const changed = ownMembershipOf(
    { ...stored, ownReadSeq: 2, notify: 'none', mutedUntil: LATER, pinnedAt: AT, archivedAt: AT },
    5,
  );
  const unchanged = ownMembershipOf({ ...stored, ownReadSeq: 2 }, 5);

  it.each<MembershipChange>([
    {},
    { lastReadSeq: 0 },
    { notify: 'none', mutedUntil: new Date(LATER), pinned: true, archived: true },
  ])('%j changes no setting of what is so already', (change) => {
    expect(changedSettings(changed, change)).toEqual({});
  });

  it.each<MembershipChange>([
    { notify: 'all', mutedUntil: null, pinned: false, archived: false },
    { lastReadSeq: 4 },
  ])('%j changes no setting of what has no settings', (change) => {
    expect(changedSettings(unchanged, change)).toEqual({});
  });

  it.each<MembershipChange>([
    { notify: 'all' },
    { notify: 'mentions' },
    { mutedUntil: null },
    { mutedUntil: AT },
    { pinned: false },
    { archived: false },
  ])('%j changes that alone', (change) => {
    expect(changedSettings(changed, { ...change, lastReadSeq: 1 })).toEqual(change);
  });
});
