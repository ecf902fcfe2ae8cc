import type { Chat } from './chat.ts';
import { byText, lengthOf, pageOf, sorted } from './lists.ts';
import { refuse, refuseField } from './refusal.ts';
import type { RouteTable } from './routes.ts';
import type { Account, StoredMessage } from './state.ts';

/** Kinds of reactions to a message, and of those of one user, at most. */
const KINDS = 50;
const OWN_KINDS = 20;

/** Reactions to messages. */
export function reactionRoutes(chat: Chat): RouteTable {
  const { state, rooms, show, answerOf } = chat;
  function react(
    actor: Account,
    id: string,
    messageId: string,
    given: string,
    added: boolean,
    userId: string,
  ): StoredMessage {
    const emoji = given.replace(/[\uFE0E\uFE0F]/g, '');
    if (/[\s/]/.test(emoji) || emoji === '' || lengthOf(emoji) > 32) refuseField('emoji', 'Is no reaction.');
    const conversation = chat.open(id, actor);
    const message = chat.find(conversation, messageId, actor);
    if (message.deletedAt !== null) refuse('MESSAGE_DELETED');
    chat.requireNoBlock(conversation);
    const kind =
      [...message.reactions.keys()].find((key) => key.replace(/[\uFE0E\uFE0F]/g, '') === emoji) ?? given;
    const userIds = message.reactions.get(kind) ?? [];
    if (userIds.includes(userId) === added) return message;
    if (added) {
      const own = [...message.reactions.values()].filter((ids) => ids.includes(userId));
      const isNew = !message.reactions.has(kind);
      if ((isNew && message.reactions.size >= KINDS) || own.length >= OWN_KINDS) refuse('TOO_MANY_REACTIONS');
    }
    const left = added ? [...userIds, userId] : userIds.filter((one) => one !== userId);
    if (left.length > 0) message.reactions.set(kind, left);
    else message.reactions.delete(kind);
    chat.change(conversation, message, 'reactions', userId, [{ userId, emoji: kind, added }]);
    tellOfOwn(message, userId);
    return message;
  }

  function tellOfOwn(message: StoredMessage, userId: string): void {
    const { id, conversationId, rev } = message;
    const mine = show.own([message], userId).own?.reactions[id] ?? [];
    const own = { reactions: { [id]: mine }, revs: { [id]: rev } };
    rooms.emitToUser(userId, 'me_updated', { conversationId, own });
  }

  return {
    'PUT /chat/conversations/:id/messages/:messageId/reactions/:emoji': ({ user, params }) =>
      answerOf(react(user, params.id, params.messageId, params.emoji, true, user.id), user),
    'DELETE /chat/conversations/:id/messages/:messageId/reactions/:emoji': ({ user, params }) =>
      answerOf(react(user, params.id, params.messageId, params.emoji, false, user.id), user),
    'DELETE /chat/conversations/:id/messages/:messageId/reactions/:emoji/:userId': ({ user, params }) => {
      const conversation = chat.open(params.id, user);
      const isManager =
        conversation.type === 'group' && show.memberOf(conversation, user.id).role !== 'member';
      if (params.userId !== user.id && !isManager) refuse('CANNOT_REMOVE_REACTION');
      react(user, params.id, params.messageId, params.emoji, false, params.userId);
    },
    'GET /chat/conversations/:id/messages/:messageId/reactions': ({ user, params, query }) => {
      const message = chat.find(chat.open(params.id, user), params.messageId, user);
      const all = sorted(message.reactions, ([a], [b]) => byText(a, b))
        .filter(([emoji]) => query.emoji === undefined || query.emoji === emoji)
        .flatMap(([emoji, ids]) => sorted(ids, byText).map((userId) => ({ userId, emoji })));
      const data = all.map(({ userId, emoji }) => {
        const { displayName, avatarUrl } = state.accounts.get(userId) ?? refuse('USER_NOT_FOUND');
        return { userId, displayName, avatarUrl, emoji, createdAt: message.createdAt };
      });
      return pageOf(data, query);
    },
  };
}
