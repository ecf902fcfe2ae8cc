import { NotConversationMemberError } from '../domain/errors/not-conversation-member.error.js';
import type { ConversationDetail } from '../domain/models/conversation-detail.model.js';
import { MEMBERS_PAGE } from '../domain/models/conversation-member.model.js';
import type { ConversationMemberRepositoryPort } from './ports/conversation-member-repository.port.js';

/** One conversation as its member is shown it. */
export async function readDetail(
  conversationId: string,
  userId: string,
  members: ConversationMemberRepositoryPort,
): Promise<ConversationDetail> {
  const conversation = await members.findConversationOfUser(userId, conversationId);
  if (!conversation) throw new NotConversationMemberError();
  const { data, nextCursor } = await members.findMemberPage(conversationId, userId, MEMBERS_PAGE);
  // The list may be newer than the count, which was read before.
  const memberCount = nextCursor === null ? data.length : conversation.memberCount;
  return { ...conversation, memberCount, members: data, membersCursor: nextCursor };
}
