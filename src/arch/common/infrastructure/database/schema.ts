import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  customType,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  pgView,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { isOneOf } from './is-one-of.js';
import { users } from './users.table.js';

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
const counter = (name: string) => bigint(name, { mode: 'number' });
const instant = (name: string) => timestamp(name, { withTimezone: true });

/**
 * What the module `user` publishes of accounts to everyone else: nothing secret, no address. Of a deleted account there
 * is a row, too, named "Deleted user". Queries for row locks (`for share`) lock the account itself.
 */
export const userProfiles = pgView('user_profiles', {
  id: uuid('id').notNull(),
  displayName: varchar('display_name', { length: 80 }).notNull(),
  avatarUrl: text('avatar_url'),
  deleted: boolean('deleted').notNull(),
  addableBy: varchar('addable_by', { length: 8, enum: ['everyone', 'contacts', 'nobody'] }).notNull(),
  presence: varchar('presence', { length: 8, enum: ['everyone', 'contacts', 'nobody'] }).notNull(),
  readReceipts: boolean('read_receipts').notNull(),
}).as(
  sql`select id, display_name, avatar_url, deleted_at is not null as deleted, addable_by, presence, read_receipts from users`,
);

/** Password hashes; an account without a password has no row. */
export const credentials = pgTable('credentials', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** In PHC format, argon2id. */
  passwordHash: text('password_hash').notNull(),
  changedAt: instant('changed_at').notNull().defaultNow(),
});

export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull().defaultNow(),
    lastUsedAt: instant('last_used_at').notNull().defaultNow(),
    userAgent: varchar('user_agent', { length: 255 }),
    ip: varchar('ip', { length: 45 }),
    endedAt: instant('ended_at'),
  },
  (table) => [
    index('sessions_user_id_idx').on(table.userId),
    // For the query of every node, every few seconds, for sessions that have ended lately.
    index('sessions_ended_at_idx').on(table.endedAt),
    // For the janitor's query for unused sessions.
    index('sessions_last_used_at_idx').on(table.lastUsedAt),
  ],
);

/** A session is a family of refresh tokens; only their SHA-256 is stored. */
export const refreshTokens = pgTable(
  'refresh_tokens',
  {
    tokenHash: bytea('token_hash').primaryKey(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => sessions.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    rotatedAt: instant('rotated_at'),
    successorHash: bytea('successor_hash'),
    /** The successor itself until it is used (ADR 8), encrypted with a key that only the rotated token yields. */
    sealedSuccessor: bytea('sealed_successor'),
  },
  (table) => [
    index('refresh_tokens_session_id_idx').on(table.sessionId),
    index('refresh_tokens_successor_hash_idx').on(table.successorHash),
    // For the janitor's query.
    index('refresh_tokens_rotated_at_idx')
      .on(table.rotatedAt)
      .where(sql`${table.rotatedAt} is not null`),
    index('refresh_tokens_sealed_idx')
      .on(table.rotatedAt)
      .where(sql`${table.sealedSuccessor} is not null`),
  ],
);

export const posts = pgTable(
  'posts',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    title: varchar('title', { length: 255 }).notNull(),
    content: text('content').notNull(),
    visibility: varchar('visibility', { length: 7, enum: ['public', 'private'] })
      .notNull()
      .default('public'),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
  },
  (table) => [
    index('posts_owner_id_idx').on(table.ownerId),
    index('posts_created_at_idx').on(table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    // For pages: the public posts, and those of the reader.
    index('posts_public_idx')
      .on(table.createdAt, table.id)
      .where(sql`${table.visibility} = 'public'`),
    index('posts_private_idx')
      .on(table.ownerId, table.createdAt, table.id)
      .where(sql`${table.visibility} = 'private'`),
    check('posts_visibility_check', sql`${table.visibility} in ('public', 'private')`),
  ],
);

/**
 * Posts in blocks of at most 1,000, each from its first key to the next block's, with their number: a page adds those
 * up instead of counting posts (ADR 17). Triggers on `posts` maintain it.
 */
export const postBlocks = pgTable(
  'post_blocks',
  {
    id: counter('id').primaryKey().generatedAlwaysAsIdentity(),
    fromCreatedAt: instant('from_created_at').notNull(),
    fromId: uuid('from_id').notNull(),
    posts: integer('posts').notNull(),
    publicPosts: integer('public_posts').notNull(),
  },
  (table) => [unique('post_blocks_from_key').on(table.fromCreatedAt, table.fromId)],
);

/** Number of private posts of one owner in a block. */
export const privatePostCounts = pgTable(
  'private_post_counts',
  {
    ownerId: uuid('owner_id').notNull(),
    blockId: counter('block_id')
      .notNull()
      .references(() => postBlocks.id, { onDelete: 'cascade' }),
    posts: integer('posts').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.ownerId, table.blockId] }),
    index('private_post_counts_block_id_idx').on(table.blockId),
  ],
);

