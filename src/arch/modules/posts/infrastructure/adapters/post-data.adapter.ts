import { Injectable } from '@nestjs/common';
import { and, asc, eq, getTableName, gt } from 'drizzle-orm';
import {
  PersonalDataPort,
  type PersonalRecord,
} from '../../../../common/application/ports/personal-data.port.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { EXPORT_PAGE, exportPages } from '../../../../common/infrastructure/database/export-pages.js';
import { posts, privatePostCounts } from '../../../../common/infrastructure/database/schema.js';
import type { PostDataPort } from '../../application/ports/post-data.port.js';
import { PostRepositoryPort } from '../../application/ports/post-repository.port.js';

const { id, title, content, visibility, createdAt, updatedAt } = posts;

@Injectable()
export class PostDataAdapter extends PersonalDataPort implements PostDataPort {
  /** Triggers keep the counts consistent with the posts. */
  readonly tables = [getTableName(posts), getTableName(privatePostCounts)];

  constructor(
    private readonly database: Database,
    private readonly repository: PostRepositoryPort,
  ) {
    super();
  }

  export(userId: string): AsyncIterable<PersonalRecord> {
    return exportPages('post', (after: { id: string } | undefined) =>
      this.database.query((db) =>
        db
          .select({ id, title, content, visibility, createdAt, updatedAt })
          .from(posts)
          .where(and(eq(posts.ownerId, userId), after && gt(id, after.id)))
          .orderBy(asc(id))
          .limit(EXPORT_PAGE),
      ),
    );
  }

  async erase(userId: string): Promise<void> {
    await this.repository.deletePrivateOf(userId);
  }
}
