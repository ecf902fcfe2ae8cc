/**
 * Table locks that conflict with writes, from the weakest: each conflicts with everything the one before conflicts
 * with.
 */
const MODES = ['SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE', 'ACCESS EXCLUSIVE'] as const;
type LockMode = (typeof MODES)[number];

/** The mode of each locked table. */
export type Locks = ReadonlyMap<string, LockMode>;

const NAME = String.raw`(?:"?public"?\.)?"?(\w+)"?(?![\w".])`;
const pattern = (text: string): RegExp => new RegExp(text.replaceAll('NAME', NAME), 'i');
const CREATE_TABLE = pattern(String.raw`^create table (?:if not exists )?NAME`);
const CREATE_INDEX = pattern(
  String.raw`^create (?:unique )?index (?:if not exists )?"?(\w+)"? on (?:only )?NAME`,
);
const INDEX = pattern(String.raw`^(?:drop|alter) index (?:if exists )?NAME`);
const REFERENCES = pattern(String.raw`\sreferences NAME`);
const TRIGGER = pattern(
  String.raw`^(?:create(?: or replace)?|drop) trigger (?:if exists )?\w+\s[^;]*?\bon NAME`,
);
/**
 * EXCLUSIVE, because with a weaker mode another transaction could lock rows that this one waits for, and then wait for
 * this one.
 */
const CHANGE_ROWS = pattern(String.raw`^(?:update|delete from) (?:only )?NAME`);
const LOCK = pattern(
  String.raw`^lock table NAME in (share|share row exclusive|exclusive|access exclusive) mode`,
);
/** SHARE UPDATE EXCLUSIVE: nobody who reads or writes waits while the rows are read. */
const VALIDATION = pattern(String.raw`^alter table (?:only )?NAME\s+validate constraint`);
const VIEW = pattern(String.raw`^(?:create (?:or replace )?|alter |drop )view`);
const TABLE = pattern(String.raw`^(?:alter|drop) table (?:if exists )?(?:only )?NAME`);

/** Comments before the statement are no part of it. */
const withoutComments = (text: string): string => text.replaceAll(/^\s*--.*$/gm, '').trim();

/**
 * Whether a statement needs a transaction of its own: the validation of a constraint reads all rows, which no lock of an
 * earlier statement may outlast; and a view is locked until the end, without being named beforehand, because LOCK TABLE would
 * lock all its tables, too.
 */
export function needsOwnStep(text: string): boolean {
  const statement = withoutComments(text);
  return VALIDATION.test(statement) || VIEW.test(statement);
}

/**
 * The locks that the statements of migrations take on tables in use, derived from their texts alone. They are read in
 * order: the table of an index is named where the index is created, and a table that the same migration creates is not
 * in use.
 */
export class StatementLocks {
  private readonly tableOfIndex = new Map<string, string>();
  private own = new Set<string>();

  nextMigration(): void {
    this.own = new Set();
  }

  locksOf(text: string): Locks {
    const statement = withoutComments(text);
    if (VALIDATION.test(statement)) return new Map();
    const found = (head: RegExp): string | undefined => head.exec(statement)?.[1];
    const [, newIndex = '', indexed = ''] = CREATE_INDEX.exec(statement) ?? [];
    this.tableOfIndex.set(newIndex, indexed);
    this.own.add(found(CREATE_TABLE) ?? '');
    const altered = found(TABLE);
    const referenced = altered === undefined ? undefined : found(REFERENCES);
    const [, locked, asked = ''] = LOCK.exec(statement) ?? [];
    const locks: [string | undefined, LockMode][] = [
      [locked, MODES.find((each) => each === asked.toUpperCase()) ?? 'ACCESS EXCLUSIVE'],
      [indexed, 'SHARE'],
      [this.tableOfIndex.get(found(INDEX) ?? ''), 'ACCESS EXCLUSIVE'],
      [found(TRIGGER), 'SHARE ROW EXCLUSIVE'],
      [found(CHANGE_ROWS), 'EXCLUSIVE'],
      [altered, referenced === undefined ? 'ACCESS EXCLUSIVE' : 'SHARE ROW EXCLUSIVE'],
      [referenced, 'SHARE ROW EXCLUSIVE'],
    ];
    const ofOthers = locks.flatMap(([table = '', mode]) =>
      table === '' || this.own.has(table) ? [] : [[table, mode] as const],
    );
    return new Map(ofOthers);
  }
}

/** The locks of both in one transaction; `undefined` when it would hold one table and wait for another. */
export function joinLocks(one: Locks, other: Locks): Locks | undefined {
  const [few, many] = one.size < other.size ? [one, other] : [other, one];
  if ([...few.keys()].some((table) => !many.has(table))) return undefined;
  return new Map([...many].map(([table, mode]) => [table, stronger(mode, few.get(table) ?? mode)]));
}

function stronger(one: LockMode, other: LockMode): LockMode {
  return MODES.indexOf(one) > MODES.indexOf(other) ? one : other;
}
