import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Session } from '../../domain/models/session.model.js';
import { SessionRepositoryPort } from '../ports/session-repository.port.js';

export interface ListedSession extends Session {
  /** Whether it is the one that asks. */
  readonly current: boolean;
}

export class ListSessionsQuery extends Query<ListedSession[]> {
  constructor(
    readonly userId: string,
    readonly currentSessionId: string,
  ) {
    super();
  }
}

@QueryHandler(ListSessionsQuery)
export class ListSessionsHandler implements IQueryHandler<ListSessionsQuery> {
  constructor(private readonly sessions: SessionRepositoryPort) {}

  async execute({ userId, currentSessionId }: ListSessionsQuery): Promise<ListedSession[]> {
    const sessions = await this.sessions.findByUser(userId);
    return sessions.map((session) => ({ ...session, current: session.id === currentSessionId }));
  }
}
