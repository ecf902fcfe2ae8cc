import { userRoom, WITHOUT_READ_RECEIPTS } from '../../../../common/domain/rooms.js';
import type { ShownMember } from '../models/conversation-member.model.js';

/** An event as the sockets of one room are shown it, when the others are shown it differently. */
export interface OtherwiseShown<Event> {
  readonly room: string;
  readonly event: Event;
}

/**
 * Users who have switched read receipts off are shown the position of the member as 0. A position that is 0 for all,
 * because the member has switched them off, is shown to the member.
 */
export function otherwiseShown<Event extends ShownMember>(event: Event): OtherwiseShown<Event> {
  const { member, hiddenReadSeq } = event;
  const at = (lastReadSeq: number) => ({ ...event, member: { ...member, lastReadSeq } });
  if (hiddenReadSeq === undefined) return { room: WITHOUT_READ_RECEIPTS, event: at(0) };
  return { room: userRoom(member.userId), event: at(hiddenReadSeq) };
}
