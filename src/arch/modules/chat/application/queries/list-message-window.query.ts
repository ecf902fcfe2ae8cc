import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { jsonBytes, roomBeside } from '../../../../common/domain/fitting-rows.js';
import type { MessageWindow } from '../../domain/models/message-page.model.js';
import type { ReadMessage } from '../../domain/models/read-message.model.js';
import { WINDOW_EVENTS_MAX } from '../../domain/models/timeline-event.model.js';
import { fittingItems } from '../../domain/services/fitting-items.js';
import { ROOM_FOR_ROWS } from '../../domain/services/fitting-members.js';
import { requireConversation, requireVisibleFrom } from '../../domain/services/membership.policy.js';
import { type MessageAnchor, seqRangeAt } from '../../domain/services/message-window.js';
import { fittingMessages } from '../../domain/services/fitting-messages.js';
import { ConversationMemberRepositoryPort } from '../ports/conversation-member-repository.port.js';
import { ConversationRepositoryPort } from '../ports/conversation-repository.port.js';
import { MessageRepositoryPort } from '../ports/message-repository.port.js';
import { TimelinePort } from '../ports/timeline.port.js';

export class ListMessageWindowQuery extends Query<MessageWindow> {
  constructor(
    readonly conversationId: string,
    readonly requesterId: string,
    readonly anchor: MessageAnchor,
    readonly limit: number,
    /** Whether the events beside the messages are asked for. */
    readonly withEvents = false,
  ) {
    super();
  }
}

@QueryHandler(ListMessageWindowQuery)
export class ListMessageWindowHandler implements IQueryHandler<ListMessageWindowQuery> {
  constructor(
    private readonly conversations: ConversationRepositoryPort,
    private readonly members: ConversationMemberRepositoryPort,
    private readonly messages: MessageRepositoryPort,
    private readonly timeline: TimelinePort,
  ) {}

  async execute(query: ListMessageWindowQuery): Promise<MessageWindow> {
    const { conversationId, requesterId, anchor, limit, withEvents } = query;
    const { lastSeq: end } = await requireConversation(conversationId, this.conversations);
    const first = await requireVisibleFrom(conversationId, requesterId, this.members);
    const room = roomBeside(withEvents ? ROOM_FOR_ROWS : 0);
    const readWindow = async (lastSeq: number) => {
      const { from, to } = seqRangeAt(anchor, limit, lastSeq, first);
      const read = await this.messages.findRange(conversationId, from, to, first, requesterId);
      return { ...read, from, to };
    };
    let found = await readWindow(end);
    // A window at the end has the messages, too, that were stored while it was read.
    if (found.to === end && found.lastSeq > end) found = await readWindow(found.lastSeq);
    const { from, to } = found;
    const data = nearest(found.data, anchor.seq, room);
    const oldest = data.at(-1)?.seq ?? from;
    const newest = data[0]?.seq ?? Math.max(to, first - 1);
    const { rev, lastSeq } = found;
    const window = { data, rev, hasMoreBefore: oldest > first, hasMoreAfter: newest < lastSeq };
    if (!withEvents) return window;
    const start = oldest > first ? oldest : 0;
    return { ...window, ...(await this.eventsBeside(query, start, newest, roomBeside(jsonBytes(data)))) };
  }

  /** An event belongs to the message after which it is; those before the first message belong to that one. */
  private async eventsBeside(
    { conversationId, requesterId }: ListMessageWindowQuery,
    from: number,
    newest: number,
    room: number,
  ): Promise<Pick<MessageWindow, 'events' | 'eventsTruncated'>> {
    const most = WINDOW_EVENTS_MAX + 1;
    const found = await this.timeline.findEvents(conversationId, requesterId, from, newest, most);
    const events = fittingItems(found.slice(0, WINDOW_EVENTS_MAX), room);
    return { events, eventsTruncated: events.length < found.length };
  }
}

/**
 * The messages that fit on a page, the nearest to the anchor first: omitted ones are at the ends, and on the next
 * pages.
 */
function nearest(window: readonly ReadMessage[], place: number, room: number): readonly ReadMessage[] {
  const byDistance = window.toSorted((a, b) => Math.abs(a.seq - place) - Math.abs(b.seq - place));
  const shown = fittingMessages(byDistance, room);
  return shown.length === window.length ? window : shown.toSorted((a, b) => b.seq - a.seq);
}
