import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { UserNotFoundError } from '../../../../common/domain/errors/user-not-found.error.js';
import type { User } from '../../domain/models/user.model.js';
import { UserRepositoryPort } from '../ports/user-repository.port.js';

export class GetUserQuery extends Query<User> {
  constructor(readonly id: string) {
    super();
  }
}

@QueryHandler(GetUserQuery)
export class GetUserHandler implements IQueryHandler<GetUserQuery> {
  constructor(private readonly users: UserRepositoryPort) {}

  async execute({ id }: GetUserQuery): Promise<User> {
    const user = await this.users.findById(id);
    if (!user) throw new UserNotFoundError();
    return user;
  }
}
