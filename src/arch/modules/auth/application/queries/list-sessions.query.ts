import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Session } from '../../domain/models/session.model.js';
import { SessionRepositoryPort } from '../ports/session-repository.port.js';

interface ListedSession extends Session {
  /** Whether it is the caller's own session. */
  readonly current: boolean;
}

/** A page of sessions, last used first. */
export interface ListedSessions {
  readonly data: ListedSession[];
  readonly nextCursor: string | null;
}

export class ListSessionsQuery extends Query<ListedSessions> {
  constructor(
    readonly userId: string,
    readonly currentSessionId: string,
    readonly limit: number,
    readonly cursor?: string,
  ) {
    super();
  }
}

@QueryHandler(ListSessionsQuery)
export class ListSessionsHandler implements IQueryHandler<ListSessionsQuery> {
  constructor(private readonly sessions: SessionRepositoryPort) {}

  async execute({ userId, currentSessionId, limit, cursor }: ListSessionsQuery): Promise<ListedSessions> {
    const { data, nextCursor } = await this.sessions.findPage(userId, limit, cursor);
    return {
      data: data.map((session) => ({ ...session, current: session.id === currentSessionId })),
      nextCursor,
    };
  }
}
