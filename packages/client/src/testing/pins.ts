import type { MessageAnswer } from '../contract.ts';
import type { Chat } from './chat.ts';
import { pageOf } from './lists.ts';
import { refuse } from './refusal.ts';
import type { RouteTable } from './routes.ts';
import type { Account } from './state.ts';

/** Pins of messages. */
export function pinRoutes(chat: Chat): RouteTable {
  const { state, show, answerOf } = chat;
  function setPin(user: Account, id: string, messageId: string, isPinned: boolean): MessageAnswer {
    const conversation = chat.open(id, user);
    const message = chat.find(conversation, messageId, user);
    if (message.deletedAt !== null) refuse('MESSAGE_DELETED');
    const isGroup = show.owner(conversation).type === 'group';
    if (isGroup && show.memberOf(conversation, user.id).role === 'member') refuse('CANNOT_PIN_MESSAGE');
    chat.requireNoBlock(conversation);
    if ((message.pinnedAt !== undefined) !== isPinned) {
      message.pinnedAt = isPinned ? state.time() : undefined;
      message.pinnedBy = isPinned ? user.id : undefined;
      message.pinOrder = state.next();
      chat.change(conversation, message, 'pin', user.id);
    }
    return answerOf(message, user);
  }
  return {
    'GET /chat/conversations/:id/pins': ({ user, params, query }) => {
      const conversation = chat.open(params.id, user);
      const pinned = show.visible(conversation, user.id).filter(({ pinnedAt }) => pinnedAt !== undefined);
      pinned.sort((a, b) => (b.pinOrder ?? 0) - (a.pinOrder ?? 0));
      const { data, nextCursor } = pageOf(pinned, query);
      return {
        data: data.map((message) => show.message(message, user.id)),
        nextCursor,
        ...show.own(data, user.id),
      };
    },
    'PUT /chat/conversations/:id/messages/:messageId/pin': ({ user, params }) =>
      setPin(user, params.id, params.messageId, true),
    'DELETE /chat/conversations/:id/messages/:messageId/pin': ({ user, params }) =>
      setPin(user, params.id, params.messageId, false),
  };
}
