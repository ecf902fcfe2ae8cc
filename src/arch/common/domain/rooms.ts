/** The Socket.IO namespace whose rooms these are, beside those of conversations. */
export const CHAT_NAMESPACE = '/chat';

/** The room of all sockets of one user; the prefix keeps it apart from conversations, whose rooms are their UUIDs. */
export function userRoom(userId: string): string {
  return `user:${userId}`;
}

/** The room of all sockets of one session. */
export function sessionRoom(sessionId: string): string {
  return `session:${sessionId}`;
}