/** The posts that everyone may read, with their author's name. */
export const postsPublicView = pgView('posts_public_view').as((query) =>
  query
    .select({
      id: posts.id,
      ownerId: posts.ownerId,
      ownerDisplayName: sql<string>`${userProfiles.displayName}`.as('owner_display_name'),
      title: posts.title,
      content: posts.content,
      createdAt: posts.createdAt,
      updatedAt: posts.updatedAt,
    })
    .from(posts)
    .innerJoin(userProfiles, sql`${userProfiles.id} = ${posts.ownerId}`)
    .where(sql`${posts.visibility} = 'public'`),
);

export const conversations = pgTable(
  'conversations',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    title: varchar('title', { length: 255 }),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** The last activity as of `lastSeq`: the newest message then, or the creation. */
    updatedAt: instant('updated_at').notNull().defaultNow(),
    /** The minute of the last activity, always current: the index of the list contains it (ADR 12). */
    activeMinute: instant('active_minute')
      .notNull()
      .generatedAlwaysAs(sql`date_bin('1 minute', updated_at, timestamptz 'epoch')`),
    /** As of the minute's first message (ADR 29); `conversationHeads` has the current value. */
    lastSeq: counter('last_seq').notNull().default(0),
    /** At least that of the last change that is no message. */
    rev: counter('rev').notNull().default(0),
    /** The `rev` of the last member change. */
    membersRev: counter('members_rev').notNull().default(0),
    /** Maintained under the row lock that every member change takes, so that lists count nothing. */
    memberCount: integer('member_count').notNull(),
    type: varchar('type', { length: 6, enum: ['group', 'direct', 'thread'] })
      .notNull()
      .default('group'),
    /** Of a thread: the conversation whose members and rights it has, and the message that it began at (ADR 64). */
    parentId: uuid('parent_id').references((): AnyPgColumn => conversations.id, { onDelete: 'cascade' }),
    rootSeq: counter('root_seq'),
    /** The two members of a direct conversation, in order; the same twice for notes to oneself. */
    directLow: uuid('direct_low'),
    directHigh: uuid('direct_high'),
    /** Who may send. */
    posting: varchar('posting', { length: 6, enum: ['all', 'admins'] })
      .notNull()
      .default('all'),
    /** Who may add members. */
    adding: varchar('adding', { length: 6, enum: ['all', 'admins'] })
      .notNull()
      .default('admins'),
    /** Seconds between two messages of one member; 0 is no slow mode. */
    slowModeSeconds: integer('slow_mode_seconds').notNull().default(0),
    metadata: jsonb('metadata').$type<Readonly<Record<string, unknown>>>(),
    /** When it was deleted: the row stays, so that its id is never given out again. */
    deletedAt: instant('deleted_at'),
    /** When the janitor had deleted everything that a deleted conversation had. */
    purgedAt: instant('purged_at'),
  },
  (table) => [
    index('conversations_active_minute_idx').on(table.activeMinute),
    uniqueIndex('conversations_direct_key')
      .on(table.directLow, table.directHigh)
      .where(sql`${table.type} = 'direct'`),
    // For the janitor's query.
    index('conversations_deleted_at_idx')
      .on(table.deletedAt)
      .where(sql`${table.deletedAt} is not null and ${table.purgedAt} is null`),
    uniqueIndex('conversations_thread_key')
      .on(table.parentId, table.rootSeq)
      .where(sql`${table.parentId} is not null`),
    // The order in which the threads of a conversation are listed.
    index('conversations_thread_activity_idx')
      .on(table.parentId, table.activeMinute, table.rootSeq)
      .where(sql`${table.parentId} is not null`),
    check('conversations_type_check', isOneOf(table.type, ['group', 'direct', 'thread'])),
    check(
      'conversations_thread_check',
      sql`(${table.type} = 'thread') = (${table.parentId} is not null) and (${table.type} = 'thread') = (${table.rootSeq} is not null)`,
    ),
    check(
      'conversations_direct_check',
      sql`(${table.type} = 'direct') = (${table.directLow} is not null) and (${table.type} = 'direct') = (${table.directHigh} is not null) and ${table.directLow} <= ${table.directHigh}`,
    ),
    check('conversations_posting_check', isOneOf(table.posting, ['all', 'admins'])),
    check('conversations_adding_check', isOneOf(table.adding, ['all', 'admins'])),
    check('conversations_slow_mode_check', sql`${table.slowModeSeconds} between 0 and 21600`),
  ],
);

