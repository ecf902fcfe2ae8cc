import { expect, it } from 'vitest';
import { ownMembershipOf, UNCHANGED_MEMBERSHIP } from '../../domain/models/own-membership.model.js';
import { updateMembership } from './update-membership.statement.js';

const stored = { ...UNCHANGED_MEMBERSHIP, role: 'member' as const, joinedAt: new Date(0) };
/** Read to 6 by oneself, to 8 as others are shown it; messages before the fourth are hidden. */
const found = {
  me: ownMembershipOf({ ...stored, visibleFromSeq: 4, ownReadSeq: 6 }, 9),
  lastReadSeq: 8,
  showsReading: true,
  moved: false,
  changed: false,
};
const update = (change: Parameters<typeof updateMembership>[1]) => {
  const { version, ...values } = updateMembership(found, change) ?? {};
  const raised = (version as { queryChunks: unknown[] } | undefined)?.queryChunks.find(
    (chunk) => typeof chunk === 'number',
  );
  return { ...values, raised };
};

it.each([{}, { lastReadSeq: 6 }, { lastReadSeq: 7 }, { pinned: false, notify: 'all' as const }])(
  '%j updates nothing: positions move forward elsewhere',
  (change) => {
    expect(updateMembership(found, change)).toBeNull();
  },
);

it.each([
  [5, { unreadFromSeq: 6, unreadAtSeq: 8, raised: 2 }],
  [4, { unreadFromSeq: 5, unreadAtSeq: 8, raised: 3 }],
  // Not before the first visible message.
  [3, { unreadFromSeq: 4, unreadAtSeq: 8, raised: 4 }],
  [0, { unreadFromSeq: 4, unreadAtSeq: 8, raised: 4 }],
])('back to %i: the version rises by what the position loses, and one', (lastReadSeq, expected) => {
  expect(update({ lastReadSeq })).toEqual(expected);
});

it('settings raise the version by one, however many there are', () => {
  expect(update({ notify: 'none', mutedUntil: new Date(5) })).toEqual({
    notify: 'none',
    mutedUntil: new Date(5),
    raised: 1,
  });
  expect(update({ notify: 'none', lastReadSeq: 5 })).toMatchObject({ notify: 'none', raised: 2 });
});
