import { CHAT, type PlantedFault } from './planted-fault.ts';

/** A fault in what the database does: another text in its migrations, before they are applied. */
const inMigrations = (text: string, by: string): Pick<PlantedFault, 'module' | 'replacements'> => {
  const read = 'text.replaceAll(GENERATED_SCHEMA, "")';
  return {
    module: 'common/infrastructure/database/migration-files.js',
    replacements: [[read, `${read}.replaceAll(${JSON.stringify(text)}, ${JSON.stringify(by)})`]],
  };
};

/** Faults of threads, which a wall finds. */
export const THREAD_FAULTS: readonly PlantedFault[] = [
  {
    name: 'a reply in a thread does not move the rev of its root',
    rule: 'state-altered',
    ...inMigrations('SET rev = s.rev FROM steps s', 'SET rev = m.rev FROM steps s'),
  },
  {
    name: 'own replies in a thread are unread',
    rule: 'threads',
    ...inMigrations('greatest(f.last_read_seq, (', 'coalesce(f.last_read_seq, ('),
  },
  {
    name: 'the total counts the threads that are read, too',
    rule: 'threads',
    module: `${CHAT}/infrastructure/statements/unread-total.statement.js`,
    replacements: [
      [
        'select threads from unread_threads($1, null)',
        'select count(*)::int from thread_followers where user_id = $1',
      ],
    ],
  },
  {
    name: 'whoever is removed stays in the rooms of threads',
    rule: 'outside',
    module: `${CHAT}/infrastructure/live/joined-rooms.js`,
    replacements: [['for (const thread of this.threads.of(room))', 'for (const thread of [])']],
  },
];
