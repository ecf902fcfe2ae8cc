import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { hiddenPresence, type Presence } from '../../domain/models/presence.model.js';
import { PresenceAnnouncer } from '../presence-announcer.js';
import { PresenceReader } from '../presence-reader.js';
import { PresenceWatchers } from '../presence-watchers.js';

/** Replaces the users that a socket watches. Answers their presence, each user once, in the order of `userIds`. */
export class SubscribePresenceCommand extends Command<Presence[]> {
  constructor(
    readonly socketId: string,
    readonly viewerId: string,
    /** At most `PRESENCE_MAX`. */
    readonly userIds: readonly string[],
  ) {
    super();
  }
}

@CommandHandler(SubscribePresenceCommand)
export class SubscribePresenceHandler implements ICommandHandler<SubscribePresenceCommand> {
  constructor(
    private readonly watchers: PresenceWatchers,
    private readonly reader: PresenceReader,
    private readonly announcer: PresenceAnnouncer,
  ) {}

  async execute({ socketId, viewerId, userIds }: SubscribePresenceCommand): Promise<Presence[]> {
    const ids = [...new Set(userIds)];
    // The subscription comes before the reading, so that no change between the two is missed.
    const watcher = this.watchers.replaceSubscription(socketId, viewerId, ids);
    try {
      const found = await this.reader.readPresence(ids.map((userId) => [viewerId, userId]));
      const answer = ids.map((userId, index) => found[index] ?? hiddenPresence(userId));
      if (watcher.setAnswer(answer)) this.announcer.checkViewer(viewerId);
      return answer;
    } catch (error) {
      this.watchers.endSubscription(socketId);
      throw error;
    }
  }
}
