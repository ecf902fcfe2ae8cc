import { RateLimitedError } from '../../src/arch/common/domain/errors/rate-limited.error.js';
import type { MessageQuotaPort } from '../../src/arch/modules/chat/application/ports/message-quota.port.js';

/** A quota whose day never ends. */
export class MessageQuotaFake implements MessageQuotaPort {
  private readonly sent = new Map<string, { messages: number; bytes: number }>();

  constructor(
    public mostMessages = Infinity,
    private readonly mostBytes = Infinity,
  ) {}

  takeMessage(userId: string, content: string): void {
    const { messages, bytes } = this.sent.get(userId) ?? { messages: 0, bytes: 0 };
    const now = { messages: messages + 1, bytes: bytes + Buffer.byteLength(content) };
    if (now.messages > this.mostMessages || now.bytes > this.mostBytes)
      throw new RateLimitedError(86_400_000);
    this.sent.set(userId, now);
  }
}
