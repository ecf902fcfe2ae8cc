import { Logger } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestDatabase } from '../../../../../test/support/test-database.js';
import { UnavailableError } from '../../domain/errors/unavailable.error.js';
import { Database } from './database.js';

let postgres: TestDatabase;
let database: Database;

beforeAll(async () => {
  postgres = await TestDatabase.create();
  // A sequence is not rolled back, so it counts the attempts.
  await postgres.query('create sequence attempts');
  await postgres.query(`
    create function fail_first(times int, state text) returns int language plpgsql as $$
    declare attempt int := nextval('attempts');
    begin
      if attempt <= times then raise 'planted' using errcode = state; end if;
      return attempt;
    end $$`);
  await postgres.query('create table kept (attempt int)');
  database = new Database(postgres.connection, 2);
});
afterAll(async () => {
  await database.onApplicationShutdown();
  await postgres.drop();
});
beforeEach(() => postgres.query(`select setval('attempts', 1, false)`));

const failFirst = (times: number, state: string) =>
  database.execute<{ attempt: number }>({
    text: 'select fail_first($1, $2) as attempt',
    values: [times, state],
  });
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );
const attempts = async () =>
  Number((await postgres.query<{ made: string }>('select last_value as made from attempts'))[0]?.made);
const backend = async () =>
  (await database.execute<{ pid: number }>({ text: 'select pg_backend_pid() as pid' }))[0]?.pid;

const REPEATED = ['25006', '26000', '40001', '40P01', '42P05'];
const TOLD = (
  '08000 08003 08006 08007 08P01 25P03 25P04 28000 28P01 3D000 40003 53000 53100 53200 53300 ' +
  '53400 57014 57P01 57P02 57P03 57P05 58000 58030'
).split(' ');
const LOCKED = '55P03';
const OURS = [
  '0A000',
  '22001',
  '23502',
  '25001',
  '40002',
  '42601',
  '42P01',
  '55000',
  'P0001',
  'XX000',
  'XX001',
];
/** After these it is unknown whether a statement, or a COMMIT, was executed. */
const UNKNOWN = new Set(['08000', '08003', '08006', '08007', '08P01', '40003', '57P01', '57P02', '58000']);
const KEEPING = new Set(['40001', '40P01', '53000', '53100', '53200', '53300', '53400', LOCKED, '57014']);

describe.each(REPEATED)('%s, of what was certainly not carried out,', (state) => {
  it('is repeated, and callers get no error', async () => {
    expect(await failFirst(3, state)).toEqual([{ attempt: 4 }]);
  });

  it('is repeated three times, and then reported', async () => {
    expect(await failure(failFirst(100, state))).toMatchObject({
      code: 'UNAVAILABLE',
      details: [{ path: 'database' }],
      outcome: undefined,
    });
    expect(await attempts()).toBe(4);
  });

  it('in a transaction is repeated from its beginning, and leaves one trace', async () => {
    await postgres.query('truncate kept');
    const result = await database.runInTransaction(async () => {
      await database.execute({ text: 'insert into kept values (1)' });
      return failFirst(2, state);
    });
    expect(result).toEqual([{ attempt: 3 }]);
    expect(await postgres.query('select from kept')).toHaveLength(1);
  });
});

describe.each(TOLD)('%s', (state) => {
  it('is reported as UNAVAILABLE, at once, with whether its outcome is unknown', async () => {
    const error = await failure(failFirst(100, state));
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error).toMatchObject({ outcome: UNKNOWN.has(state) ? 'unknown' : undefined });
    expect(await attempts()).toBe(1);
  });

  it('of a statement within a transaction the outcome is known: without COMMIT nothing was executed', async () => {
    expect(await failure(database.runInTransaction(() => failFirst(100, state)))).toMatchObject({
      code: 'UNAVAILABLE',
      outcome: undefined,
    });
  });
});

it.each([...REPEATED, ...TOLD, LOCKED])(
  'after %s in a transaction the connection is kept, or not',
  async (state) => {
    const before = await backend();
    await failure(database.runInTransaction(() => failFirst(100, state)));
    expect((await backend()) === before).toBe(KEEPING.has(state));
  },
);

