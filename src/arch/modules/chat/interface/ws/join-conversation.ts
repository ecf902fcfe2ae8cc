import type { AuthenticatedSocket } from '../../../../common/interface/principal-of.js';
import { joinAndRead } from '../../../../common/interface/ws/rooms/join-room.js';
import { joinWithin } from '../../../../common/interface/ws/rooms/join-within.js';
import {
  type ConversationHead,
  GetConversationHeadQuery,
} from '../../application/queries/get-conversation-head.query.js';

type ReadHead = (query: GetConversationHeadQuery) => Promise<ConversationHead>;

/**
 * Joins a conversation's room; a thread's room within that of its parent.
 * @param read reads what is to be acknowledged
 * @param readParent reads the head of a thread's parent
 */
export function joinConversation(
  socket: AuthenticatedSocket,
  head: GetConversationHeadQuery,
  read: ReadHead,
  readParent: ReadHead,
): Promise<ConversationHead> {
  const readHead = () => read(head);
  if (!head.isOfThread) return joinAndRead(socket, head.conversationId, readHead);
  return joinWithin(socket, head.conversationId, readHead, (parentId) => {
    const parent = new GetConversationHeadQuery(parentId, head.requesterId);
    return joinAndRead(socket, parentId, () => readParent(parent));
  });
}
