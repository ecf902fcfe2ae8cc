import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { DatabaseEpochPort } from '../../../../common/application/ports/database-epoch.port.js';
import { jsonBytes, roomBeside } from '../../../../common/domain/fitting-rows.js';
import { CHANGES_MAX } from '../../domain/models/conversation-catch-up.model.js';
import type { KnownChanges, TimelineChanges } from '../../domain/models/timeline-event.model.js';
import { requireEpoch } from '../../domain/services/catch-up.policy.js';
import { ROOM_FOR_ROWS } from '../../domain/services/fitting-members.js';
import { TimelinePort } from '../ports/timeline.port.js';
import { type TimelinePage, toTimelinePage } from './list-timeline.query.js';

/** Bytes of JSON of a conversation's answer besides what it has of the conversation: its id, names of fields. */
const AROUND_PAGE = 200;

/** What is answered of one conversation. */
export type SeveralChanges = KnownChanges &
  (
    | { readonly outcome: 'page'; readonly page: Omit<TimelinePage, 'epoch'> }
    /** It is not there for the reader: unknown, deleted, or of others. */
    | { readonly outcome: 'gone' }
    /** It has not reached `since`: what the reader knows is of another history. */
    | { readonly outcome: 'invalid' }
    /** It did not fit any more: nothing of it was read. */
    | { readonly outcome: 'unread' }
  );

export interface SeveralChangesAnswer {
  readonly epoch: string;
  /** In the order of the request. */
  readonly conversations: readonly SeveralChanges[];
}

/** The changes of several conversations, each as `ListTimelineQuery` answers it, all together within the bounds of one page. */
export class ListSeveralChangesQuery extends Query<SeveralChangesAnswer> {
  constructor(
    readonly requesterId: string,
    /** Each conversation at most once. */
    readonly known: readonly KnownChanges[],
    /** The epoch of each `since`, if the reader knows it. */
    readonly epoch?: string,
  ) {
    super();
  }
}

@QueryHandler(ListSeveralChangesQuery)
export class ListSeveralChangesHandler implements IQueryHandler<ListSeveralChangesQuery> {
  constructor(
    private readonly timeline: TimelinePort,
    private readonly epoch: DatabaseEpochPort,
  ) {}

  async execute({ requesterId, known, epoch }: ListSeveralChangesQuery): Promise<SeveralChangesAnswer> {
    const { current } = this.epoch;
    requireEpoch(epoch, current);
    const found = await this.timeline.findChangesOfSeveral(requesterId, known, CHANGES_MAX + 1);
    const page = new SharedPage(known.length);
    const conversations = known.map((one, index) => page.add(one, found[index] ?? null));
    return { epoch: current, conversations };
  }
}

/** Conversations one after another, until the rows or the bytes of a page are used up. */
class SharedPage {
  private rows = CHANGES_MAX;
  private room;
  private isEmpty = true;

  constructor(count: number) {
    this.room = roomBeside(count * AROUND_PAGE);
  }

  add(known: KnownChanges, found: TimelineChanges | null): SeveralChanges {
    const { since } = known;
    if (!found) return { ...known, outcome: 'gone' };
    if (since > found.conversation.rev) return { ...known, outcome: 'invalid' };
    if (!this.hasRoomFor(found, since)) {
      this.readNoMore();
      return { ...known, outcome: 'unread' };
    }
    const page = toTimelinePage(found, since, this.rows, { space: this.room });
    this.isEmpty = false;
    this.rows -= page.messages.length + page.events.length;
    this.room -= jsonBytes(page);
    if (page.hasMore) this.readNoMore();
    return { ...known, outcome: 'page', page };
  }

  /** What was read of later conversations ends where all together had the bytes of a page: it may have gaps. */
  private readNoMore(): void {
    this.rows = 0;
  }

  /** The first page is as large as one alone, so that each answer advances. */
  private hasRoomFor({ conversation, upTo }: TimelineChanges, since: number): boolean {
    if (this.isEmpty) return true;
    const isRead = conversation.rev === since || (this.rows > 0 && upTo > since);
    return isRead && jsonBytes(conversation) + ROOM_FOR_ROWS <= this.room;
  }
}
