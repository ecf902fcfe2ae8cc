import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { RouteNotFoundError } from '../../../../common/domain/errors/route-not-found.error.js';
import { type AvatarImage, AvatarStorePort } from '../ports/avatar-store.port.js';

export class GetAvatarQuery extends Query<AvatarImage> {
  constructor(readonly name: string) {
    super();
  }
}

@QueryHandler(GetAvatarQuery)
export class GetAvatarHandler implements IQueryHandler<GetAvatarQuery> {
  constructor(private readonly avatars: AvatarStorePort) {}

  async execute({ name }: GetAvatarQuery): Promise<AvatarImage> {
    const image = await this.avatars.openImage(name);
    if (!image) throw new RouteNotFoundError();
    return image;
  }
}
