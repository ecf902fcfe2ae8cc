import { userRoom, WITHOUT_READ_RECEIPTS } from '../../../../common/domain/rooms.js';

/** The sockets that receive an event. */
export interface EventAudience<Event> {
  /** For the documents: "to …". */
  readonly label: string;
  /** The room whose sockets receive the event. */
  roomOf(event: Event): string;
  /** The room whose sockets are excluded. */
  exceptOf?(event: Event): string | undefined;
}

interface OfConversation {
  readonly conversationId: string;
}

interface OfUser {
  readonly userId: string;
}

/** Every socket that has joined the conversation. */
export const everyoneInRoom: EventAudience<OfConversation> = {
  label: 'the room',
  roomOf: ({ conversationId }) => conversationId,
};

/** Every socket that has joined the conversation, except those of users who have switched read receipts off. */
export const thoseWithReadReceipts: EventAudience<OfConversation> = {
  label: 'the room, except sockets of users who have switched `readReceipts` off',
  roomOf: ({ conversationId }) => conversationId,
  exceptOf: () => WITHOUT_READ_RECEIPTS,
};

/** Every socket that has joined the conversation, except the user's own. */
export const othersInRoom: EventAudience<OfConversation & OfUser> = {
  label: 'the others in the room',
  roomOf: ({ conversationId }) => conversationId,
  exceptOf: ({ userId }) => userRoom(userId),
};

/** Every socket of the user, whatever rooms it has joined. */
export const socketsOfUser: EventAudience<OfUser> = {
  label: 'all sockets of the user',
  roomOf: ({ userId }) => userRoom(userId),
};

interface OfAnsweredUser extends OfUser {
  readonly socketId: string | undefined;
}

/** Every socket of the user, except the one that has been answered: each socket is in a room of its own id. */
export const otherSocketsOfUser: EventAudience<OfAnsweredUser> = {
  label: 'all sockets of the user, except the one whose acknowledgement says it',
  roomOf: ({ userId }) => userRoom(userId),
  exceptOf: ({ socketId }) => socketId,
};
