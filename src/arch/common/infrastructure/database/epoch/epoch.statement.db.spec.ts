import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { Client } from 'pg';
import { TestDatabase } from '../../../../../../test/support/test-database.js';

let postgres: TestDatabase;
let epoch: string;

beforeEach(async () => {
  postgres = await TestDatabase.create();
  epoch = await read();
});
afterEach(() => postgres.drop());

const read = async (ended: string | null = null) => {
  const [row] = await postgres.query<{ epoch: string }>('select epoch from database_epoch($1)', [ended]);
  return row?.epoch ?? '';
};
/** Changes a part of the recorded origin, as if the current row had been written on that server. */
const originWas = (part: object | null) =>
  postgres.query(
    `update database_epochs set written_by = pg_current_xact_id()::xid::text,
       origin = coalesce(origin || $1::jsonb, '{}')`,
    [JSON.stringify(part)],
  );
const onServer = async (statement: string) => {
  const client = new Client({ ...inject('postgres'), database: 'postgres' });
  await client.connect();
  await client.query(statement);
  await client.end();
};

it('is a short string, the same for every connection', async () => {
  expect(epoch).toMatch(/^[0-9a-f]{12}$/);
  const all = await Promise.all(Array.from({ length: 10 }, () => read()));
  expect(new Set(all)).toEqual(new Set([epoch]));
});

it('records what distinguishes a server from others', async () => {
  const [row] = await postgres.query<{ origin: object }>('select database_origin() as origin');
  expect(row?.origin).toEqual({
    database: expect.stringMatching(/^\d+$/),
    system: expect.stringMatching(/^\d+$/),
    timeline: expect.stringMatching(/^[0-9A-F]{8}$/),
    files: expect.stringMatching(/^\d+/),
  });
});

describe('stays', () => {
  it.each(['vacuum (full, freeze) database_epochs', 'cluster database_epochs using database_epochs_pkey'])(
    'after %s',
    async (statement) => {
      await postgres.query(statement);
      expect(await read()).toBe(epoch);
    },
  );

  it('when more facts about the server are known than before, or fewer', async () => {
    await originWas(null);
    expect(await read()).toBe(epoch);
    await originWas({ cloud: 'somewhere' });
    expect(await read()).toBe(epoch);
  });

  it('when an earlier epoch is to be ended', async () => {
    expect(await read('0123456789ab')).toBe(epoch);
  });
});

describe('ends', () => {
  it.each([{ timeline: '0000000F' }, { system: '1' }, { database: '1' }, { files: '1' }])(
    'on a server that differs in %j',
    async (part) => {
      await originWas(part);
      const next = await read();
      expect(next).not.toBe(epoch);
      expect(await read()).toBe(next);
    },
  );

  it('in a copy of the database', async () => {
    const copy = `t_${randomUUID().replaceAll('-', '')}`;
    await onServer(`create database ${copy} template ${postgres.connection.database}`);
    const client = new Client({ ...postgres.connection, database: copy });
    await client.connect();
    const { rows } = await client.query('select epoch from database_epoch()');
    await client.end();
    await onServer(`drop database ${copy}`);
    expect(rows[0].epoch).not.toBe(epoch);
    expect(await read()).toBe(epoch);
  });

  it('when a dump is restored, with the row it had or with none', async () => {
    const [row] = await postgres.query('select epoch, origin, written_by from database_epochs');
    await postgres.query('truncate database_epochs');
    const next = await read();
    expect(next).not.toBe(epoch);
    await postgres.query(`delete from database_epochs`);
    await postgres.query('insert into database_epochs (epoch, origin, written_by) values ($1, $2, $3)', [
      row?.['epoch'],
      JSON.stringify(row?.['origin']),
      row?.['written_by'],
    ]);
    expect([epoch, next]).not.toContain(await read());
  });

  it('when it is to be ended, once for all callers', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => read(epoch)));
    expect(new Set(all).size).toBe(1);
    expect(all).not.toContain(epoch);
  });

  it('once for all callers that find it at the same time', async () => {
    await originWas({ timeline: '0000000F' });
    const all = await Promise.all(Array.from({ length: 10 }, () => read()));
    expect(new Set(all).size).toBe(1);
    expect(all).not.toContain(epoch);
  });
});

it('a role with few permissions reads it as well', async () => {
  const role = `r_${randomUUID().replaceAll('-', '')}`;
  await postgres.query(`create role ${role}`);
  await postgres.query(`grant select, insert, update on database_epochs to ${role}`);
  const client = new Client(postgres.connection);
  await client.connect();
  await client.query(`set role ${role}`);
  const { rows } = await client.query('select database_origin() as origin, epoch from database_epoch()');
  await client.end();
  await postgres.query(`drop owned by ${role}; drop role ${role}`);
  expect(rows[0].epoch).toBe(epoch);
  expect(Object.keys(rows[0].origin).toSorted()).toEqual(['database', 'system', 'timeline']);
});
