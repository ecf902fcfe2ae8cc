import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { ThreadPage } from '../../domain/models/thread-page.model.js';
import { type FollowedThreadsRequest, ThreadFollowersPort } from '../ports/thread-followers.port.js';

export class ListFollowedThreadsQuery extends Query<ThreadPage> {
  constructor(readonly request: FollowedThreadsRequest) {
    super();
  }
}

@QueryHandler(ListFollowedThreadsQuery)
export class ListFollowedThreadsHandler implements IQueryHandler<ListFollowedThreadsQuery> {
  constructor(private readonly followers: ThreadFollowersPort) {}

  execute({ request }: ListFollowedThreadsQuery): Promise<ThreadPage> {
    return this.followers.findFollowed(request);
  }
}
