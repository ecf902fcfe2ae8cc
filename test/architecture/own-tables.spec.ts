import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { getTableName, getViewName, is } from 'drizzle-orm';
import { PgTable, PgView } from 'drizzle-orm/pg-core';
import { describe, expect, it } from 'vitest';
import * as schema from '../../src/arch/common/infrastructure/database/schema.js';
import { users } from '../../src/arch/common/infrastructure/database/users.table.js';

const root = resolve(import.meta.dirname, '../..');

/** The tables and views of each module. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  user: ['users'],
  posts: ['posts', 'post_blocks', 'private_post_counts', 'posts_public_view'],
  auth: ['credentials', 'sessions', 'refresh_tokens'],
  chat: [
    'conversations',
    'conversation_members',
    'conversation_bans',
    'conversation_changes',
    'conversation_heads',
    'conversation_invites',
    'member_positions',
    'message_mentions',
    'message_pins',
    'message_reactions',
    'message_versions',
    'messages',
    'read_marks',
    'thread_followers',
    'thread_positions',
    'user_blocks',
  ],
  presence: ['last_seen_times'],
  account: [],
};
/** Not of a module, but of `common`. */
const OF_COMMON = ['database_epochs', 'idempotency_keys'];
/** Views that a module publishes to all others (ADR 49). */
const PUBLISHED = ['user_profiles'];
/** The trigger that ends with the column of older nodes (ADR 46). */
const OLDER_NODES = 'src/arch/modules/auth/infrastructure/sql/copy_password_to_users.sql';

/** The declarations of the schema, each with its name in the database. */
const NAMES = new Map(
  Object.entries({ users, ...schema }).map(([declared, relation]) => [
    declared,
    is(relation, PgTable) ? getTableName(relation) : nameOfView(relation),
  ]),
);
const KNOWN = new Set(NAMES.values());

function nameOfView(relation: PgView | PgTable): string {
  if (!is(relation, PgView)) throw new Error('The schema exports tables and views.');
  return getViewName(relation);
}

const COMMENT = /\/\*[\s\S]*?\*\/|^\s*(?:\/\/|--).*$/gm;
const IMPORTED = /import (?:type )?\{([^}]*)\} from '[^']*\/database\/(?:schema|users\.table)\.js'/g;
/** A relation with its alias, and what precedes it in a statement: a keyword, or the relation before it in a list. */
const RELATION = String.raw`(?:public\.)?"?\w+"?(?:\s+(?:as\s+)?(?!where\b|on\b)\w+)?`;
const IN_SQL = new RegExp(
  String.raw`(?<=\b(?:from|join|update|into|only|table|using)\s+(?:${RELATION}\s*,\s*)*)(?:public\.)?"?(\w+)`,
  'gi',
);

/** The tables and views that a file imports, or that its SQL names. */
function relationsIn(text: string): Set<string> {
  const source = text.replaceAll(COMMENT, '');
  const imported = [...source.matchAll(IMPORTED)].flatMap(([, names = '']) =>
    names.split(',').map((name) => NAMES.get(name.trim().split(/\s/)[0] ?? '') ?? ''),
  );
  const named = [...source.matchAll(IN_SQL)].map(([, name = '']) => name);
  return new Set([...imported, ...named].filter((name) => KNOWN.has(name)));
}

const foreignTo = (owner: string, text: string): string[] =>
  [...relationsIn(text)].filter((name) => !OWN[owner]?.includes(name) && !PUBLISHED.includes(name));

const FILES = globSync('src/arch/modules/**/*.{ts,sql}', { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !file.endsWith('.spec.ts') && file !== OLDER_NODES);
const ownerOf = (file: string): string => file.split('/')[3] ?? '';
const read = (file: string): string => readFileSync(resolve(root, file), 'utf8');

it('every table and view belongs to one module, to common, or is published', () => {
  const listed = [...Object.values(OWN).flat(), ...OF_COMMON, ...PUBLISHED];
  expect(listed.toSorted()).toEqual([...KNOWN].toSorted());
});

describe.each(Object.keys(OWN))('the module %s', (owner) => {
  it('names in imports and SQL only tables and views of its own, and published ones', () => {
    const files = FILES.filter((file) => ownerOf(file) === owner);
    expect(files.length).toBeGreaterThan(3);
    expect(files.flatMap((file) => foreignTo(owner, read(file)).map((name) => `${file}: ${name}`))).toEqual(
      [],
    );
  });
});

it('of its own each module names every one, so that this test sees what is named', () => {
  const named = new Set(FILES.flatMap((file) => [...relationsIn(read(file))]));
  expect(named).toEqual(new Set([...Object.values(OWN).flat(), ...PUBLISHED]));
});

it.each([
  ["import { users } from '../../../../common/infrastructure/database/users.table.js';", 'users'],
  [
    "import {\n  messages,\n  posts as all,\n} from '../../../../common/infrastructure/database/schema.js';",
    'posts',
  ],
  ['const text = `select id from users where id = $1`;', 'users'],
  ['left join users on users.id = sender_id', 'users'],
  ['LEFT JOIN LATERAL (SELECT * FROM users WHERE id = m.user_id LIMIT 1) u ON true', 'users'],
  ['UPDATE public.users SET bio = NULL', 'users'],
  ['delete from "sessions"', 'sessions'],
  ['insert into credentials values ($1, $2)', 'credentials'],
  ['delete from messages using users where users.id = sender_id', 'users'],
  ['select from messages m, public.users as u, read_marks where u.id = m.sender_id', 'users'],
])('sees what the module chat may not name in %j', (text, name) => {
  expect(foreignTo('chat', text)).toEqual([name]);
});

it.each(['-- copied from users\nselect 1', '/** Read from posts. */', 'select from user_profiles, messages'])(
  'sees nothing in %j',
  (text) => {
    expect(foreignTo('chat', text)).toEqual([]);
  },
);
