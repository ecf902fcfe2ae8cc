import { userRoom } from '../../../../common/domain/user-room.js';
import type { AuthenticatedSocket } from '../../../../common/interface/principal-of.js';

/** A new socket hears what concerns its user, and learns who it is. The handshake has vouched for it; if not, it goes. */
export async function welcome(socket: AuthenticatedSocket): Promise<void> {
  const { user, expiresAt } = socket.data;
  if (!user) return void socket.disconnect(true);
  await socket.join(userRoom(user.sub));
  (socket as { emit(event: string, body: object): unknown }).emit('ready', {
    userId: user.sub,
    sessionId: user.sid,
    expiresAt: expiresAt.toISOString(),
    serverTime: new Date().toISOString(),
  });
}
