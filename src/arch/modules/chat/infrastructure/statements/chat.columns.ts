import { type SQL, sql } from 'drizzle-orm';
import {
  conversationHeads,
  memberPositions,
  messageReactions,
  messages,
  userProfiles,
} from '../../../../common/infrastructure/database/schema.js';
import type { StoredDetails } from './to-message.js';

/**
 * The columns of each model, for the statements of all adapters: allow-lists, so that a new column is not read until it
 * is named.
 */
export const conversationColumns = {
  id: conversationHeads.id,
  type: conversationHeads.type,
  createdBy: conversationHeads.createdBy,
  metadata: conversationHeads.metadata,
  posting: conversationHeads.posting,
  adding: conversationHeads.adding,
  slowModeSeconds: conversationHeads.slowModeSeconds,
  title: conversationHeads.title,
  createdAt: conversationHeads.createdAt,
  updatedAt: conversationHeads.updatedAt,
  lastSeq: conversationHeads.lastSeq,
  rev: conversationHeads.rev,
  memberCount: conversationHeads.memberCount,
};
/**
 * What a message has besides its text; null when it is plain, which costs no call.
 * @param visibleFrom the first message that the reader sees
 */
const detailsColumn = (visibleFrom: SQL) =>
  sql<StoredDetails | null>`case when num_nonnulls(
    ${messages.replyToSeq}, ${messages.mentions}, ${messages.mentionsAll}, ${messages.reactions}, ${messages.pinnedAt},
    ${messages.deletedBy}, ${messages.metadata}, ${messages.threadId}
  ) > 0 then message_details(${messages}, ${visibleFrom}) end`.as('details');

/**
 * The own reactions of a reader; null when the message has none of anybody, which costs no look-up. A range of
 * messages makes the index cheaper that begins with the user: the other one would read the reactions of everybody.
 */
const ownReactionsColumn = (reader: SQL) =>
  sql<readonly string[] | null>`case when ${messages.reactions} is not null then (
    select jsonb_agg(own.emoji order by own.created_at, own.key) from ${messageReactions} own
    where own.user_id = ${reader} and own.message_id between ${messages.id} and ${messages.id}
  ) end`.as('own_reactions');

/** @param visibleFrom the first message that the reader sees: of earlier ones, replies to them show no more than the place */
export const messageColumns = (visibleFrom: SQL) => ({
  id: messages.id,
  conversationId: messages.conversationId,
  senderId: messages.senderId,
  content: messages.content,
  createdAt: messages.createdAt,
  seq: messages.seq,
  rev: messages.rev,
  clientMessageId: messages.clientMessageId,
  editedAt: messages.editedAt,
  deletedAt: messages.deletedAt,
  details: detailsColumn(visibleFrom),
});
/** What a reader gets: the message, and what is the reader's alone. */
export const readMessageColumns = (visibleFrom: SQL, reader: SQL) => ({
  ...messageColumns(visibleFrom),
  ownReactions: ownReactionsColumn(reader),
});
/** For everybody: events leave out what some of the receivers may not see. */
export const SEES_ALL = sql`1`;
export const senderColumns = {
  id: userProfiles.id,
  displayName: userProfiles.displayName,
  avatarUrl: userProfiles.avatarUrl,
};
/**
 * Whether somebody else is shown the read position of a user: neither has switched read receipts off.
 * @param readerId a parameter or a placeholder; null for everybody else
 * @param areOn whether the user shows it
 */
export const showsReading = (readerId: unknown, areOn: SQL): SQL<boolean> =>
  sql`${areOn} and coalesce((
    select reader.read_receipts from user_profiles reader where reader.id = ${readerId}::uuid
  ), true)`;

/**
 * The read position of a member as a reader of the statement is shown it: 0 where it is not shown.
 * @param readerId a parameter or a placeholder; null for everybody else
 * @param areOn whether the member shows it
 */
export const shownReadSeq = (
  readerId: unknown,
  areOn: SQL = sql`${userProfiles.readReceipts}`,
): SQL<number> =>
  sql`case
    when ${memberPositions.userId} = ${readerId}::uuid then ${memberPositions.lastReadSeq}
    when ${showsReading(readerId, areOn)} then ${memberPositions.lastReadSeq}
    else 0
  end`.mapWith(Number);

/** @param readerId who is shown the member: see `shownReadSeq` */
export const memberColumns = (readerId: unknown) => ({
  userId: memberPositions.userId,
  displayName: userProfiles.displayName,
  avatarUrl: userProfiles.avatarUrl,
  role: memberPositions.role,
  joinedAt: memberPositions.joinedAt,
  lastReadSeq: shownReadSeq(readerId),
});
const knownSeq = sql`greatest(${memberPositions.ownReadSeq}, ${memberPositions.visibleFromSeq} - 1)`;
/** Of the messages that a member sees and has not read, those that mention the member: counted when it is read. */
export const mentionCount = sql<number>`case when ${conversationHeads.lastSeq} > ${knownSeq}
  then mention_count(${memberPositions.conversationId}, ${memberPositions.userId}, ${knownSeq}) else 0 end`.as(
  'mention_count',
);
/** What a conversation is to one of its members. */
export const ownColumns = {
  role: memberPositions.role,
  joinedAt: memberPositions.joinedAt,
  ownReadSeq: memberPositions.ownReadSeq,
  visibleFromSeq: memberPositions.visibleFromSeq,
  notify: memberPositions.notify,
  mutedUntil: memberPositions.mutedUntil,
  pinnedAt: memberPositions.pinnedAt,
  archivedAt: memberPositions.archivedAt,
  version: memberPositions.version,
  mentionCount,
};
