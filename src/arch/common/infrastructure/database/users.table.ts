import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  customType,
  index,
  pgTable,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { isOneOf } from './is-one-of.js';

const emailAddress = customType<{ data: string }>({ dataType: () => 'varchar(320) COLLATE "C"' });
const instant = (name: string) => timestamp(name, { withTimezone: true });

/** `contacts`: the people to whom the user has written in a direct conversation. */
const CIRCLES = ['everyone', 'contacts', 'nobody'] as const;

/**
 * Accounts, in a file of their own, as this table belongs to the module `user` alone: others read the view
 * `userProfiles` of `schema.ts`, and refer to accounts by foreign keys (ADR 49).
 */
export const users = pgTable(
  'users',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** Folded by `foldEmail`, and compared by bytes. */
    email: emailAddress('email').notNull(),
    /**
     * The column of older nodes: triggers keep it equal to `credentials`, and `!` for an account without a password
     * (ADR 46).
     */
    passwordHash: text('password_hash').notNull(),
    displayName: varchar('display_name', { length: 80 }).notNull(),
    bio: varchar('bio', { length: 500 }),
    avatarUrl: text('avatar_url'),
    createdAt: instant('created_at').notNull().defaultNow(),
    updatedAt: instant('updated_at').notNull().defaultNow(),
    /** The text that a search compares: `foldName` of the display name, or a trigger's substitute (ADR 37). */
    searchName: text('search_name').notNull(),
    /** The version of `NAME_FOLDING` that made it; 0 for the trigger. */
    searchFolding: smallint('search_folding').notNull().default(0),
    /** When the account was deleted: the row stays for what its user wrote. */
    deletedAt: instant('deleted_at'),
    /** Who may add the user to a group, or open a direct conversation with the user. */
    addableBy: varchar('addable_by', { length: 8, enum: CIRCLES }).notNull().default('everyone'),
    /** Who sees whether the user is online. */
    presence: varchar('presence', { length: 8, enum: CIRCLES }).notNull().default('everyone'),
    /** Whether others see how far the user has read, and the user how far others have. */
    readReceipts: boolean('read_receipts').notNull().default(true),
  },
  (table) => [
    uniqueIndex('users_email_key').on(table.email),
    // In this collation `lower` changes ASCII letters only, as `foldEmail` does.
    check('users_email_check', sql`${table.email} = lower(${table.email} collate "C")`),
    index('users_search_idx')
      .on(sql`${table.searchName} collate "C"`, table.id)
      .where(sql`${table.deletedAt} is null`),
    // For finding names that must be folded again.
    index('users_search_folding_idx').on(table.searchFolding),
    check('users_addable_by_check', isOneOf(table.addableBy, CIRCLES)),
    check('users_presence_check', isOneOf(table.presence, CIRCLES)),
  ],
);
