import { CursorInvalidError } from '../../src/arch/common/domain/errors/cursor-invalid.error.js';
import { fittingRows } from '../../src/arch/common/domain/fitting-rows.js';
import type { MessageVersionsPort } from '../../src/arch/modules/chat/application/ports/message-versions.port.js';
import type { VersionPage } from '../../src/arch/modules/chat/domain/models/message-version.model.js';
import type { ChatState } from './chat-state.js';

export class MessageVersionsFake implements MessageVersionsPort {
  constructor(private readonly state: ChatState) {}

  async findVersions(messageId: string, limit: number, cursor?: string): Promise<VersionPage> {
    const before = cursor === undefined ? Infinity : Number(/^fake-version:(\d+)$/.exec(cursor)?.[1]);
    if (Number.isNaN(before)) throw new CursorInvalidError();
    const all = this.state.versions.get(messageId) ?? [];
    const left = all.filter(({ version }) => version < before).toReversed();
    const data = fittingRows(left.slice(0, limit), ({ content }) => content.length);
    const last = left.length > data.length ? data.at(-1) : undefined;
    return { data, nextCursor: last ? `fake-version:${last.version}` : null };
  }
}
