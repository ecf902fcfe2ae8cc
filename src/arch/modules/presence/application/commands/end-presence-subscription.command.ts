import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { PresenceWatchers } from '../presence-watchers.js';

/** Ends the subscription of a socket that has disconnected. */
export class EndPresenceSubscriptionCommand extends Command<void> {
  constructor(readonly socketId: string) {
    super();
  }
}

@CommandHandler(EndPresenceSubscriptionCommand)
export class EndPresenceSubscriptionHandler implements ICommandHandler<EndPresenceSubscriptionCommand> {
  constructor(private readonly watchers: PresenceWatchers) {}

  async execute({ socketId }: EndPresenceSubscriptionCommand): Promise<void> {
    this.watchers.endSubscription(socketId);
  }
}
