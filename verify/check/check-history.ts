import type { History } from '../history.ts';
import { checkAcknowledgements } from './acknowledgements.ts';
import { checkLists } from './lists.ts';
import { checkLiveDelivery } from './live-delivery.ts';
import { checkRealTimeOrder } from './real-time-order.ts';
import { checkSenderOrder } from './sender-order.ts';
import { StoredHistory } from './stored-history.ts';
import { checkStorage } from './storage.ts';
import { checkStrangers } from './strangers.ts';
import type { Violation } from './violation.ts';

const RULES = [
  checkStorage,
  checkAcknowledgements,
  checkRealTimeOrder,
  checkSenderOrder,
  checkLiveDelivery,
  checkLists,
  checkStrangers,
];

/** Everything in a settled history that the contract forbids. */
export function checkHistory(history: History): Violation[] {
  const known = new StoredHistory(history);
  const odd = history.oddities.map((text): Violation => ({ kind: 'odd-answer', text }));
  return [...RULES.flatMap((rule) => [...rule(known)]), ...odd];
}
