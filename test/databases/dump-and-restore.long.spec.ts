import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { expect, it } from 'vitest';
import { migrate } from '../../src/arch/common/infrastructure/database/migrate.js';
import { seedDemoData } from '../../src/arch/common/infrastructure/database/seed.dev.js';
import { urlOf } from '../faults/test-postgres.js';
import { type DebianPostgres, startDebianPostgres } from './debian-postgres.js';

/** The commands as printed in the document. */
function documented(): string {
  const text = readFileSync('docs/operations.md', 'utf8');
  const [, commands] = /```bash\n([^`]*pg_dump --format[^`]*)```/.exec(text) ?? [];
  if (commands === undefined) throw new Error('docs/operations.md has no commands with pg_dump');
  return commands;
}

/** The PATH with the programs of the server's major version first. */
async function runDocumented(
  postgres: DebianPostgres,
  folder: string,
  from: object,
  to: object,
): Promise<void> {
  const programs = `/usr/lib/postgresql/${postgres.version}/bin`;
  const env = { ...process.env, PATH: `${programs}:${process.env['PATH'] ?? ''}`, ...from, ...to };
  await promisify(execFile)('sh', ['-ec', documented()], { cwd: folder, env });
}

async function ask(connection: object, text: string): Promise<unknown[]> {
  const client = new Client(connection);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

const CONTENTS = `select (select json_agg(u order by id) from users u) users,
  (select json_agg(m order by seq) from messages m) messages, (select json_agg(p order by id) from posts p) posts,
  (select json_agg(b order by id) from post_blocks b) blocks, (select count(*) from drizzle.__drizzle_migrations) done`;

it('the documented pg_dump and pg_restore create the same database, in another epoch', async ({ skip }) => {
  const postgres = await startDebianPostgres();
  if (typeof postgres === 'string') {
    skip(postgres);
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'causerie-dump-'));
  try {
    if (!existsSync(`/usr/lib/postgresql/${postgres.version}/bin/pg_dump`)) {
      skip('apt-get install postgresql-client: there is no pg_dump');
    }
    const [from, to] = ['dumped', 'filled'].map((database) => ({ ...postgres.connection, database }));
    if (!from || !to) throw new Error('no databases');
    for (const { database } of [from, to]) await ask(postgres.connection, `create database ${database}`);
    await migrate(from);
    await seedDemoData(from);
    const [epoch] = await ask(from, 'select epoch from database_epoch()');
    await runDocumented(postgres, folder, { DATABASE_URL: urlOf(from) }, { EMPTY_DATABASE_URL: urlOf(to) });
    expect((await stat(join(folder, 'causerie.dump'))).mode & 0o077).toBe(0);
    expect(await ask(to, CONTENTS)).toEqual(await ask(from, CONTENTS));
    // The restored database is complete: nothing is migrated.
    const applied: string[] = [];
    await migrate(to, { onApplied: (tag) => applied.push(tag) });
    expect(applied).toEqual([]);
    expect(await ask(to, 'select epoch from database_epoch()')).not.toEqual([epoch]);
    expect(await ask(from, 'select epoch from database_epoch()')).toEqual([epoch]);
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true });
  }
});
