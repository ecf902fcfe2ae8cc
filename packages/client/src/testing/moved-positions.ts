import type { Changes } from '../contract.ts';
import { sorted } from './lists.ts';
import type { Show } from './show.ts';
import type { StoredConversation } from './state.ts';

/** Positions in an answer, and changes before `since` whose positions are in it, too. */
const READS = 500;
const SLACK = 200;

/** Who has marked messages as read since then; of a thread that is not known. */
export function movedPositions(
  show: Show,
  conversation: StoredConversation,
  readerId: string,
  since: number,
): Pick<Changes, 'reads' | 'readsTruncated'> {
  if (conversation.parent) return { reads: [], readsTruncated: true };
  const marked = [...conversation.members.values()].flatMap((member) => {
    const { mark } = member;
    const isLate = !mark || mark.rev < since - SLACK;
    const isHidden = show.member(member, readerId).lastReadSeq === 0;
    return isLate ? [] : [{ ...mark, isHidden, userId: member.userId }];
  });
  const last = sorted(marked, (a, b) => b.rev - a.rev);
  const shown = last.slice(0, READS).filter(({ isHidden }) => !isHidden);
  return {
    reads: shown.map(({ userId, seq }) => ({ userId, lastReadSeq: seq })),
    ...(last.length > READS && { readsTruncated: true }),
  };
}