export const conversationMembers = pgTable(
  'conversation_members',
  {
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    joinedAt: instant('joined_at').notNull().defaultNow(),
    role: varchar('role', { length: 6, enum: ['owner', 'admin', 'member'] })
      .notNull()
      .default('member'),
    /** As of when the member was added; `memberPositions` has the current value. */
    lastReadSeq: counter('last_read_seq').notNull().default(0),
    /** The first message that the member sees. */
    visibleFromSeq: counter('visible_from_seq').notNull().default(1),
    notify: varchar('notify', { length: 8, enum: ['all', 'mentions', 'none'] })
      .notNull()
      .default('all'),
    mutedUntil: instant('muted_until'),
    pinnedAt: instant('pinned_at'),
    archivedAt: instant('archived_at'),
    /**
     * Set while the member has marked messages as unread: the first of them, and the read position then. It holds until
     * the position moves on.
     */
    unreadFromSeq: counter('unread_from_seq'),
    unreadAtSeq: counter('unread_at_seq'),
    /** Together with the own read position higher after each change of what is the member's alone. */
    version: counter('version').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.userId] }),
    index('conversation_members_user_id_conversation_id_idx').on(table.userId, table.conversationId),
    // The order in which members are listed.
    index('conversation_members_joined_at_idx').on(table.conversationId, table.joinedAt, table.userId),
    check('conversation_members_role_check', sql`${table.role} in ('owner', 'admin', 'member')`),
    check('conversation_members_notify_check', isOneOf(table.notify, ['all', 'mentions', 'none'])),
    uniqueIndex('conversation_members_owner_key')
      .on(table.conversationId)
      .where(sql`${table.role} = 'owner'`),
  ],
);

/**
 * The read position of each member: the newest row counts (ADR 29). Updating `conversationMembers` instead would create
 * a row version for each mark, which every message of that member would have to read over.
 */
export const readMarks = pgTable(
  'read_marks',
  {
    conversationId: uuid('conversation_id').notNull(),
    userId: uuid('user_id').notNull(),
    seq: counter('seq').notNull(),
    /** That of the conversation when it was marked; null for marks of before migration 0022. */
    rev: counter('rev'),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.userId, table.seq] }),
    index('read_marks_conversation_id_rev_idx')
      .on(table.conversationId, table.rev)
      .where(sql`${table.rev} is not null`),
    foreignKey({
      name: 'read_marks_member_fk',
      columns: [table.conversationId, table.userId],
      foreignColumns: [conversationMembers.conversationId, conversationMembers.userId],
    }).onDelete('cascade'),
  ],
);

export const messages = pgTable(
  'messages',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    senderId: uuid('sender_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    content: text('content').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    seq: counter('seq').notNull(),
    rev: counter('rev').notNull(),
    clientMessageId: varchar('client_message_id', { length: 64 }),
    /**
     * Of what was first sent: compared with that of a repeated `clientMessageId`, also after edits. Empty once the message
     * is deleted: the hash of a short text is the text.
     */
    contentSha256: bytea('content_sha256').notNull(),
    editedAt: instant('edited_at'),
    deletedAt: instant('deleted_at'),
    deletedBy: uuid('deleted_by'),
    /** The message of the same conversation that this one replies to. */
    replyToSeq: counter('reply_to_seq'),
    mentions: uuid('mentions').array(),
    mentionsAll: boolean('mentions_all'),
    metadata: jsonb('metadata').$type<Readonly<Record<string, unknown>>>(),
    /** The summary that readers are shown; `messageReactions` is the truth. */
    reactions: jsonb('reactions'),
    pinnedAt: instant('pinned_at'),
    pinnedBy: uuid('pinned_by'),
    /** The thread that has begun at this message. */
    threadId: uuid('thread_id'),
  },
  (table) => [
    unique('messages_conversation_id_seq_key').on(table.conversationId, table.seq),
    unique('messages_conversation_id_rev_key').on(table.conversationId, table.rev),
    unique('messages_client_message_id_key').on(table.conversationId, table.senderId, table.clientMessageId),
    // A sender has read at least up to its own newest message.
    index('messages_conversation_id_sender_id_seq_idx').on(table.conversationId, table.senderId, table.seq),
  ],
);

