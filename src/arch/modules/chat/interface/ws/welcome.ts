import { Injectable } from '@nestjs/common';
import { guardListener } from '../../../../common/application/guard-listener.js';
import { DatabaseEpochPort } from '../../../../common/application/ports/database-epoch.port.js';
import { sessionRoom, userRoom } from '../../../../common/domain/rooms.js';
import type { AuthenticatedSocket } from '../../../../common/interface/principal-of.js';
import { sendAway } from '../../../../common/interface/ws/engine/end-connection.js';
import { closeConnectionOf } from '../../../../common/interface/ws/engine/engine-connection.js';
import { watchExpiry } from '../../../../common/interface/ws/session/watch-expiry.js';

@Injectable()
export class Welcome {
  constructor(private readonly epoch: DatabaseEpochPort) {}

  /**
   * Joins a new socket to the rooms of its user and its session, and emits `ready`.
   * @param vouched false when the handshake has refused the socket, or its session has ended since
   */
  readonly greet = guardListener(async (socket: AuthenticatedSocket, vouched: boolean) => {
    if (!vouched) {
      socket.emit('session_revoked', { code: 'SESSION_REVOKED' });
      sendAway(socket);
      return;
    }
    const { user, expiresAt } = socket.data;
    await socket.join([userRoom(user.sub), sessionRoom(user.sid)]);
    watchExpiry(socket);
    socket.emit('ready', {
      userId: user.sub,
      sessionId: user.sid,
      expiresAt: expiresAt.toISOString(),
      serverTime: new Date().toISOString(),
      epoch: this.epoch.current,
    });
  }, closeConnectionOf);
}
