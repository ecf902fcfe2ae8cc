import { expect, it } from 'vitest';
import { ownMembershipOf, UNCHANGED_MEMBERSHIP } from '../models/own-membership.model.js';
import { eventsOfMembership } from './membership-events.js';

const stored = { ...UNCHANGED_MEMBERSHIP, role: 'member' as const, joinedAt: new Date(0) };
const me = ownMembershipOf({ ...stored, ownReadSeq: 3 }, 4);
const read = { kind: 'message_read', conversationId: 'c', userId: 'u', lastReadSeq: 5 };
const updated = { kind: 'me_updated', conversationId: 'c', userId: 'u', me, socketId: 's' };

it.each([
  { moved: true, showsReading: true, changed: true, events: [read, updated] },
  { moved: true, showsReading: false, changed: true, events: [updated] },
  { moved: false, showsReading: true, changed: true, events: [updated] },
  { moved: false, showsReading: true, changed: false, events: [] },
  { moved: false, showsReading: false, changed: false, events: [] },
])('moved: $moved, shown: $showsReading, changed: $changed', ({ events, ...change }) => {
  expect(eventsOfMembership('c', 'u', { me, lastReadSeq: 5, ...change }, 's')).toEqual(events);
});