/** Earlier texts of edited messages, at most 100 of each. They end with the message. */
export const messageVersions = pgTable(
  'message_versions',
  {
    messageId: uuid('message_id')
      .notNull()
      .references(() => messages.id, { onDelete: 'cascade' }),
    /** 1 is what was first sent. */
    version: integer('version').notNull(),
    content: text('content').notNull(),
    metadata: jsonb('metadata').$type<Readonly<Record<string, unknown>>>(),
    /** When the next text replaced this one. */
    validUntil: instant('valid_until').notNull(),
  },
  (table) => [primaryKey({ columns: [table.messageId, table.version] })],
);

/** One row for each user and kind of reaction. The summary in `messages` follows it behind the conversation's lock. */
export const messageReactions = pgTable(
  'message_reactions',
  {
    messageId: uuid('message_id')
      .notNull()
      .references(() => messages.id, { onDelete: 'cascade' }),
    /** Two forms of one emoji have the same key. */
    key: varchar('key', { length: 64 }).notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** As it was sent. */
    emoji: varchar('emoji', { length: 64 }).notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.messageId, table.key, table.userId] }),
    index('message_reactions_user_id_message_id_idx').on(table.userId, table.messageId),
  ],
);

/** Whom a message mentions; the nil UUID is everybody. A deleted message has no rows. */
export const messageMentions = pgTable(
  'message_mentions',
  {
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    userId: uuid('user_id').notNull(),
    seq: counter('seq').notNull(),
    /** The message's: for the list of a user's mentions. */
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.userId, table.seq] }),
    index('message_mentions_user_id_idx').on(table.userId, table.conversationId, table.createdAt, table.seq),
  ],
);

/** The pinned messages of a conversation; for showing, the message has the same. */
export const messagePins = pgTable(
  'message_pins',
  {
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    seq: counter('seq').notNull(),
    pinnedAt: instant('pinned_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.seq] }),
    index('message_pins_pinned_at_idx').on(table.conversationId, table.pinnedAt, table.seq),
  ],
);

/**
 * Whose unread replies of a thread are counted. A thread has no rows in `conversationMembers`: its members are those of
 * its parent.
 */
export const threadFollowers = pgTable(
  'thread_followers',
  {
    threadId: uuid('thread_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    /** The thread's parent, of which the follower is a member. */
    parentId: uuid('parent_id').notNull(),
    userId: uuid('user_id').notNull(),
    /** As of the last mark; `threadPositions` has the current value. */
    lastReadSeq: counter('last_read_seq').notNull().default(0),
    /** As in `conversationMembers`: set while the follower has marked replies as unread. */
    unreadFromSeq: counter('unread_from_seq'),
    unreadAtSeq: counter('unread_at_seq'),
    /** Together with the own read position higher after each change. */
    version: counter('version').notNull().default(0),
    followedAt: instant('followed_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.threadId, table.userId] }),
    index('thread_followers_user_id_idx').on(table.userId, table.parentId, table.threadId),
    // However a membership of the parent ends, on whatever node: the member follows none of its threads any more.
    foreignKey({
      name: 'thread_followers_member_fk',
      columns: [table.parentId, table.userId],
      foreignColumns: [conversationMembers.conversationId, conversationMembers.userId],
    }).onDelete('cascade'),
  ],
);

/**
 * Changes of conversations other than messages: one row for each `rev` that such a change has taken (ADR 45). It has
 * ids and changed values, never a name or a picture: readers look those up. It has no reference to accounts: a row must
 * neither wait for an account nor preserve it. Changes of an older node have no row.
 */
export const conversationChanges = pgTable(
  'conversation_changes',
  {
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    rev: counter('rev').notNull(),
    kind: varchar('kind', { length: 32 }).notNull(),
    /** The user who made the change; null when it was made by no user. */
    actorId: uuid('actor_id'),
    /** The subject of the change, besides the conversation. */
    subjectId: uuid('subject_id'),
    /** The newest message's `seq` at that time: the position of the change between messages. */
    afterSeq: counter('after_seq').notNull(),
    data: jsonb('data').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.rev] }),
    /** The events of a window of messages. */
    index('conversation_changes_after_seq_idx').on(table.conversationId, table.afterSeq, table.rev),
    check('conversation_changes_data_check', sql`octet_length(${table.data}::text) <= 8192`),
  ],
);

/**
 * Invites by which people join on their own. A row ends with the membership of its maker, and when that is no longer owner
 * or admin.
 */
