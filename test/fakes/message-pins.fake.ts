import { CursorInvalidError } from '../../src/arch/common/domain/errors/cursor-invalid.error.js';
import type {
  MessagePinsPort,
  PinsRequest,
} from '../../src/arch/modules/chat/application/ports/message-pins.port.js';
import type { PinPage } from '../../src/arch/modules/chat/domain/models/pin-page.model.js';
import { fittingMessages } from '../../src/arch/modules/chat/domain/services/fitting-messages.js';
import { toReadMessage } from './chat-models.js';
import type { ChatState } from './chat-state.js';

export class MessagePinsFake implements MessagePinsPort {
  constructor(private readonly state: ChatState) {}

  async countPins(conversationId: string): Promise<number> {
    return this.pinned(conversationId, 1, null).length;
  }

  async findPins({ conversationId, readerId, visibleFrom, limit, cursor }: PinsRequest): Promise<PinPage> {
    const start = cursor === undefined ? 0 : Number(/^fake-pin:(\d+)$/.exec(cursor)?.[1]);
    if (Number.isNaN(start)) throw new CursorInvalidError();
    const pinned = this.pinned(conversationId, visibleFrom, readerId);
    const data = fittingMessages(pinned.slice(start, start + limit));
    const end = start + data.length;
    return { data, nextCursor: pinned.length > end ? `fake-pin:${end}` : null };
  }

  private pinned(conversationId: string, visibleFrom: number, readerId: string | null) {
    return this.state
      .messagesOf(conversationId)
      .filter(({ seq, pinnedAt }) => seq >= visibleFrom && pinnedAt)
      .map((message) => toReadMessage(this.state, message, visibleFrom, readerId))
      .toSorted((one, other) => time(other.pinnedAt) - time(one.pinnedAt) || other.rev - one.rev);
  }
}

const time = (at: Date | undefined): number => at?.getTime() ?? 0;
