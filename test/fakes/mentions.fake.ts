import { CursorInvalidError } from '../../src/arch/common/domain/errors/cursor-invalid.error.js';
import type {
  MentionPage,
  MentionsPort,
} from '../../src/arch/modules/chat/application/ports/mentions.port.js';
import { toReadMessage } from './chat-models.js';
import type { ChatState } from './chat-state.js';

export class MentionsFake implements MentionsPort {
  constructor(private readonly state: ChatState) {}

  async findPage(userId: string, limit: number, cursor?: string): Promise<MentionPage> {
    const after = cursor === undefined ? '' : /^fake-mention:(.+)$/.exec(cursor)?.[1];
    if (after === undefined) throw new CursorInvalidError();
    const found = this.newestFirst(userId);
    const rest = found.slice(found.findIndex(({ id }) => id === after) + 1);
    const data = rest.slice(0, limit);
    return { data, nextCursor: rest.length > limit ? `fake-mention:${data.at(-1)?.id}` : null };
  }

  async eraseMentions(userId: string): Promise<void> {
    this.state.unmentioned.add(userId);
  }

  private newestFirst(userId: string) {
    return [...this.state.conversations.values()]
      .flatMap(({ id, parent }) => {
        const me = this.state.member(id, userId);
        if (!me || (parent && !this.state.followers.get(id)?.has(userId))) return [];
        const visible = this.state.mentionsOf(id, userId).filter(({ seq }) => seq >= me.visibleFromSeq);
        return visible.map((message) => ({ message, from: me.visibleFromSeq }));
      })
      .toSorted((a, b) => b.message.storedAt - a.message.storedAt || (a.message.id < b.message.id ? 1 : -1))
      .map(({ message, from }) => toReadMessage(this.state, message, from, userId));
  }
}
