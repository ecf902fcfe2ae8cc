import type { Database } from '../../../../common/infrastructure/database/database.js';
import type { MemberRole } from '../../domain/models/conversation-member.model.js';
import type { ConversationSettings } from '../../domain/models/conversation-settings.model.js';
import type { Conversation } from '../../domain/models/conversation.model.js';
import type { LockedReactions } from '../../domain/models/locked-reactions.model.js';
import type { MessageDetails } from '../../domain/models/message-details.model.js';
import { isThreadId } from '../../domain/models/thread.model.js';
import { OWN_REACTIONS_MAX, type ReactionDraft, toReactionKind } from '../../domain/models/reaction.model.js';

/**
 * $1 conversation, $2 users, $3 messages, $4 and $5 a message and a user of each reaction. The range of messages
 * makes the index cheaper that begins with the user, and LIMIT keeps a look-up for each: as a join it may read all.
 */
const lockedIn = (conversation: string, messagesOf: string, visibleFrom: string, more = '') => `
select c.type, c.posting,
  c.type = 'direct' and exists (
    select from user_blocks
    where (blocker_id, blocked_id) in ((c.direct_low, c.direct_high), (c.direct_high, c.direct_low))
  ) as "isBlocked",
  coalesce((
    select jsonb_agg(jsonb_build_array(user_id, role, ${visibleFrom}))
    from conversation_members where conversation_id = c.id and user_id = any ($2::uuid[])
  ), '[]') as members,
  coalesce((
    select jsonb_agg(jsonb_build_object('id', id, 'seq', seq, 'deletedAt', deleted_at, 'reactions', reactions))
    from messages where id = any ($3::uuid[]) and conversation_id = ${messagesOf}
  ), '[]') as messages,
  coalesce((
    select jsonb_agg(jsonb_build_array(r.message_id, r.user_id, r.key, r.emoji) order by r.created_at, r.key)
    from unnest($4::uuid[], $5::uuid[]) s (message_id, user_id)
    cross join lateral (
      select * from message_reactions
      where user_id = s.user_id and message_id between s.message_id and s.message_id limit ${OWN_REACTIONS_MAX}
    ) r
  ), '[]') as own${more}
from ${conversation}`;
const LOCKED = {
  name: 'locked_reactions',
  text: lockedIn('conversations c where c.id = $1', 'c.id', 'visible_from_seq'),
};
/** $1 thread: its members and rules are those of its parent. To whom it is not there, all of it is hidden. */
const LOCKED_IN_THREAD = {
  name: 'locked_reactions_in_thread',
  text: lockedIn(
    'conversations t join conversations c on c.id = t.parent_id where t.id = $1',
    't.id',
    'case when visible_from_seq <= t.root_seq then 1 end',
    ', c.id as "parentId", (select rev::text from conversation_heads where id = c.id) as "parentRev"',
  ),
};

interface Row extends Record<string, unknown> {
  readonly type: Conversation['type'];
  readonly posting: ConversationSettings['posting'];
  readonly isBlocked: boolean;
  readonly members: readonly (readonly [id: string, role: MemberRole, visibleFromSeq: number | null])[];
  readonly messages: readonly {
    readonly id: string;
    readonly seq: number;
    readonly deletedAt: string | null;
    readonly reactions: MessageDetails['reactions'] | null;
  }[];
  readonly own: readonly (readonly [messageId: string, userId: string, key: string, emoji: string])[];
  /** Only in a thread. */
  readonly parentId?: string;
  readonly parentRev?: string;
}

/** Reads what reactions are decided on, in one statement. Read it behind the conversation's lock. */
export async function readLockedReactions(
  database: Database,
  conversationId: string,
  drafts: readonly ReactionDraft[],
): Promise<LockedReactions> {
  const places = new Map(drafts.map((draft) => [placeOf(draft), draft]));
  const reacting = [...places.values()];
  const values = [
    conversationId,
    [...new Set(drafts.map(({ actorId }) => actorId))],
    [...new Set(drafts.map(({ messageId }) => messageId))],
    reacting.map(({ messageId }) => messageId),
    reacting.map(({ userId }) => userId),
  ];
  const statement = isThreadId(conversationId) ? LOCKED_IN_THREAD : LOCKED;
  const [row] = await database.execute<Row>({ ...statement, values });
  if (!row) throw new Error('The locked conversation is not there.');
  return toLocked(row);
}

function toLocked(row: Row): LockedReactions {
  const { type, posting, isBlocked, members, messages, own, parentId, parentRev } = row;
  const owned = Map.groupBy(own, ([messageId, userId]) => placeOf({ messageId, userId }));
  return {
    conversation: { type, posting },
    isBlocked,
    members: new Map(members.map(([id, role, visibleFromSeq]) => [id, { role, visibleFromSeq }])),
    messages: new Map(messages.map((message) => [message.id, toReacted(message)])),
    ownOf: (messageId, userId) =>
      new Map(owned.get(placeOf({ messageId, userId }))?.map(([, , key, emoji]) => [key, emoji])),
    ...(parentId !== undefined && { parent: { conversationId: parentId, rev: Number(parentRev) } }),
  };
}

function toReacted({ id, seq, deletedAt, reactions }: Row['messages'][number]) {
  const kinds = new Map(
    reactions?.map(({ emoji, count }) => [toReactionKind(emoji).key, { emoji, count }] as const),
  );
  return { id, seq, deletedAt: deletedAt === null ? null : new Date(deletedAt), kinds };
}

function placeOf({ messageId, userId }: Pick<ReactionDraft, 'messageId' | 'userId'>): string {
  return `${messageId} ${userId}`;
}
