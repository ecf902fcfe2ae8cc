import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { hiddenPresence, type Presence } from '../../domain/models/presence.model.js';
import { PresenceReader } from '../presence-reader.js';

/** The presence of users, each once, in the order of `userIds`. */
export class GetPresenceQuery extends Query<Presence[]> {
  constructor(
    readonly viewerId: string,
    /** At most `PRESENCE_MAX`. */
    readonly userIds: readonly string[],
  ) {
    super();
  }
}

@QueryHandler(GetPresenceQuery)
export class GetPresenceHandler implements IQueryHandler<GetPresenceQuery> {
  constructor(private readonly reader: PresenceReader) {}

  async execute({ viewerId, userIds }: GetPresenceQuery): Promise<Presence[]> {
    const ids = [...new Set(userIds)];
    const found = await this.reader.readPresence(ids.map((userId) => [viewerId, userId]));
    return ids.map((userId, index) => found[index] ?? hiddenPresence(userId));
  }
}
