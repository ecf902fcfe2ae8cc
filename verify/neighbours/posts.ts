import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';

const NAME = 'causerie';

/** Inserts public posts of one author into the database of a running server, without its API and its limits. */
export async function fillForum(folder: string, authorId: string, count: number): Promise<void> {
  const pid = readFileSync(join(folder, 'data/postgres/postmaster.pid'), 'utf8').split('\n');
  // PostgreSQL writes its port and the folder of its Unix socket to lines 4 and 5.
  const client = new Client({ host: pid[4], port: Number(pid[3]), user: NAME, database: NAME });
  await client.connect();
  await client.query(
    `insert into posts (owner_id, title, content, created_at)
     select $1, 'Post ' || n, repeat('All quiet here. ', 100), now() - n * interval '1 second'
     from generate_series(1, $2::int) n`,
    [authorId, count],
  );
  await client.query('analyze posts');
  await client.end();
}