it('a lock that stays taken is requested again until the time is over, and then reported', async () => {
  expect(await failFirst(5, LOCKED)).toEqual([{ attempt: 6 }]);
  expect(await failure(failFirst(1_000, LOCKED))).toMatchObject({ code: 'UNAVAILABLE', outcome: undefined });
});

it('is reported at once in the lane of messages, which wait for it elsewhere', async () => {
  const statement = { text: 'select fail_first(1000, $1)', values: [LOCKED] };
  expect(await failure(database.execute(statement, 'messages'))).toMatchObject({ code: 'UNAVAILABLE' });
  expect(await attempts()).toBe(1);
});

it.each(OURS)('%s is an internal error, and is not repeated', async (state) => {
  expect(await failure(failFirst(100, state))).toMatchObject({ code: state });
  expect(await attempts()).toBe(1);
});

it('a failure of the work itself is not taken for one of the database, and is not repeated', async () => {
  let runs = 0;
  const work = database.runInTransaction(async () => {
    runs += 1;
    throw Object.assign(new Error('of ours'), { code: '40001' });
  });
  await expect(work).rejects.toThrow('of ours');
  expect(runs).toBe(1);
});

it('a real deadlock reaches no caller', async () => {
  await postgres.query('create table pair (id int primary key, count int)');
  await postgres.query('insert into pair values (1, 0), (2, 0)');
  const two = new Database(postgres.connection, 4);
  const both = Promise.withResolvers<void>();
  let begun = 0;
  const inOrder = (...ids: number[]) =>
    two.runInTransaction(async () => {
      for (const id of ids) {
        await two.execute({ text: 'update pair set count = count + 1 where id = $1', values: [id] });
        begun += 1;
        if (begun === 2) both.resolve();
        await both.promise;
      }
    });
  await Promise.all([inOrder(1, 2), inOrder(2, 1)]);
  expect(await postgres.query('select count from pair')).toEqual([{ count: 2 }, { count: 2 }]);
  // Each failed at least once: together they began more than four times.
  expect(begun).toBeGreaterThan(4);
  await two.onApplicationShutdown();
});

describe('a statement under a name', () => {
  let fresh: Database;
  const logged: string[] = [];
  beforeEach(() => {
    Logger.overrideLogger({ log: () => {}, error: () => {}, warn: (line: string) => logged.push(line) });
    logged.length = 0;
    fresh = new Database(postgres.connection, 2);
  });
  afterEach(async () => {
    Logger.overrideLogger(false);
    await fresh.onApplicationShutdown();
  });

  const ask = (name: string, text: string) => fresh.execute({ name, text });
  const names = async () =>
    (await fresh.execute<{ name: string }>({ text: 'select name from pg_prepared_statements' })).map(
      ({ name }) => name,
    );
  const SWITCHED_OFF = [
    expect.stringContaining('A pooler in front of PostgreSQL mixes up prepared statements'),
  ];

  it('that was prepared before a migration is prepared again', async () => {
    await postgres.query('create table changing (a int)');
    await postgres.query('insert into changing values (1)');
    expect(await ask('changing', 'select * from changing')).toEqual([{ a: 1 }]);
    await postgres.query('alter table changing add b int default 2');
    expect(await ask('changing', 'select * from changing')).toEqual([{ a: 1, b: 2 }]);
    expect(await names()).toContain('changing');
    expect(logged).toEqual([]);
  });

  it('that a pooler has lost is not used any more, nor is any other, and the log reports it', async () => {
    await ask('lost', 'select 1 as one');
    await fresh.execute({ text: 'deallocate lost' });
    expect(await ask('lost', 'select 1 as one')).toEqual([{ one: 1 }]);
    await ask('other', 'select 1 as one');
    expect(await names()).toEqual([]);
    expect(logged).toEqual(SWITCHED_OFF);
  });

  it('of another client is not used any more either', async () => {
    await fresh.execute({ text: 'prepare taken as select 2 as two' });
    expect(await ask('taken', 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(logged).toEqual(SWITCHED_OFF);
  });
});
