import { CursorInvalidError } from '../../src/arch/common/domain/errors/cursor-invalid.error.js';
import { UserNotFoundError } from '../../src/arch/common/domain/errors/user-not-found.error.js';
import type {
  BlockedUserPage,
  BlockRepositoryPort,
} from '../../src/arch/modules/chat/application/ports/block-repository.port.js';
import { type ChatState, toDate } from './chat-state.js';

export class BlockRepositoryFake implements BlockRepositoryPort {
  constructor(private readonly state: ChatState) {}

  async setBlock(blockerId: string, blockedId: string, isBlocked: boolean): Promise<boolean> {
    const { users, blocks } = this.state;
    if (!users.has(blockerId) || (isBlocked && !users.has(blockedId))) throw new UserNotFoundError();
    const pair = `${blockerId} ${blockedId}`;
    if (!isBlocked) return blocks.delete(pair);
    if (blocks.has(pair)) return false;
    blocks.set(pair, toDate(this.state.now()));
    return true;
  }

  async isBlocked(blockerId: string, blockedId: string): Promise<boolean> {
    return this.state.blocks.has(`${blockerId} ${blockedId}`);
  }

  async hasBlock(conversationId: string): Promise<boolean> {
    return this.state.hasBlock(conversationId);
  }

  async findPage(blockerId: string, limit: number, cursor?: string): Promise<BlockedUserPage> {
    const after = cursor === undefined ? '' : /^fake-block:(.+)$/.exec(cursor)?.[1];
    if (after === undefined) throw new CursorInvalidError();
    const blocked = [...this.state.blocks]
      .map(([pair, blockedAt]) => ({ pair: pair.split(' '), blockedAt }))
      .filter(({ pair: [blocker] }) => blocker === blockerId)
      .map(({ pair: [, userId = ''], blockedAt }) => ({ userId, blockedAt, ...this.state.profile(userId) }))
      .filter(({ userId }) => userId > after)
      .toSorted((one, other) => (one.userId < other.userId ? -1 : 1));
    const data = blocked.slice(0, limit);
    return { data, nextCursor: blocked.length > limit ? `fake-block:${data.at(-1)?.userId}` : null };
  }

  async eraseAll(userId: string): Promise<void> {
    for (const pair of this.state.blocks.keys())
      if (pair.split(' ').includes(userId)) this.state.blocks.delete(pair);
  }
}
