import { Injectable } from '@nestjs/common';
import { Database } from '../../../../common/infrastructure/database/database.js';
import type { TimelinePort } from '../../application/ports/timeline.port.js';
import type {
  TimelineChanges,
  TimelineEvent,
  TimelineItem,
} from '../../domain/models/timeline-event.model.js';
import { ChangedMessagesReader } from '../statements/changed-messages.reader.js';
import { ConversationListReader } from '../statements/conversation-list.reader.js';
import { findMembers } from '../statements/find-members.js';
import { selectEventsAfter, selectEventsBeside } from '../statements/logged-events.statement.js';
import { toTimelineEvent } from '../statements/to-timeline-event.js';
import { selectUnshown } from '../statements/unshown-members.statement.js';

@Injectable()
export class TimelineReader implements TimelinePort {
  private readonly messages;
  private readonly eventsAfter;
  private readonly eventsBeside;
  private readonly unshown;

  constructor(
    private readonly database: Database,
    private readonly list: ConversationListReader,
  ) {
    this.messages = new ChangedMessagesReader(database);
    this.eventsAfter = database.prepare(selectEventsAfter);
    this.eventsBeside = database.prepare(selectEventsBeside);
    this.unshown = database.prepare(selectUnshown);
  }

  findChanges(
    conversationId: string,
    userId: string,
    since: number,
    limit: number,
  ): Promise<TimelineChanges | null> {
    return this.database.snapshot(async () => {
      const conversation = await this.list.findOne(userId, conversationId);
      if (!conversation) return null;
      const messages = await this.messages.read(conversation, userId, since, limit);
      const events = (await this.eventsAfter({ conversationId, userId, since, limit })).map(toTimelineEvent);
      const items = inRevOrder([...messages, ...events]).slice(0, limit);
      const upTo = items.length === limit ? items.at(-1)?.rev : conversation.rev;
      const isUnshown = (await this.unshown({ conversationId, userId, since, upTo })).length > 0;
      const members = isUnshown ? await findMembers(this.database, conversationId, userId) : null;
      return { conversation, items, members };
    });
  }

  async findEvents(
    conversationId: string,
    userId: string,
    from: number,
    to: number,
    limit: number,
  ): Promise<TimelineEvent[]> {
    return (await this.eventsBeside({ conversationId, userId, from, to, limit })).map(toTimelineEvent);
  }
}

const inRevOrder = (items: readonly TimelineItem[]): TimelineItem[] =>
  items.toSorted((a, b) => a.rev - b.rev);
