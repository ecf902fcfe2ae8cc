import type { TimelinePort } from '../../src/arch/modules/chat/application/ports/timeline.port.js';
import type {
  ChangeKind,
  ChangeOf,
} from '../../src/arch/modules/chat/domain/models/conversation-change.model.js';
import type {
  ConversationMember,
  MemberRole,
} from '../../src/arch/modules/chat/domain/models/conversation-member.model.js';
import type {
  KnownChanges,
  TimelineChanges,
  TimelineEvent,
} from '../../src/arch/modules/chat/domain/models/timeline-event.model.js';
import { shareLimit } from '../../src/arch/modules/chat/domain/services/shared-changes.js';
import { toMember, toReadMessage, toSummary } from './chat-models.js';
import { type ChatState, ownDefaults, type StoredLogRow } from './chat-state.js';

export class TimelineFake implements TimelinePort {
  constructor(private readonly state: ChatState) {}

  async findChanges(
    conversationId: string,
    userId: string,
    since: number,
    limit: number,
  ): Promise<TimelineChanges | null> {
    const [found] = await this.findChangesOfSeveral(userId, [{ conversationId, since }], limit);
    return found ?? null;
  }

  async findChangesOfSeveral(
    userId: string,
    known: readonly KnownChanges[],
    limit: number,
  ): Promise<(TimelineChanges | null)[]> {
    const found = known.map(({ conversationId: id }) =>
      this.state.member(id, userId) ? (this.state.conversations.get(id) ?? null) : null,
    );
    const ends = shareLimit(known, found, limit);
    return known.map(({ conversationId, since }, index) =>
      this.changesUpTo(ends[index] ?? since, conversationId, userId, since, limit),
    );
  }

  private changesUpTo(
    end: number,
    ...[conversationId, userId, since, limit]: [string, string, number, number]
  ): TimelineChanges | null {
    const conversation = this.state.conversations.get(conversationId);
    const me = this.state.member(conversationId, userId);
    if (!conversation || !me) return null;
    const messages = this.state
      .messagesOf(conversationId)
      .filter(({ seq }) => seq >= me.visibleFromSeq)
      .map((message) => toReadMessage(this.state, message, me.visibleFromSeq, userId));
    const items = [...messages, ...this.eventsOf(conversationId, userId)]
      .filter(({ rev }) => rev > since && rev <= end)
      .toSorted((a, b) => a.rev - b.rev)
      .slice(0, limit);
    const upTo = items.length === limit ? (items.at(-1)?.rev ?? 0) : end;
    const shown = new Set(this.eventsOf(conversationId, userId).map(({ rev }) => rev));
    const unshown = [...this.state.changesOf(conversationId).map(({ rev }) => rev), conversation.membersRev]
      .filter((rev) => !shown.has(rev))
      .some((rev) => rev > since && rev <= upTo);
    const members = [...(this.state.members.get(conversationId)?.values() ?? [])];
    return {
      conversation: toSummary(this.state, conversation, me),
      items,
      members: unshown ? members.map((one) => toMember(this.state, one, userId)) : null,
      upTo: end,
    };
  }

  async findEvents(
    conversationId: string,
    userId: string,
    from: number,
    to: number,
    limit: number,
  ): Promise<TimelineEvent[]> {
    return this.eventsOf(conversationId, userId)
      .filter(({ afterSeq }) => afterSeq >= from && afterSeq <= to)
      .toReversed()
      .slice(0, limit);
  }

  /** Those that the user sees, in the order of `rev`. */
  private eventsOf(conversationId: string, userId: string): TimelineEvent[] {
    const me = this.state.member(conversationId, userId);
    if (!me) return [];
    const log = this.state.changesOf(conversationId);
    const joined = log.findLast(({ kind, subjectId }) => kind === 'member_added' && subjectId === userId);
    const from = me.visibleFromSeq === 1 ? 0 : (joined?.rev ?? 0);
    return log
      .filter(({ kind, rev }) => kind !== 'members_changed' && rev >= from)
      .map((row) => this.toEvent(conversationId, userId, row));
  }

  private toEvent(conversationId: string, readerId: string, row: StoredLogRow): TimelineEvent {
    const { rev, kind, actorId, subjectId, afterSeq, createdAt, data } = row;
    const place = { rev, actorId, subjectId, afterSeq, createdAt };
    const dataOf = <Kind extends ChangeKind>() => data as ChangeOf<Kind>['data'];
    if (kind === 'conversation_updated') return { ...place, kind, data: dataOf<'conversation_updated'>() };
    const id = subjectId ?? '';
    if (kind === 'member_removed') {
      return {
        ...place,
        kind,
        data: { user: { id, ...this.state.profile(id) }, ...dataOf<'member_removed'>() },
      };
    }
    if (kind === 'member_updated') {
      return {
        ...place,
        kind,
        data: { member: this.memberAs(conversationId, readerId, row, dataOf<'member_updated'>().role) },
      };
    }
    if (kind !== 'member_added') throw new Error(`There is no event of ${kind}.`);
    const { role, via } = dataOf<'member_added'>();
    const member = this.memberAs(conversationId, readerId, row, role);
    return { ...place, kind, data: { member, ...(via !== undefined && { via }) } };
  }

  private memberAs(
    conversationId: string,
    readerId: string,
    row: StoredLogRow,
    role: MemberRole,
  ): ConversationMember {
    const userId = row.subjectId ?? '';
    const present = this.state.member(conversationId, userId);
    const stored = { userId, role, joinedAt: row.createdAt, lastReadSeq: row.afterSeq };
    return { ...toMember(this.state, present ?? { ...ownDefaults(), ...stored }, readerId), role };
  }
}
