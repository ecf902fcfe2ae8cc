import { CursorInvalidError } from '../../src/arch/common/domain/errors/cursor-invalid.error.js';
import type {
  BanPage,
  BanRepositoryPort,
} from '../../src/arch/modules/chat/application/ports/ban-repository.port.js';
import type { BanDraft } from '../../src/arch/modules/chat/domain/models/ban.model.js';
import { type ChatState, type StoredBan, toDate } from './chat-state.js';

export class BanRepositoryFake implements BanRepositoryPort {
  constructor(private readonly state: ChatState) {}

  async storeBan(
    conversationId: string,
    userId: string,
    bannedBy: string,
    { until, reason }: BanDraft,
  ): Promise<boolean> {
    const createdAt = toDate(this.state.now());
    if (until !== null && until <= createdAt) return false;
    const ban = { conversationId, userId, bannedBy, until, reason, createdAt };
    this.state.bans.set(`${conversationId} ${userId}`, ban);
    return true;
  }

  async deleteBan(conversationId: string, userId: string): Promise<void> {
    this.state.bans.delete(`${conversationId} ${userId}`);
  }

  async deleteBansOf(userId: string): Promise<void> {
    for (const [key, ban] of this.state.bans) if (ban.userId === userId) this.state.bans.delete(key);
  }

  async isBanned(conversationId: string, userId: string): Promise<boolean> {
    return this.inForce(conversationId).some((ban) => ban.userId === userId);
  }

  async findBans(conversationId: string, limit: number, cursor?: string): Promise<BanPage> {
    const after = cursor === undefined ? '' : /^fake-ban:([0-9a-f-]{36})$/.exec(cursor)?.[1];
    if (after === undefined) throw new CursorInvalidError();
    const found = this.inForce(conversationId).filter(({ userId }) => userId > after);
    const data = found.slice(0, limit).map(({ userId, bannedBy, until, reason, createdAt }) => ({
      userId,
      ...this.state.profile(userId),
      bannedBy,
      until,
      reason,
      createdAt,
    }));
    return { data, nextCursor: found.length > limit ? `fake-ban:${data.at(-1)?.userId}` : null };
  }

  private inForce(conversationId: string): StoredBan[] {
    const now = toDate(this.state.now());
    return [...this.state.bans.values()]
      .filter((ban) => ban.conversationId === conversationId && (ban.until === null || ban.until > now))
      .toSorted((a, b) => (a.userId < b.userId ? -1 : 1));
  }
}
