import type { QueryConfig } from 'pg';
import {
  type MessageChangeKind,
  type MessageChangeOf,
  VERSIONS_MAX,
} from '../../domain/models/message-change.model.js';
import type { Message } from '../../domain/models/message.model.js';
import { isThreadId } from '../../domain/models/thread.model.js';

/** For the mentions of everybody. */
const EVERYBODY = '00000000-0000-0000-0000-000000000000';

/**
 * The next `rev` of the message's conversation, whose lock the transaction has. The answer also has the transaction's id:
 * a `rev` alone does not tell whether this transaction has stored it, as another node may have taken it.
 */
const NEXT_REV = 'rev = (select rev + 1 from conversation_heads where id = m.conversation_id)';
const STORED = 'returning m.rev, pg_current_xact_id()::text as transaction';

const MEMBERS = 'k.conversation_id = m.conversation_id';
/** Those who may see the message at which the thread has begun. */
const MEMBERS_OF_PARENT = `k.conversation_id = (select parent_id from conversations where id = m.conversation_id)
        and k.visible_from_seq <= (select root_seq from conversations where id = m.conversation_id)`;
/** Whom an edit mentions that did not before follows the thread. */
const FOLLOW = `, followed as (
  insert into thread_followers (thread_id, parent_id, user_id, last_read_seq)
  select t.id, t.parent_id, told.user_id, w.seq - 1
  from wanted w join conversations t on t.id = w.conversation_id, told
  where told.user_id <> all (coalesce(w.earlier, '{}') || '${EVERYBODY}'::uuid)
  on conflict do nothing
)`;

/**
 * $1 message, $2 content, $3 whether what was before is kept, $4 what else changes. Of its rows in `message_mentions` those
 * that end are deleted and those that are new are inserted, never one both: only one of two changes of a row in one
 * statement takes effect.
 */
const editOf = (members: string, follow = '') => `
with wanted as materialized (
  select m.id, m.conversation_id, m.seq, m.created_at, m.mentions as earlier, clock_timestamp() as at,
    case when $4::jsonb ? 'mentions' then (
      select array_agg(k.user_id order by position)
      from jsonb_array_elements_text($4::jsonb->'mentions') with ordinality as named (user_id, position)
      join conversation_members k on ${members} and k.user_id = named.user_id::uuid
    ) else m.mentions end as mentions,
    case when $4::jsonb ? 'mentionsAll' then nullif(($4::jsonb->>'mentionsAll')::boolean, false)
      else m.mentions_all end as mentions_all,
    case when $4::jsonb ? 'metadata' then nullif($4::jsonb->'metadata', '{}') else m.metadata end as metadata
  from messages m where m.id = $1
), told as materialized (
  select unnest(mentions || case when mentions_all then '${EVERYBODY}'::uuid end) as user_id from wanted
), ended as (
  delete from message_mentions d using wanted w
  where d.conversation_id = w.conversation_id and d.seq = w.seq and d.user_id = any (w.earlier || '${EVERYBODY}'::uuid)
    and d.user_id not in (select user_id from told where user_id is not null)
), begun as (
  insert into message_mentions (conversation_id, user_id, seq, created_at)
  select w.conversation_id, told.user_id, w.seq, w.created_at from wanted w, told where told.user_id is not null
  on conflict do nothing
), earlier as (
  insert into message_versions (message_id, version, content, metadata, valid_until)
  select m.id, 1 + coalesce((select max(version) from message_versions where message_id = m.id), 0),
    m.content, m.metadata, w.at
  from messages m, wanted w where m.id = $1 and $3
  returning version
), dropped as (
  delete from message_versions where message_id = $1 and version <= (select version from earlier) - ${VERSIONS_MAX}
)${follow}
update messages m set content = $2, edited_at = w.at, mentions = w.mentions, mentions_all = w.mentions_all,
  metadata = w.metadata, ${NEXT_REV}
from wanted w where m.id = $1
${STORED}`;
const EDIT = { name: 'edit_message', text: editOf(MEMBERS) };
const EDIT_REPLY = { name: 'edit_reply', text: editOf(MEMBERS_OF_PARENT, FOLLOW) };

