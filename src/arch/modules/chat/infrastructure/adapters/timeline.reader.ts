import { Injectable } from '@nestjs/common';
import { Database } from '../../../../common/infrastructure/database/database.js';
import type { TimelinePort } from '../../application/ports/timeline.port.js';
import type {
  KnownChanges,
  TimelineChanges,
  TimelineEvent,
  TimelineItem,
} from '../../domain/models/timeline-event.model.js';
import type { ConversationSummary } from '../../domain/models/conversation.model.js';
import { shareLimit, shareMembers } from '../../domain/services/shared-changes.js';
import { type AskedChanges, toAskedValues } from '../statements/asked-changes.js';
import { ChangedMessagesReader } from '../statements/changed-messages.reader.js';
import { ConversationListReader } from '../statements/conversation-list.reader.js';
import { findMembersOf } from '../statements/find-members.js';
import { selectEventsAfter, selectEventsBeside } from '../statements/logged-events.statement.js';
import { toTimelineEvent } from '../statements/to-timeline-event.js';
import { selectUnshown } from '../statements/unshown-members.statement.js';

type Place = Omit<AskedChanges, 'visibleFrom'> & { readonly conversation: ConversationSummary };

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

  async findChanges(
    conversationId: string,
    userId: string,
    since: number,
    limit: number,
  ): Promise<TimelineChanges | null> {
    const [found] = await this.findChangesOfSeveral(userId, [{ conversationId, since }], limit);
    return found ?? null;
  }

  /** As many statements for many conversations as for one. */
  findChangesOfSeveral(
    userId: string,
    known: readonly KnownChanges[],
    limit: number,
  ): Promise<(TimelineChanges | null)[]> {
    return this.database.snapshot(async () => {
      const ids = known.map(({ conversationId }) => conversationId);
      const summaries = await this.list.findSome(userId, ids);
      const ends = shareLimit(
        known,
        ids.map((id) => summaries.get(id) ?? null),
        limit,
      );
      const places = known.flatMap(({ conversationId, since }, index) => {
        const conversation = summaries.get(conversationId);
        const upTo = ends[index] ?? since;
        return conversation ? [{ conversation, conversationId, since, upTo }] : [];
      });
      const found = await this.readPlaces(userId, places, limit);
      return ids.map((id) => found.get(id) ?? null);
    });
  }

  private async readPlaces(
    userId: string,
    places: readonly Place[],
    limit: number,
  ): Promise<ReadonlyMap<string, TimelineChanges>> {
    const changed = places
      .filter(({ since, upTo }) => upTo > since)
      .map((place) => ({ ...place, visibleFrom: place.conversation.me.visibleFromSeq }));
    const items = await this.readItems(userId, changed, limit);
    const shown = changed.map((place) => ({
      ...place,
      upTo: endOf(items.get(place.conversationId), limit, place),
    }));
    const unshown = await this.findUnshown(userId, shown);
    const fitting = shareMembers(unshown.map(({ conversation }) => conversation));
    const members = await findMembersOf(this.database, fitting, userId);
    const tooMany = new Set(unshown.slice(fitting.length).map(({ conversationId }) => conversationId));
    return new Map(
      places.map(({ conversation, conversationId: id, since, upTo }) => [
        id,
        tooMany.has(id)
          ? { conversation, items: [], members: null, upTo: since }
          : { conversation, items: items.get(id) ?? [], members: members.get(id) ?? null, upTo },
      ]),
    );
  }

  private async findUnshown<Asked extends AskedChanges>(
    userId: string,
    shown: readonly Asked[],
  ): Promise<Asked[]> {
    if (shown.length === 0) return [];
    const ids = new Set((await this.unshown({ ...toAskedValues(shown), userId })).map(({ id }) => id));
    return shown.filter(({ conversationId }) => ids.has(conversationId));
  }

  /** By conversation, in the order of `rev`. */
  private async readItems(
    userId: string,
    changed: readonly AskedChanges[],
    limit: number,
  ): Promise<ReadonlyMap<string, readonly TimelineItem[]>> {
    if (changed.length === 0) return new Map();
    const allMessages = await this.messages.read(userId, changed, limit);
    const rows = await this.eventsAfter({ ...toAskedValues(changed), userId, limit });
    const messagesOf = Map.groupBy(allMessages, ({ conversationId }) => conversationId);
    const rowsOf = Map.groupBy(rows, ({ conversationId }) => conversationId);
    return new Map(
      changed.map(({ conversationId: id }) => {
        const messages = messagesOf.get(id) ?? [];
        const events = (rowsOf.get(id) ?? []).map(toTimelineEvent);
        return [id, inRevOrder([...messages, ...events]).slice(0, limit)];
      }),
    );
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

/** Up to where the items go: a page ends at its last item, unless it has all. */
const endOf = (items: readonly TimelineItem[] | undefined, limit: number, { upTo }: AskedChanges): number =>
  items?.length === limit ? (items.at(-1)?.rev ?? upTo) : upTo;
