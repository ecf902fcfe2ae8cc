import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { atPath, refuseFaults, textFaults } from '../../../../common/domain/texts.js';
import { SEARCH_MAX } from '../../domain/models/profile.model.js';
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

  async execute({ term, limit, cursor }: SearchUsersQuery): Promise<ProfilePage> {
    refuseFaults(atPath('search', textFaults(term, 1, SEARCH_MAX)));
    return this.profiles.searchProfiles(term, limit, cursor);
  }
}
