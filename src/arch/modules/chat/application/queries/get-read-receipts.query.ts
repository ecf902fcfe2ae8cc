import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { ReadReceiptsPort } from '../../../user/application/ports/read-receipts.port.js';

/** Whether a user sees how far others have read. */
export class GetReadReceiptsQuery extends Query<boolean> {
  constructor(readonly userId: string) {
    super();
  }
}

@QueryHandler(GetReadReceiptsQuery)
export class GetReadReceiptsHandler implements IQueryHandler<GetReadReceiptsQuery> {
  constructor(private readonly receipts: ReadReceiptsPort) {}

  execute({ userId }: GetReadReceiptsQuery): Promise<boolean> {
    return this.receipts.areOn(userId);
  }
}
