import type {
  KnownChanges,
  TimelineChanges,
  TimelineEvent,
} from '../../domain/models/timeline-event.model.js';

/** Reads the changes of a conversation that are no messages: alone, or together with these. */
export abstract class TimelinePort {
  /**
   * The first `limit` messages and events after `since` (fewer when they exceed a page), and the head, from one
   * snapshot. Null when the user is not a member. A member from whom the history is hidden gets no message from before
   * its first visible one, and no event from before it joined.
   * @param since a `rev`, from 0
   * @param limit counts messages and events together
   */
  abstract findChanges(
    conversationId: string,
    userId: string,
    since: number,
    limit: number,
  ): Promise<TimelineChanges | null>;
  /**
   * The same of several conversations, in their order, from one snapshot: those that come first have what they need of
   * `limit`, the others what remains. The first of them that has changed is answered as if it were alone.
   * @param known each conversation at most once
   * @param limit counts the messages and events of all conversations together
   */
  abstract findChangesOfSeveral(
    userId: string,
    known: readonly KnownChanges[],
    limit: number,
  ): Promise<(TimelineChanges | null)[]>;
  /**
   * The events with `from` <= `afterSeq` <= `to`, newest first, without those that are hidden from the user; none for a
   * user who is not a member.
   * @param limit 1–501
   */
  abstract findEvents(
    conversationId: string,
    userId: string,
    from: number,
    to: number,
    limit: number,
  ): Promise<TimelineEvent[]>;
}