/** $1 message, $2 actor. The hash of a short text is the text: it goes, too. */
const DELETE = {
  name: 'delete_message',
  text: `
with versions as (
  delete from message_versions where message_id = $1
), reactions as (
  delete from message_reactions where message_id = $1
), mentions as (
  delete from message_mentions d using messages m
  where m.id = $1 and d.conversation_id = m.conversation_id and d.seq = m.seq
    and d.user_id = any (m.mentions || '${EVERYBODY}'::uuid)
), pins as (
  delete from message_pins p using messages m
  where m.id = $1 and p.conversation_id = m.conversation_id and p.seq = m.seq
)
update messages m set content = '', content_sha256 = '', metadata = null, mentions = null, mentions_all = null,
  reactions = null, pinned_at = null, pinned_by = null, deleted_at = clock_timestamp(), deleted_by = $2, ${NEXT_REV}
where m.id = $1
${STORED}`,
};

/** $1 message, $2 actor. */
const PIN = {
  name: 'pin_message',
  text: `
with moment as materialized (
  select clock_timestamp() as at
), pin as (
  insert into message_pins (conversation_id, seq, pinned_at)
  select m.conversation_id, m.seq, moment.at from messages m, moment where m.id = $1
)
update messages m set pinned_at = moment.at, pinned_by = $2, ${NEXT_REV}
from moment where m.id = $1
${STORED}`,
};

/** $1 message. */
const UNPIN = {
  name: 'unpin_message',
  text: `
with pins as (
  delete from message_pins p using messages m
  where m.id = $1 and p.conversation_id = m.conversation_id and p.seq = m.seq
)
update messages m set pinned_at = null, pinned_by = null, ${NEXT_REV}
where m.id = $1
${STORED}`,
};

/** $1 message, $2 actor, $3 id of the thread. Its members are those of the parent: it counts none. */
const OPEN_THREAD = {
  name: 'open_thread',
  text: `
with thread as (
  insert into conversations (id, created_by, type, parent_id, root_seq, member_count)
  select $3, $2, 'thread', m.conversation_id, m.seq, 0 from messages m where m.id = $1
)
update messages m set thread_id = $3, ${NEXT_REV}
where m.id = $1
${STORED}`,
};

type ChangedMessage = Pick<Message, 'id' | 'conversationId'>;

type Statements = {
  readonly [Kind in MessageChangeKind]: (
    message: ChangedMessage,
    actorId: string,
    change: MessageChangeOf<Kind>,
  ) => QueryConfig;
};

/** One statement for each kind of change: a kind without one does not compile. */
const STATEMENTS: Statements = {
  edited: ({ id, conversationId }, _actorId, { content, keepsEarlier, extras = {} }) => ({
    ...(isThreadId(conversationId) ? EDIT_REPLY : EDIT),
    values: [id, content, keepsEarlier, JSON.stringify(extras)],
  }),
  deleted: ({ id }, actorId) => ({ ...DELETE, values: [id, actorId] }),
  pinned: ({ id }, actorId) => ({ ...PIN, values: [id, actorId] }),
  unpinned: ({ id }) => ({ ...UNPIN, values: [id] }),
  thread_opened: ({ id }, actorId, { threadId }) => ({ ...OPEN_THREAD, values: [id, actorId, threadId] }),
};

/** A change's statement. It runs behind the lock of the message's conversation. */
export function storeMessageChange<Kind extends MessageChangeKind>(
  message: ChangedMessage,
  actorId: string,
  kind: Kind,
  change: MessageChangeOf<Kind>,
): QueryConfig {
  const statementOf: Statements[Kind] = STATEMENTS[kind];
  return statementOf(message, actorId, change);
}
