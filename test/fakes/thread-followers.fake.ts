import { CursorInvalidError } from '../../src/arch/common/domain/errors/cursor-invalid.error.js';
import type {
  FollowedThreadsRequest,
  ThreadFollowersPort,
  ThreadsRequest,
} from '../../src/arch/modules/chat/application/ports/thread-followers.port.js';
import type {
  ListedThread,
  ThreadPage,
} from '../../src/arch/modules/chat/domain/models/thread-page.model.js';
import { toConversation, toOwnMembership, toReadMessage } from './chat-models.js';
import { asThreadOf, type ChatState, type StoredConversation } from './chat-state.js';

export class ThreadFollowersFake implements ThreadFollowersPort {
  constructor(private readonly state: ChatState) {}

  async follow(threadId: string, userId: string): Promise<boolean> {
    const thread = this.state.conversations.get(threadId);
    const isThere = !this.state.isGone(threadId, userId) && this.state.member(threadId, userId);
    if (!thread || !isThere) return false;
    this.state.follow(threadId, userId, thread.lastSeq);
    return true;
  }

  async unfollow(threadId: string, userId: string): Promise<void> {
    this.state.followers.get(threadId)?.delete(userId);
  }

  async findFollowed({
    userId,
    isUnread = false,
    limit,
    cursor,
  }: FollowedThreadsRequest): Promise<ThreadPage> {
    const listed = this.threadsOf(userId).filter(({ me }) => me && (!isUnread || me.unreadCount > 0));
    return toPage(listed, limit, cursor);
  }

  async findOfConversation(request: ThreadsRequest): Promise<ThreadPage> {
    const { conversationId, visibleFrom, userId, limit, cursor } = request;
    const listed = this.threadsOf(userId).filter(
      ({ root }) => root.conversationId === conversationId && root.seq >= visibleFrom,
    );
    return toPage(listed, limit, cursor);
  }

  /** Those that the user sees, last activity first. */
  private threadsOf(userId: string): ListedThread[] {
    return [...this.state.conversations.values()]
      .toSorted((a, b) => b.activity - a.activity)
      .flatMap((thread) => this.toListed(thread, userId) ?? []);
  }

  private toListed(thread: StoredConversation, userId: string): ListedThread | null {
    const { id, parent } = thread;
    const member = this.state.member(id, userId);
    if (!parent || !member || this.state.isGone(id, userId)) return null;
    const home = this.state.conversation(parent.conversationId);
    const root = this.state.messagesOf(home.id).find(({ seq }) => seq === parent.seq);
    if (!root) throw new Error('A thread has no root.');
    const { lastReadSeq, unreadCount, mentionCount } = toOwnMembership(this.state, thread, member);
    const visibleFrom = this.state.member(home.id, userId)?.visibleFromSeq;
    return {
      thread: toConversation(asThreadOf(thread, home)),
      root: toReadMessage(this.state, root, visibleFrom ?? 1, userId),
      me: this.state.followers.get(id)?.has(userId) ? { lastReadSeq, unreadCount, mentionCount } : null,
    };
  }
}

function toPage(listed: readonly ListedThread[], limit: number, cursor: string | undefined): ThreadPage {
  const start = cursor === undefined ? 0 : Number(/^fake-thread:(\d+)$/.exec(cursor)?.[1]);
  if (Number.isNaN(start)) throw new CursorInvalidError();
  const end = start + limit;
  return { data: listed.slice(start, end), nextCursor: listed.length > end ? `fake-thread:${end}` : null };
}
