import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { WITHOUT_READ_RECEIPTS } from '../../../../common/domain/rooms.js';
import type { AuthenticatedSocket } from '../../../../common/interface/principal-of.js';
import { joinRoom } from '../../../../common/interface/ws/rooms/join-room.js';
import { GetReadReceiptsQuery } from '../../application/queries/get-read-receipts.query.js';

/** Keeps sockets of users who have switched read receipts off in a room, which is excluded when positions are emitted. */
@Injectable()
export class ReadReceiptSockets {
  /** Those whose user's setting is known; its later changes are applied to all sockets of the user. */
  private readonly placed = new WeakSet<AuthenticatedSocket>();

  constructor(private readonly queries: QueryBus) {}

  /** Must be awaited before the socket joins its first conversation. Asks once for each socket. */
  async placeSocket(socket: AuthenticatedSocket): Promise<void> {
    if (this.placed.has(socket)) return;
    const areOn = await this.queries.execute(new GetReadReceiptsQuery(socket.data.user.sub));
    if (!areOn) await joinRoom(socket, WITHOUT_READ_RECEIPTS);
    this.placed.add(socket);
  }
}