export const conversationInvites = pgTable(
  'conversation_invites',
  {
    id: uuid('id').primaryKey(),
    /** The SHA-256 of the token: 128 random bits, shown once. */
    tokenHash: bytea('token_hash').notNull(),
    conversationId: uuid('conversation_id').notNull(),
    createdBy: uuid('created_by').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    expiresAt: instant('expires_at').notNull(),
    maxUses: integer('max_uses').notNull(),
    uses: integer('uses').notNull().default(0),
    /** Whether who joins sees the history from before. */
    history: varchar('history', { length: 4, enum: ['all', 'none'] })
      .notNull()
      .default('all'),
  },
  (table) => [
    uniqueIndex('conversation_invites_token_hash_key').on(table.tokenHash),
    index('conversation_invites_maker_idx').on(table.conversationId, table.createdBy),
    // For the janitor's query.
    index('conversation_invites_expires_at_idx').on(table.expiresAt),
    // However a membership ends, on whatever node: the member's invites end with it.
    foreignKey({
      name: 'conversation_invites_maker_fk',
      columns: [table.conversationId, table.createdBy],
      foreignColumns: [conversationMembers.conversationId, conversationMembers.userId],
    }).onDelete('cascade'),
    check('conversation_invites_uses_check', sql`${table.uses} between 0 and ${table.maxUses}`),
    check('conversation_invites_history_check', isOneOf(table.history, ['all', 'none'])),
  ],
);

/** Who was removed from a conversation and may not come back, until a time or for good. */
export const conversationBans = pgTable(
  'conversation_bans',
  {
    conversationId: uuid('conversation_id')
      .notNull()
      .references(() => conversations.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    bannedBy: uuid('banned_by').notNull(),
    reason: varchar('reason', { length: 255 }),
    createdAt: instant('created_at').notNull().defaultNow(),
    until: instant('until'),
  },
  (table) => [
    primaryKey({ columns: [table.conversationId, table.userId] }),
    index('conversation_bans_user_id_idx').on(table.userId),
    // For the janitor's query.
    index('conversation_bans_until_idx').on(table.until),
  ],
);

/** Who wants to hear nothing directly from whom. */
export const userBlocks = pgTable(
  'user_blocks',
  {
    blockerId: uuid('blocker_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    blockedId: uuid('blocked_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.blockerId, table.blockedId] }),
    index('user_blocks_blocked_id_idx').on(table.blockedId),
    check('user_blocks_self_check', sql`${table.blockerId} <> ${table.blockedId}`),
  ],
);

/** When each user was last online, to the minute; nothing of users who hide, or were never online. */
export const lastSeenTimes = pgTable('last_seen_times', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  seenAt: instant('seen_at').notNull(),
});

/** Creations that a client may repeat: their key, their request and their answer (ADR 30). */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Method and pattern: `POST /posts`. */
    route: varchar('route', { length: 64 }).notNull(),
    key: varchar('key', { length: 64 }).notNull(),
    /** Of the request body. */
    bodySha256: bytea('body_sha256').notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** Status of the answer: null only within the transaction that creates. */
    status: smallint('status'),
    body: text('body'),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.route, table.key] }),
    // For the janitor's query.
    index('idempotency_keys_created_at_idx').on(table.createdAt),
  ],
);

/** One row: the current epoch of this database (ADR 31). Only the function `database_epoch` reads and writes it. */
export const databaseEpoch = pgTable(
  'database_epochs',
  {
    singleton: boolean('singleton').primaryKey().default(true),
    epoch: text('epoch').notNull(),
    /** The identity of the server when the epoch began. */
    origin: jsonb('origin').notNull(),
    /** The transaction that has written the row: a row from a dump was written by another one. */
    writtenBy: text('written_by').notNull(),
  },
  (table) => [check('database_epochs_singleton_check', sql`${table.singleton}`)],
);

/**
 * Conversations with their heads: numbers and time of the newest message, where the row itself does not have them (ADR
 * 29). Read `lastSeq`, `rev` and `updatedAt` here.
 */
