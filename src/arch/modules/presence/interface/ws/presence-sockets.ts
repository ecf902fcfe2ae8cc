import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { guardListener } from '../../../../common/application/guard-listener.js';
import type { AuthenticatedSocket } from '../../../../common/interface/principal-of.js';
import { closeConnectionOf } from '../../../../common/interface/ws/engine/engine-connection.js';
import { EndPresenceSubscriptionCommand } from '../../application/commands/end-presence-subscription.command.js';

/** Ends the subscriptions of sockets that disconnect. */
@Injectable()
export class PresenceSockets {
  private readonly followed = new WeakSet<AuthenticatedSocket>();

  constructor(private readonly commands: CommandBus) {}

  /** Runs `subscribe`; the subscription ends with the socket, also when that is gone by then. */
  async subscribeSocket<T>(socket: AuthenticatedSocket, subscribe: () => Promise<T>): Promise<T> {
    const end = guardListener(
      () => this.endSubscription(socket),
      () => closeConnectionOf(socket),
    );
    if (!this.followed.has(socket)) socket.once('disconnect', end);
    this.followed.add(socket);
    try {
      return await subscribe();
    } finally {
      if (!socket.connected) await this.endSubscription(socket);
    }
  }

  private endSubscription({ id }: AuthenticatedSocket): Promise<void> {
    return this.commands.execute(new EndPresenceSubscriptionCommand(id));
  }
}
