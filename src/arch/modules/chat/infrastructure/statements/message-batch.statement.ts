import { createHash } from 'node:crypto';
import { CannotMentionAllError } from '../../domain/errors/cannot-mention-all.error.js';
import { ClientMessageIdReusedError } from '../../domain/errors/client-message-id-reused.error.js';
import { ConversationNotFoundError } from '../../domain/errors/conversation-not-found.error.js';
import { MessageNotFoundError } from '../../domain/errors/message-not-found.error.js';
import { NotConversationMemberError } from '../../domain/errors/not-conversation-member.error.js';
import { PostingRestrictedError } from '../../domain/errors/posting-restricted.error.js';
import { SlowModeError } from '../../domain/errors/slow-mode.error.js';
import { UserNotReachableError } from '../../domain/errors/user-not-reachable.error.js';
import type { SentMessage } from '../../application/ports/message-repository.port.js';
import type { MessageDetails } from '../../domain/models/message-details.model.js';
import { type Message, type MessageDraft, textAsSent } from '../../domain/models/message.model.js';
import { isThreadId } from '../../domain/models/thread.model.js';
import { type StoredDetails, toMessage, withDetails } from './to-message.js';

export interface NumberedDraft extends MessageDraft {
  /** The message's id, a UUIDv7. */
  readonly id: string;
}

/** A column is null when a newly stored message has the value from its draft, or a refused one has none. */
export interface OutcomeRow {
  readonly outcome: 'stored' | 'duplicate' | keyof typeof REFUSALS;
  readonly id: string | null;
  readonly content: string | null;
  readonly created_at: Date;
  /** `pg` returns `bigint` as text. */
  readonly seq: string;
  readonly rev: string;
  readonly edited_at: Date | null;
  readonly deleted_at: Date | null;
  readonly display_name: string;
  readonly avatar_url: string | null;
  /** Milliseconds; only with `slow mode`. */
  readonly retry_after_ms: number | null;
  readonly details: StoredDetails | null;
}

/** A message at which a thread has begun, as JSON. */
interface StoredRoot extends Omit<Message, keyof MessageDetails | 'createdAt' | 'editedAt' | 'deletedAt'> {
  readonly createdAt: string;
  readonly editedAt: string | null;
  readonly deletedAt: string | null;
  readonly details: StoredDetails;
}

/** Comes behind the outcomes, for each thread in which something was stored. */
export interface RootRow {
  readonly outcome: 'thread moved';
  readonly root: StoredRoot;
}

/** In the order in which the functions decide. */
const REFUSALS = {
  'conversation not found': () => new ConversationNotFoundError(),
  'not a member': () => new NotConversationMemberError(),
  'client message id reused': () => new ClientMessageIdReusedError(),
  'posting restricted': () => new PostingRestrictedError(),
  'slow mode': ({ retry_after_ms }: OutcomeRow) => new SlowModeError(retry_after_ms ?? 0),
  'user not reachable': () => new UserNotReachableError(),
  'message not found': () => new MessageNotFoundError(),
  'cannot mention all': () => new CannotMentionAllError(),
};

/**
 * One round trip and one commit, for any number of messages; returns a row for each, in their order, and behind them one for
 * each thread in which something was stored.
 */
export function storeMessages(drafts: readonly NumberedDraft[]) {
  const isPlain = ({ extras, conversationId }: NumberedDraft) => !extras && !isThreadId(conversationId);
  return drafts.every(isPlain) ? storePlain(drafts) : storeRich(drafts);
}

function storePlain(drafts: readonly NumberedDraft[]) {
  return {
    name: 'store_messages_3',
    text: 'select * from store_messages_3($1, $2, $3, $4, $5)',
    values: columnsOf(drafts),
  };
}

/** The function for plain messages costs less. */
function storeRich(drafts: readonly NumberedDraft[]) {
  return {
    name: 'store_rich_messages',
    text: 'select * from store_rich_messages($1, $2, $3, $4, $5, $6, $7)',
    values: [
      ...columnsOf(drafts),
      drafts.map((draft) => (draft.extras ? createHash('sha256').update(textAsSent(draft)).digest() : null)),
      drafts.map(({ extras }) => (extras ? JSON.stringify(extras) : null)),
    ],
  };
}

function columnsOf(drafts: readonly NumberedDraft[]) {
  return [
    drafts.map(({ conversationId }) => conversationId),
    drafts.map(({ senderId }) => senderId),
    drafts.map(({ id }) => id),
    drafts.map(({ content }) => content),
    drafts.map(({ clientMessageId }) => clientMessageId ?? null),
  ];
}

/**
 * @throws ConversationNotFoundError, NotConversationMemberError, ClientMessageIdReusedError, PostingRestrictedError,
 *   SlowModeError, UserNotReachableError, MessageNotFoundError, CannotMentionAllError
 */
export function toSentMessage(draft: NumberedDraft, row: OutcomeRow): SentMessage {
  if (row.outcome !== 'stored' && row.outcome !== 'duplicate') throw REFUSALS[row.outcome](row);
  const { conversationId, senderId } = draft;
  return {
    duplicate: row.outcome === 'duplicate',
    message: withDetails(
      {
        id: row.id ?? draft.id,
        conversationId,
        senderId,
        sender: { id: senderId, displayName: row.display_name, avatarUrl: row.avatar_url },
        content: row.content ?? draft.content,
        createdAt: row.created_at,
        seq: Number(row.seq),
        rev: Number(row.rev),
        clientMessageId: draft.clientMessageId ?? null,
        editedAt: row.edited_at,
        deletedAt: row.deleted_at,
      },
      row.details,
    ),
  };
}

export function toRoot({ root: { createdAt, editedAt, deletedAt, sender, ...row } }: RootRow): Message {
  const times = {
    createdAt: new Date(createdAt),
    editedAt: editedAt === null ? null : new Date(editedAt),
    deletedAt: deletedAt === null ? null : new Date(deletedAt),
  };
  return toMessage({ ...row, ...times }, sender);
}