export const conversationHeads = pgView('conversation_heads', {
  id: uuid('id').notNull(),
  createdBy: uuid('created_by').notNull(),
  title: varchar('title', { length: 255 }),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
  activeMinute: instant('active_minute').notNull(),
  lastSeq: counter('last_seq').notNull(),
  rev: counter('rev').notNull(),
  membersRev: counter('members_rev').notNull(),
  memberCount: integer('member_count').notNull(),
  type: varchar('type', { length: 6, enum: ['group', 'direct', 'thread'] }).notNull(),
  directLow: uuid('direct_low'),
  directHigh: uuid('direct_high'),
  posting: varchar('posting', { length: 6, enum: ['all', 'admins'] }).notNull(),
  adding: varchar('adding', { length: 6, enum: ['all', 'admins'] }).notNull(),
  slowModeSeconds: integer('slow_mode_seconds').notNull(),
  metadata: jsonb('metadata').$type<Readonly<Record<string, unknown>>>(),
  deletedAt: instant('deleted_at'),
  parentId: uuid('parent_id'),
  rootSeq: counter('root_seq'),
}).as(sql`
select c.id, c.created_by, c.title, c.created_at,
  coalesce(newest.created_at, c.updated_at) as updated_at, c.active_minute, coalesce(newest.seq, c.last_seq) as last_seq,
  coalesce((
    select rev from messages where conversation_id = c.id and rev > c.rev order by rev desc limit 1
  ), c.rev) as rev,
  c.members_rev, c.member_count, c.type, c.direct_low, c.direct_high, c.posting, c.adding, c.slow_mode_seconds, c.metadata,
  c.deleted_at, c.parent_id, c.root_seq
from conversations c
left join lateral (
  select seq, created_at from messages where conversation_id = c.id and seq > c.last_seq order by seq desc limit 1
) newest on true`);

/**
 * Memberships with read positions: the newest mark, or the member's own newest message. `between` gives an order that
 * only one index has: with `sender_id =` a plan may scan the messages of all members backwards. `lastReadSeq` is what
 * others are shown; `ownReadSeq` is what the member itself is shown, which goes back when it marks messages as unread.
 */
const SHARED_POSITION = `greatest(m.last_read_seq, (
    select seq from read_marks where conversation_id = m.conversation_id and user_id = m.user_id order by seq desc limit 1
  ), (
    select seq from messages
    where conversation_id = m.conversation_id and sender_id between m.user_id and m.user_id
    order by sender_id desc, seq desc limit 1
  ))`;
export const memberPositions = pgView('member_positions', {
  conversationId: uuid('conversation_id').notNull(),
  userId: uuid('user_id').notNull(),
  joinedAt: instant('joined_at').notNull(),
  role: varchar('role', { length: 6, enum: ['owner', 'admin', 'member'] }).notNull(),
  lastReadSeq: counter('last_read_seq').notNull(),
  visibleFromSeq: counter('visible_from_seq').notNull(),
  notify: varchar('notify', { length: 8, enum: ['all', 'mentions', 'none'] }).notNull(),
  mutedUntil: instant('muted_until'),
  pinnedAt: instant('pinned_at'),
  archivedAt: instant('archived_at'),
  version: counter('version').notNull(),
  ownReadSeq: counter('own_read_seq').notNull(),
}).as(
  sql.raw(`
select m.conversation_id, m.user_id, m.joined_at, m.role,
  ${SHARED_POSITION} as last_read_seq,
  m.visible_from_seq, m.notify, m.muted_until, m.pinned_at, m.archived_at, m.version,
  case
    when m.unread_from_seq is null or ${SHARED_POSITION} > m.unread_at_seq then ${SHARED_POSITION}
    else m.unread_from_seq - 1
  end as own_read_seq
from conversation_members m`),
);

/** Followers with read positions: the last mark, or the follower's own newest reply, as in `memberPositions`. */
const POSITION_IN_THREAD = `greatest(f.last_read_seq, (
    select seq from messages
    where conversation_id = f.thread_id and sender_id between f.user_id and f.user_id
    order by sender_id desc, seq desc limit 1
  ))`;
export const threadPositions = pgView('thread_positions', {
  threadId: uuid('thread_id').notNull(),
  parentId: uuid('parent_id').notNull(),
  userId: uuid('user_id').notNull(),
  followedAt: instant('followed_at').notNull(),
  version: counter('version').notNull(),
  lastReadSeq: counter('last_read_seq').notNull(),
  ownReadSeq: counter('own_read_seq').notNull(),
}).as(
  sql.raw(`
select f.thread_id, f.parent_id, f.user_id, f.followed_at, f.version,
  ${POSITION_IN_THREAD} as last_read_seq,
  case
    when f.unread_from_seq is null or ${POSITION_IN_THREAD} > f.unread_at_seq then ${POSITION_IN_THREAD}
    else f.unread_from_seq - 1
  end as own_read_seq
from thread_followers f`),
);
