import type { MessageAnswer, ServerEvents, TimelineEvent } from '../contract.ts';
import { refuse } from './refusal.ts';
import type { Rooms } from './rooms.ts';
import { newestSeq, type Show } from './show.ts';
import type { Account, State, StoredConversation, StoredMember, StoredMessage } from './state.ts';

type Change = ServerEvents['message_updated']['change'];
/** Without what the log adds. */
type NewEvent = TimelineEvent extends infer E
  ? E extends TimelineEvent
    ? Omit<E, 'rev' | 'afterSeq' | 'createdAt'>
    : never
  : never;

/** What all routes of conversations share. */
export interface Chat {
  readonly state: State;
  readonly rooms: Rooms;
  readonly show: Show;
  /** A conversation of which the user is a member. */
  open(id: string, user: Account): StoredConversation;
  /** The same, unless it is a thread. */
  openWhole(id: string, user: Account): StoredConversation;
  /** A message that the user sees. */
  find(conversation: StoredConversation, messageId: string, user: Account): StoredMessage;
  /** The message has changed: it takes the next `rev`, and the room is told. */
  change(
    conversation: StoredConversation,
    message: StoredMessage,
    change: Change,
    actorId: string,
    delta?: ServerEvents['message_updated']['delta'],
  ): void;
  /** How a change of a message is answered to who has made it. */
  readonly answerOf: (message: StoredMessage, user: Account) => MessageAnswer;
  /** Keeps a change that is no message; returns its `rev`. */
  log(conversation: StoredConversation, event: NewEvent): number;
  tellOfMe(
    conversation: StoredConversation,
    userId: string,
    except?: Parameters<Rooms['emitToUser']>[3],
  ): void;
  readonly areBlocked: (one: string, other: string) => boolean;
  /** In a direct conversation neither must have blocked the other. */
  requireNoBlock(conversation: StoredConversation): void;
  newMember(conversation: StoredConversation, userId: string, role: StoredMember['role']): StoredMember;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function createChat(state: State, rooms: Rooms, show: Show): Chat {
  function open(id: string, { id: userId }: Account): StoredConversation {
    if (!UUID.test(id)) refuse('VALIDATION_FAILED');
    const conversation = state.conversations.get(id) ?? refuse('CONVERSATION_NOT_FOUND');
    const { visibleFromSeq } = show.memberOf(conversation, userId);
    if (conversation.parent && conversation.parent.seq < visibleFromSeq) refuse('CONVERSATION_NOT_FOUND');
    return conversation;
  }

  const areBlocked = (one: string, other: string): boolean =>
    [state.accounts.get(one)?.blocks.has(other), state.accounts.get(other)?.blocks.has(one)].includes(true);

  return {
    state,
    rooms,
    show,
    open,
    openWhole(id, user) {
      const conversation = open(id, user);
      return conversation.parent ? refuse('THREAD_NOT_ALLOWED') : conversation;
    },
    find(conversation, messageId, { id: userId }) {
      const found = show.visible(conversation, userId).find(({ id }) => id === messageId);
      return found ?? refuse('MESSAGE_NOT_FOUND');
    },
    change(conversation, message, change, actorId, delta) {
      conversation.rev += 1;
      message.rev = conversation.rev;
      const { id: conversationId, rev } = conversation;
      rooms.emitToRoom(conversationId, 'message_updated', (userId) =>
        show.visible(conversation, userId).includes(message)
          ? {
              conversationId,
              rev,
              change,
              actorId,
              message: show.message(message, userId),
              ...(delta && { delta }),
            }
          : null,
      );
    },
    answerOf: (message, { id }) => ({ message: show.message(message, id), ...show.own([message], id) }),
    log(conversation, event) {
      conversation.rev += 1;
      const { rev } = conversation;
      const place = { rev, afterSeq: newestSeq(conversation), createdAt: state.time() };
      conversation.events.push({ ...event, ...place });
      return rev;
    },
    tellOfMe(conversation, userId, except) {
      const payload = { conversationId: conversation.id, me: show.me(conversation, userId) };
      rooms.emitToUser(userId, 'me_updated', payload, except);
    },
    areBlocked,
    requireNoBlock(conversation) {
      const whole = show.owner(conversation);
      const [one = '', other = one] = [...whole.members.keys()];
      if (whole.type === 'direct' && areBlocked(one, other)) refuse('USER_NOT_REACHABLE');
    },
    newMember(conversation, userId, role) {
      const lastReadSeq = newestSeq(conversation);
      const member = {
        userId,
        role,
        joinedAt: state.time(),
        lastReadSeq,
        ownReadSeq: lastReadSeq,
        visibleFromSeq: 1,
        eventsFrom: 0,
        changes: 0,
        settings: {},
      };
      conversation.members.set(userId, member);
      return member;
    },
  };
}
