/** The Socket.IO namespace of these rooms and of those of conversations. */
export const CHAT_NAMESPACE = '/chat';

const USER_PREFIX = 'user:';

/** The room of all sockets of one user; the prefix distinguishes it from conversations, whose rooms are their UUIDs. */
export function userRoom(userId: string): string {
  return `${USER_PREFIX}${userId}`;
}

/** The user whose room has this name; null for every other room. */
export function userOfRoom(room: string): string | null {
  return room.startsWith(USER_PREFIX) ? room.slice(USER_PREFIX.length) : null;
}

/** The room of all sockets of users who have switched read receipts off. */
export const WITHOUT_READ_RECEIPTS = 'receipts:off';

/** The room of all sockets of one session. */
export function sessionRoom(sessionId: string): string {
  return `session:${sessionId}`;
}
