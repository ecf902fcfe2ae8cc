import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type ProfilePage, ProfileSearchPort } from '../ports/profile-search.port.js';

export class SearchUsersQuery extends Query<ProfilePage> {
  constructor(
    readonly term: string,
    readonly limit: number,
    readonly cursor?: string,
  ) {
    super();
  }
}

@QueryHandler(SearchUsersQuery)
export class SearchUsersHandler implements IQueryHandler<SearchUsersQuery> {
  constructor(private readonly profiles: ProfileSearchPort) {}

  execute({ term, limit, cursor }: SearchUsersQuery): Promise<ProfilePage> {
    return this.profiles.search(term, limit, cursor);
  }
}
