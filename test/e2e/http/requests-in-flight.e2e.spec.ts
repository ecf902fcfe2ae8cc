import { connect } from 'node:net';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';

/** Maximum requests in flight of one client. */
const EACH = 8;

/**
 * Every reading of posts waits as long as the advisory lock 1 is held. It polls, because a wait for a lock would end
 * soon.
 */
const SLOW_POSTS = `
  create function wait_for_release() returns boolean language plpgsql volatile as $$ begin
    while not pg_try_advisory_xact_lock_shared(1) loop perform pg_sleep(0.02); end loop;
    return true;
  end $$;
  do $$ declare arguments text; result text; begin
    select pg_get_function_identity_arguments(oid), pg_get_function_result(oid) into arguments, result
      from pg_proc where proname = 'find_posts';
    execute format('alter function find_posts(%s) rename to find_posts_at_once', arguments);
    execute format('create function find_posts(%s) returns %s language plpgsql as $find$ begin
      perform wait_for_release(); return query select * from find_posts_at_once($1, $2, $3); end $find$', arguments, result);
  end $$`;

let server: TestServer;
let ada: TestUser;
let bob: TestUser;

beforeAll(async () => {
  server = await TestServer.start({ DATABASE_POOL_SIZE: '60' });
  [ada, bob] = await Promise.all([server.signUp(), server.signUp()]);
  await server.database.query(SLOW_POSTS);
});
afterAll(() => server.stop());

/** Blocks readings of posts until it is called: each request for posts keeps a statement in flight. */
async function holdPosts(): Promise<() => Promise<void>> {
  const client = new Client(server.database.connection);
  await client.connect();
  await client.query('select pg_advisory_lock(1)');
  let held = true;
  const release = async () => {
    if (held) await client.end();
    held = false;
  };
  onTestFinished(release);
  return release;
}

const statements = async () => {
  const reading = `select from pg_stat_activity where datname = current_database() and state = 'active'
    and pid <> pg_backend_pid() and query like '%find_posts%'`;
  return (await server.database.query(reading)).length;
};
const page = (user?: TestUser) => server.call('GET', '/posts', user ? { token: user.token } : {});
const many = (count: number, user?: TestUser) => Array.from({ length: count }, () => page(user));

it('one client has a bounded number of statements in flight, and the rest of its requests waits', async () => {
  const release = await holdPosts();
  const asked = [...many(30), ...many(30, ada), ...many(1, bob)];
  await expect.poll(statements).toBe(2 * EACH + 1);
  expect((await server.call('GET', '/users/me', { token: bob.token })).status).toBe(200);
  expect(await statements()).toBe(2 * EACH + 1);
  await release();
  const answers = await Promise.all(asked);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
});

it('of the reads of one address two are worked on at a time, for all users together, and other requests do not wait for them', async () => {
  const usual = await TestServer.start({ THROTTLE_GLOBAL_LIMIT: '120' });
  onTestFinished(() => usual.stop());
  const users = [await usual.signUp(), await usual.signUp()];
  const client = new Client(usual.database.connection);
  await client.connect();
  await client.query('begin; lock table posts in access exclusive mode');
  const waiting = async () =>
    (
      await usual.database.query(`select from pg_locks join pg_database d on d.oid = database
        where datname = current_database() and relation = 'posts'::regclass and not granted`)
    ).length;
  const asked = [undefined, ...users].flatMap((user) =>
    Array.from({ length: 3 }, () => usual.call('GET', '/posts', user ? { token: user.token } : {})),
  );
  await expect.poll(waiting).toBe(2);
  const conversationId = await usual.createConversation(users[0] as TestUser, users.slice(1));
  expect(conversationId).toBeTypeOf('string');
  // A statement that has met the lock for too long is repeated: for a moment fewer of them wait.
  await expect.poll(waiting).toBe(2);
  await client.end();
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(asked.map(() => 200));
});

it.each(['signup', 'login', 'refresh'])('none of them keeps a neighbour from %s', async (entry) => {
  const release = await holdPosts();
  const asked = many(2 * EACH);
  await expect.poll(statements).toBe(EACH);
  expect((await server.call('POST', `/auth/${entry}`, { body: {} })).status).toBe(400);
  expect(await statements()).toBe(EACH);
  await release();
  await Promise.all(asked);
});

it('a pipeline on one connection counts like any other requests, and its answers come in order', async () => {
  const release = await holdPosts();
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  const pages = Array.from({ length: 20 }, (_, n) => `GET /posts?page=${n + 1} HTTP/1.1\r\nHost: x\r\n\r\n`);
  socket.write(pages.join(''));
  await expect.poll(statements).toBe(EACH);
  await release();
  let answered = '';
  socket.on('data', (data) => (answered += String(data)));
  await expect.poll(() => answered.match(/"page":\d+/g)).toEqual(pages.map((_, n) => `"page":${n + 1}`));
});

it('a client that disconnects does not get more of them', async () => {
  const release = await holdPosts();
  for (let round = 0; round < 3; round += 1) {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write('GET /posts HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(EACH));
    await expect.poll(statements).toBe(EACH);
    socket.destroy();
  }
  expect(await statements()).toBe(EACH);
  await release();
  expect((await page()).status).toBe(200);
});
