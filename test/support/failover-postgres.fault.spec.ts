import { afterAll, beforeAll, expect, it } from 'vitest';
import { Client } from 'pg';
import { DatabaseProxy } from './database-proxy.js';
import { FailoverPostgres } from './failover-postgres.js';

let pair: FailoverPostgres;
let proxy: DatabaseProxy;
beforeAll(async () => {
  pair = await FailoverPostgres.start();
  proxy = await DatabaseProxy.open({ connection: pair.primary });
});
afterAll(async () => {
  await proxy.close();
  await pair.stop();
});

const names = `select array_agg(display_name order by display_name) as names from users`;
const signUp = (name: string) =>
  pair.ask(
    'primary',
    `insert into users (email, display_name, password_hash) values ('${name}', '${name}', '-')`,
  );
const seen = async () => (await pair.ask('standby', names))[0]?.['names'];

async function behindTheProxy(): Promise<unknown> {
  const client = new Client(proxy.connection);
  await client.connect();
  const { rows } = await client.query('select pg_is_in_recovery() as standby');
  await client.end();
  return rows[0];
}

it('a standby follows, reads only, may lag, and takes writes once promoted, behind the same address', async () => {
  await signUp('ada');
  await pair.caughtUp();
  expect(await seen()).toEqual(['ada']);
  await expect(pair.ask('standby', 'delete from users')).rejects.toMatchObject({ code: '25006' });

  await pair.pauseReplay();
  await signUp('bob');
  expect(await seen()).toEqual(['ada']);
  await pair.resumeReplay();
  await pair.caughtUp();
  expect(await seen()).toEqual(['ada', 'bob']);

  await pair.stopStreaming();
  await signUp('lost');
  expect(await behindTheProxy()).toEqual({ standby: false });
  proxy.leadTo(pair.standby);
  expect(await behindTheProxy()).toEqual({ standby: true });
  await pair.stopPrimary();
  await pair.promote();
  expect(await behindTheProxy()).toEqual({ standby: false });
  await pair.ask('standby', `delete from users where display_name = 'ada'`);
  expect(await seen()).toEqual(['bob']);
});
