import type { AccountDeparturePort } from '../../src/arch/modules/chat/application/ports/account-departure.port.js';
import type { LogRow } from '../contract/chat-subject.js';
import type { MemberRole } from '../../src/arch/modules/chat/domain/models/conversation-member.model.js';

interface Conversation {
  rev: number;
  membersRev: number;
  /** By user, in the order of joining. */
  readonly members: Map<string, MemberRole>;
  readonly log?: LogRow[];
}

/** Records the accounts that have left. */
export class AccountDepartureFake implements AccountDeparturePort {
  readonly conversations = new Map<string, Conversation>();
  readonly asked: string[] = [];

  async leaveAllConversations(userId: string): Promise<void> {
    this.asked.push(userId);
    for (const conversation of this.conversations.values()) leave(conversation, userId);
  }
}

function leave(conversation: Conversation, userId: string): void {
  const role = conversation.members.get(userId);
  if (role === undefined) return;
  conversation.members.delete(userId);
  conversation.rev += 1;
  conversation.membersRev = conversation.rev;
  const others = [...conversation.members];
  const [heir] = others.find(([, each]) => each === 'admin') ?? others[0] ?? [];
  const heirId = role === 'owner' ? heir : undefined;
  if (heirId !== undefined) conversation.members.set(heirId, 'owner');
  conversation.log?.push({
    rev: conversation.rev,
    kind: 'member_removed',
    actorId: userId,
    subjectId: userId,
    afterSeq: 0,
    data: { reason: 'account_deleted', ...(heirId !== undefined && { heirId }) },
  });
}
