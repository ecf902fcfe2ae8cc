import type { RevPosition } from '../events/rev-order.js';
import type { RemovalReason } from './conversation-change.model.js';
import type { ConversationMember } from './conversation-member.model.js';
import type { ConversationSettings } from './conversation-settings.model.js';
import type { ConversationSummary } from './conversation.model.js';
import type { MessageSender } from './message.model.js';
import type { ReadMessage } from './read-message.model.js';

/**
 * Maximum events of a window. There is one for each change of members between two messages, so that a window may have
 * thousands.
 */
export const WINDOW_EVENTS_MAX = 500;

/** What a kind of event shows: names and pictures are those of the moment of reading, the rest is from the log. */
interface EventData {
  member_added: { readonly member: ConversationMember; readonly via?: 'invite' };
  member_removed: {
    readonly user: MessageSender;
    readonly reason: RemovalReason;
    /** The new owner, if the member was the owner. */
    readonly heirId?: string;
  };
  member_updated: { readonly member: ConversationMember };
  conversation_updated: Partial<ConversationSettings>;
}

export type TimelineEventKind = keyof EventData;

/** A change that is no message, at its place between the messages. */
export type TimelineEvent = {
  [Kind in TimelineEventKind]: RevPosition & {
    readonly kind: Kind;
    /** The user who made the change. */
    readonly actorId: string | null;
    /** The user whom the change is about; null when it is about the conversation. */
    readonly subjectId: string | null;
    /** The `seq` of the newest message at that time; 0 when there was none. */
    readonly afterSeq: number;
    readonly createdAt: Date;
    readonly data: EventData[Kind];
  };
}[TimelineEventKind];

export type TimelineEventOf<Kind extends TimelineEventKind> = Extract<TimelineEvent, { kind: Kind }>;

/** A message or an event. */
export type TimelineItem = (ReadMessage & RevPosition) | TimelineEvent;

export function isEvent(item: TimelineItem): item is TimelineEvent {
  return 'kind' in item;
}

/** Maximum conversations whose changes are read at once. */
export const SEVERAL_MAX = 50;

/** What a reader knows of a conversation: all changes up to `since`. */
export interface KnownChanges {
  readonly conversationId: string;
  /** A `rev`, from 0. */
  readonly since: number;
}

/** What has changed in a conversation after a `rev`, from one snapshot. */
export interface TimelineChanges {
  /** The conversation as in its reader's list; its `rev` is the head. */
  readonly conversation: ConversationSummary;
  /** Messages, each in its latest state, and events, in the order of `rev`. */
  readonly items: readonly TimelineItem[];
  /**
   * All members, in the order of joining, when some of their changes cannot be shown as events: older nodes store no
   * row, and what happened before somebody joined may be hidden. Null otherwise.
   */
  readonly members: readonly ConversationMember[] | null;
  /** Later changes were not looked for: the head, unless several conversations had to share a page. */
  readonly upTo: number;
}
