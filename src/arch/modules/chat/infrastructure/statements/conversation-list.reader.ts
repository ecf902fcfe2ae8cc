import { Injectable } from '@nestjs/common';
import { fittingRows } from '../../../../common/domain/fitting-rows.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { unitsOfMessage } from '../../domain/services/fitting-messages.js';
import { decodeCursor, encodeCursor } from '../../../../common/infrastructure/database/instant-cursor.js';
import type {
  ConversationFilter,
  ConversationPage,
} from '../../application/ports/conversation-member-repository.port.js';
import type { Conversation, ConversationSummary } from '../../domain/models/conversation.model.js';
import { ownMembershipOf, UNCHANGED_MEMBERSHIP } from '../../domain/models/own-membership.model.js';
import { isThreadId } from '../../domain/models/thread.model.js';
import { selectSummary } from './conversation-summary.statement.js';
import { listConversations } from './list-conversations.statement.js';
import { selectThreadSummary } from './thread-summary.statement.js';
import { toMessage } from './to-message.js';
import { toThread } from './to-thread.js';

/** The start of the first page: before every conversation, in the year 2286. */
const START = { instant: '9999999999999999', id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

/**
 * Conversations as one member sees them: each with the last message and the member's unread count, in one statement.
 */
@Injectable()
export class ConversationListReader {
  private readonly list;
  private readonly summary;
  private readonly threadSummary;

  constructor(database: Database) {
    this.list = database.prepare(listConversations);
    this.summary = database.prepare(selectSummary);
    this.threadSummary = database.prepare(selectThreadSummary);
  }

  async findPage(
    userId: string,
    limit: number,
    cursor?: string,
    { type = null, archived = null, pinned = null }: ConversationFilter = {},
  ): Promise<ConversationPage> {
    const { instant, id } = cursor === undefined ? START : decodeCursor(cursor);
    const rows = await this.list({ userId, limit: limit + 1, activity: instant, id, type, archived, pinned });
    const data = fittingRows(rows.slice(0, limit).map(toSummary), unitsOf);
    const last = rows.length > data.length ? rows[data.length - 1] : undefined;
    return {
      data,
      nextCursor: last ? encodeCursor({ instant: last.activity, id: last.conversation.id }) : null,
    };
  }

  async findOne(userId: string, conversationId: string): Promise<ConversationSummary | null> {
    return (await this.findSome(userId, [conversationId])).get(conversationId) ?? null;
  }

  /** By id; those of which the user is not a member are left out. */
  async findSome(userId: string, ids: readonly string[]): Promise<ReadonlyMap<string, ConversationSummary>> {
    const threadIds = ids.filter(isThreadId);
    const others = ids.filter((id) => !isThreadId(id));
    const rows = others.length > 0 ? await this.summary({ userId, ids: others }) : [];
    const threads = threadIds.length > 0 ? await this.threadSummary({ userId, ids: threadIds }) : [];
    const found = [...rows.map(toSummary), ...threads.map(toThreadSummary)];
    return new Map(found.map((conversation) => [conversation.id, conversation]));
  }
}

type StoredRow = Awaited<ReturnType<ReturnType<typeof selectSummary>['execute']>>[number];
interface Row extends Omit<StoredRow, 'conversation'> {
  readonly conversation: Conversation;
}

function toSummary({ conversation, me, message, sender, other }: Row): ConversationSummary {
  return {
    ...conversation,
    other: other?.id ? other : null,
    // Without a message, one of the statements returns null and the other a message of nulls.
    lastMessage: message?.id && sender ? toMessage(message, sender) : null,
    me: ownMembershipOf(me, conversation.lastSeq),
  };
}

type StoredThread = Awaited<ReturnType<ReturnType<typeof selectThreadSummary>['execute']>>[number];

function toThreadSummary({ conversation, me, message, sender }: StoredThread): ConversationSummary {
  const own = { ...UNCHANGED_MEMBERSHIP, ...me };
  return toSummary({ conversation: toThread(conversation), me: own, message, sender, other: null });
}

const unitsOf = ({ title, lastMessage }: ConversationSummary): number =>
  (title?.length ?? 0) + (lastMessage ? 1_000 + unitsOfMessage(lastMessage) : 0);
