import { beforeEach, expect, it } from 'vitest';
import { joinLocks, needsOwnStep, StatementLocks } from './statement-locks.js';

let locks: StatementLocks;
beforeEach(() => {
  locks = new StatementLocks();
  locks.locksOf('CREATE INDEX "old_idx" ON "old" USING btree ("a");');
});
const of = (statement: string) => [...locks.locksOf(statement)];

it.each([
  ['ALTER TABLE "public"."a" ADD COLUMN "b" text;', [['a', 'ACCESS EXCLUSIVE']]],
  ['-- Why.\n-- And ALTER TABLE b.\nalter table only a drop column b', [['a', 'ACCESS EXCLUSIVE']]],
  ['DROP TABLE IF EXISTS "a";', [['a', 'ACCESS EXCLUSIVE']]],
  ['CREATE UNIQUE INDEX "i" ON "a" USING btree ("b");', [['a', 'SHARE']]],
  ['DROP INDEX "old_idx";', [['old', 'ACCESS EXCLUSIVE']]],
  [
    'CREATE TRIGGER t AFTER INSERT ON a REFERENCING NEW TABLE AS n\nFOR EACH STATEMENT EXECUTE FUNCTION f()',
    [['a', 'SHARE ROW EXCLUSIVE']],
  ],
  ['UPDATE "a" SET b = 1', [['a', 'EXCLUSIVE']]],
  ['DELETE FROM a WHERE b', [['a', 'EXCLUSIVE']]],
  ['LOCK TABLE "a" IN SHARE ROW EXCLUSIVE MODE', [['a', 'SHARE ROW EXCLUSIVE']]],
  [
    'ALTER TABLE "a" ADD CONSTRAINT "f" FOREIGN KEY ("b") REFERENCES "public"."b"("id") ON DELETE cascade;',
    [
      ['a', 'SHARE ROW EXCLUSIVE'],
      ['b', 'SHARE ROW EXCLUSIVE'],
    ],
  ],
  ['UPDATE drizzle.__drizzle_migrations SET hash = 1', []],
  ['CREATE OR REPLACE FUNCTION f() RETURNS void AS $$ UPDATE a SET b = 1 $$', []],
  ['CREATE VIEW v AS (select a from b)', []],
  ['ALTER TABLE "a" VALIDATE CONSTRAINT "c";', []],
])('%s', (statement, expected) => {
  expect(of(statement)).toEqual(expected);
});

it.each([
  ['ALTER TABLE "a" VALIDATE CONSTRAINT "c";', true],
  ['-- Why.\nCREATE OR REPLACE VIEW "public"."v" AS (select 1);', true],
  ['DROP VIEW v', true],
  ['ALTER TABLE "a" ADD CONSTRAINT "c" CHECK (true) NOT VALID;', false],
  ['CREATE OR REPLACE FUNCTION f() RETURNS void AS $$ create view v $$', false],
])('%s needs a transaction of its own: %s', (statement, expected) => {
  expect(needsOwnStep(statement)).toBe(expected);
});

it('a table is not in use in the migration that creates it, and afterwards it is', () => {
  locks.nextMigration();
  of('CREATE TABLE "a" ("b" text);');
  expect(of('CREATE INDEX "i" ON "a" ("b");')).toEqual([]);
  locks.nextMigration();
  expect(of('DROP INDEX "i";')).toEqual([['a', 'ACCESS EXCLUSIVE']]);
});

it('two statements share a transaction when one locks nothing more than the other, in the stronger mode', () => {
  const [a, b, none] = [new Map([['a', 'SHARE']] as const), new Map([['b', 'SHARE']] as const), new Map()];
  expect(joinLocks(a, none)).toEqual(a);
  expect(joinLocks(new Map([['a', 'EXCLUSIVE']] as const), a)).toEqual(new Map([['a', 'EXCLUSIVE']]));
  expect(joinLocks(a, b)).toBeUndefined();
});
