import type {
  ChangedMembership,
  OwnMembershipPort,
} from '../../src/arch/modules/chat/application/ports/own-membership.port.js';
import {
  changedSettings,
  type MembershipChange,
} from '../../src/arch/modules/chat/domain/models/own-membership.model.js';
import { toOwnMembership } from './chat-models.js';
import { isThreadId } from '../../src/arch/modules/chat/domain/models/thread.model.js';
import { type ChatState, type StoredFollower, type StoredMember, toDate } from './chat-state.js';

export class OwnMembershipFake implements OwnMembershipPort {
  constructor(private readonly state: ChatState) {}

  async markRead(conversationId: string, userId: string, seq: number): Promise<ChangedMembership | null> {
    return this.movePosition(conversationId, userId, seq);
  }

  async changeMembership(
    conversationId: string,
    userId: string,
    change: MembershipChange,
  ): Promise<ChangedMembership | null> {
    const found = this.movePosition(conversationId, userId, change.lastReadSeq ?? 0);
    const member = this.state.member(conversationId, userId);
    if (!found || !member) return null;
    const row = this.rowOf(conversationId, userId);
    if (!row) return found;
    const { pinned, archived, ...settings } = changedSettings(found.me, change);
    const now = toDate(this.state.now());
    const wanted = Math.max(change.lastReadSeq ?? Infinity, found.me.visibleFromSeq - 1);
    const values = {
      ...settings,
      ...(pinned !== undefined && { pinnedAt: pinned ? now : null }),
      ...(archived !== undefined && { archivedAt: archived ? now : null }),
      ...(wanted < found.me.lastReadSeq && { unread: { fromSeq: wanted + 1, atSeq: member.lastReadSeq } }),
    };
    if (Object.keys(values).length === 0) return found;
    Object.assign(row, values);
    row.version += 1 + Math.max(0, found.me.lastReadSeq - wanted);
    return this.answer(conversationId, userId, found.moved, true);
  }

  async clearHistory(conversationId: string, userId: string): Promise<ChangedMembership | null> {
    const found = this.movePosition(conversationId, userId, Infinity);
    const member = this.state.member(conversationId, userId);
    if (!found || !member || found.me.visibleFromSeq > found.me.lastReadSeq) return found;
    member.visibleFromSeq = found.me.lastReadSeq + 1;
    member.version += 1;
    return this.answer(conversationId, userId, found.moved, true);
  }

  /** What holds the member's position: in a thread nothing, unless it follows. */
  private rowOf(conversationId: string, userId: string): StoredMember | StoredFollower | undefined {
    return isThreadId(conversationId)
      ? this.state.followers.get(conversationId)?.get(userId)
      : this.state.member(conversationId, userId);
  }

  private movePosition(conversationId: string, userId: string, seq: number): ChangedMembership | null {
    const member = this.state.member(conversationId, userId);
    if (!member) return null;
    const { lastSeq, rev } = this.state.conversation(conversationId);
    const wanted = Math.min(seq, lastSeq);
    const before = member.lastReadSeq;
    const own = this.toMe(conversationId, member).lastReadSeq;
    const row = this.rowOf(conversationId, userId);
    if (!row) return this.answer(conversationId, userId, false, false);
    if (before < wanted) {
      const mark = !isThreadId(conversationId) && { mark: { seq: wanted, rev } };
      Object.assign(row, { lastReadSeq: wanted, unread: null, ...mark });
    } else if (own < wanted) {
      row.unread = wanted < before ? { fromSeq: wanted + 1, atSeq: before } : null;
    }
    return this.answer(conversationId, userId, before < wanted, own < wanted);
  }

  private answer(
    conversationId: string,
    userId: string,
    moved: boolean,
    changed: boolean,
  ): ChangedMembership | null {
    const member = this.state.member(conversationId, userId);
    if (!member) return null;
    const { lastReadSeq } = member;
    const me = this.toMe(conversationId, member);
    const showsReading = this.state.showsReading(member.userId);
    return { me, lastReadSeq, showsReading, moved, changed };
  }

  private toMe(conversationId: string, member: StoredMember) {
    return toOwnMembership(this.state, this.state.conversation(conversationId), member);
  }
}
