import type { History } from '../history.ts';
import { checkAcknowledgements } from './acknowledgements.ts';
import { checkAdditions } from './additions.ts';
import { checkChangedMembers } from './changed-members.ts';
import { checkCircles } from './circles.ts';
import { checkConversationLists } from './conversation-lists.ts';
import { checkEndedSessions } from './ended-sessions.ts';
import { checkHeads } from './heads.ts';
import { checkInvitations } from './invitations.ts';
import { checkLists } from './lists.ts';
import { checkLiveDelivery } from './live-delivery.ts';
import { checkReadReceipts } from './read-receipts.ts';
import { checkReading } from './reading.ts';
import { checkRealTimeOrder } from './real-time-order.ts';
import { checkSenderOrder } from './sender-order.ts';
import { StoredHistory } from './stored-history.ts';
import { checkStorage } from './storage.ts';
import { checkStrangers } from './strangers.ts';
import type { Violation } from './violation.ts';
import { checkWalls } from './walls.ts';

const RULES = [
  checkStorage,
  checkAcknowledgements,
  checkRealTimeOrder,
  checkSenderOrder,
  checkLiveDelivery,
  checkLists,
  checkAdditions,
  checkInvitations,
  checkChangedMembers,
  checkConversationLists,
  checkHeads,
  checkReading,
  checkReadReceipts,
  checkEndedSessions,
  checkStrangers,
  checkCircles,
  checkWalls,
];

/** @returns all violations of the contract in the history of a round that has ended */
export function checkHistory(history: History): Violation[] {
  const known = new StoredHistory(history);
  const different = history.differences.map((text): Violation => ({ kind: 'diverging-client', text }));
  const unexpected = history.unexpectedAnswers.map((text): Violation => ({ kind: 'odd-answer', text }));
  return [...RULES.flatMap((rule) => [...rule(known)]), ...different, ...unexpected];
}

/** The rules about events that every client has to receive in the end. */
const DELIVERIES = [
  checkLiveDelivery,
  checkAdditions,
  checkInvitations,
  checkReadReceipts,
  checkCircles,
  checkWalls,
];

/** @returns whether an event is missing that may still be received */
export function isAnythingMissing(history: History): boolean {
  const known = new StoredHistory(history);
  return DELIVERIES.some((rule) => [...rule(known)].some(({ kind }) => kind.endsWith('-missing')));
}
