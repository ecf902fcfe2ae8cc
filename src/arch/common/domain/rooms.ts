/** The Socket.IO namespace of these rooms and of those of conversations. */
export const CHAT_NAMESPACE = '/chat';

/** The room of all sockets of one user; the prefix distinguishes it from conversations, whose rooms are their UUIDs. */
export function userRoom(userId: string): string {
  return `user:${userId}`;
}

/** The room of all sockets of one session. */
export function sessionRoom(sessionId: string): string {
  return `session:${sessionId}`;
}
