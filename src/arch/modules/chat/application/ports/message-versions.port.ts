import type { VersionPage } from '../../domain/models/message-version.model.js';

/** Reads the earlier versions of messages; `MessageChangePort` keeps them. */
export abstract class MessageVersionsPort {
  /**
   * A page ends at 1 MiB of JSON.
   * @param limit 1–100
   * @param cursor a previous `nextCursor`
   * @throws CursorInvalidError for any other text
   */
  abstract findVersions(messageId: string, limit: number, cursor?: string): Promise<VersionPage>;
}
