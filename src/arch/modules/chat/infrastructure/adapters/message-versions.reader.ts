import { Injectable } from '@nestjs/common';
import { and, desc, eq, lt } from 'drizzle-orm';
import { CursorInvalidError } from '../../../../common/domain/errors/cursor-invalid.error.js';
import { fittingRows } from '../../../../common/domain/fitting-rows.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { messageVersions as versions } from '../../../../common/infrastructure/database/schema.js';
import type { MessageVersionsPort } from '../../application/ports/message-versions.port.js';
import type { MessageVersion, VersionPage } from '../../domain/models/message-version.model.js';

/** Later than every version. */
const LATEST = 2_147_483_647;
/** The letter distinguishes it from the cursors of other lists. */
const CURSOR = /^v(\d{1,9})$/;

@Injectable()
export class MessageVersionsReader implements MessageVersionsPort {
  constructor(private readonly database: Database) {}

  async findVersions(messageId: string, limit: number, cursor?: string): Promise<VersionPage> {
    const before = cursor === undefined ? LATEST : decodeCursor(cursor);
    const rows = await this.database.query((db) =>
      db
        .select(versionColumns)
        .from(versions)
        .where(and(eq(versions.messageId, messageId), lt(versions.version, before)))
        .orderBy(desc(versions.version))
        .limit(limit + 1),
    );
    const found = rows.map(({ metadata, ...version }) => ({ ...version, ...(metadata && { metadata }) }));
    const data = fittingRows(found.slice(0, limit), unitsOf);
    const last = rows.length > data.length ? data.at(-1) : undefined;
    return { data, nextCursor: last ? Buffer.from(`v${last.version}`).toString('base64url') : null };
  }
}

/** An allow-list, like those of `chat.columns.ts`. */
const versionColumns = {
  version: versions.version,
  content: versions.content,
  metadata: versions.metadata,
  validUntil: versions.validUntil,
};

const unitsOf = ({ content, metadata }: MessageVersion): number =>
  content.length + (metadata ? JSON.stringify(metadata).length : 0);

function decodeCursor(cursor: string): number {
  const [, version] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (version === undefined) throw new CursorInvalidError();
  return Number(version);
}
