import { type ConversationSummary, MEMBERS_MAX } from '../models/conversation.model.js';
import type { KnownChanges } from '../models/timeline-event.model.js';

/**
 * Up to which `rev` the changes of each conversation are looked for, so that all of them together are no more than `limit`:
 * each change has a `rev` of its own, so there are no more changes than numbers. The first conversation that has changed is
 * not bounded, so that each page advances.
 * @param found the conversations in the same order; null for those that the reader does not see
 */
export function shareLimit(
  known: readonly KnownChanges[],
  found: readonly (Pick<ConversationSummary, 'rev'> | null)[],
  limit: number,
): number[] {
  let rest = limit;
  return known.map(({ since }, index) => {
    const head = found[index]?.rev ?? since;
    const wanted = Math.max(0, head - since);
    const isFirst = rest === limit;
    const upTo = isFirst ? head : Math.min(head, since + rest);
    rest = Math.max(0, rest - wanted);
    return Math.max(since, upTo);
  });
}

/** Those of the conversations whose members are read: all together have no more than one can have, and the first is among them. */
export function shareMembers(
  conversations: readonly Pick<ConversationSummary, 'id' | 'memberCount'>[],
): string[] {
  let count = 0;
  const reaches = conversations.map(({ memberCount }) => (count += memberCount));
  return conversations
    .filter((_, index) => index === 0 || (reaches[index] ?? 0) <= MEMBERS_MAX)
    .map(({ id }) => id);
}
