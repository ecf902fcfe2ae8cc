import { request as rawRequest } from 'node:http';
import { json } from 'node:stream/consumers';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnswerBody } from '../../support/answer-body.js';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { type Node, startNode } from '../auth/support.js';
import { refusal, request, sortedStatuses, UNKNOWN_ID } from './support.js';

let server: TestServer;
let second: Node;
let ada: TestUser;
let bob: TestUser;

beforeAll(async () => {
  server = await TestServer.start();
  second = await startNode(server);
});
afterAll(async () => {
  await second.app.close();
  await server.stop();
});
beforeEach(async () => {
  [ada, bob] = await Promise.all([server.signUp('Ada'), server.signUp('Bob')]);
});

const headers = (key: string | undefined, user = ada): Record<string, string> => ({
  authorization: `Bearer ${user.token}`,
  'content-type': 'application/json',
  ...(key === undefined ? {} : { 'idempotency-key': key }),
});
const rows = async (table: string, owner: string) =>
  (await server.database.query(`select from ${table} where ${owner} = $1`, [ada.id])).length;

describe.each([
  {
    path: '/chat/conversations',
    body: () => ({ title: 'Plans', memberIds: [bob.id] }),
    other: () => ({ title: 'Other plans', memberIds: [bob.id] }),
    invalid: () => ({ title: '', memberIds: [bob.id] }),
    stored: () => rows('conversations', 'created_by'),
  },
  {
    path: '/posts',
    body: () => ({ title: 'Title', content: 'Line\u2028 "é" 🦊 \\ \u0001', visibility: 'private' }),
    other: () => ({ title: 'Title', content: 'Other', visibility: 'private' }),
    invalid: () => ({ title: 'Title', content: '' }),
    stored: () => rows('posts', 'owner_id'),
  },
])('POST $path', ({ path, body, other, invalid, stored }) => {
  const post = (key: string | undefined, content: object = body(), user = ada, url = server.url) =>
    request(url, path, { method: 'POST', headers: headers(key, user), body: JSON.stringify(content) });
  const bytes = async (key: string) => {
    const init = { method: 'POST', headers: headers(key), body: JSON.stringify(body()) };
    const answer = await fetch(server.url + path, init);
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
  };

  it('answers a repeat with the same status and bytes, quoted or not, and stores one row', async () => {
    const first = await bytes('one "\\');
    expect([first.status, first.type]).toEqual([201, 'application/json; charset=utf-8']);
    expect(await bytes('one "\\')).toEqual(first);
    expect(await bytes('"one \\"\\\\"')).toEqual(first);
    expect(await stored()).toBe(1);
  });

  it('answers to the letter what it answers without a key', async () => {
    const [keyed, plain] = [await post('one'), await post(undefined)];
    expect(Object.keys(keyed.body)).toEqual(Object.keys(plain.body));
    expect([keyed.status, plain.status]).toEqual([201, 201]);
    expect(new Set([keyed.body.id, plain.body.id, (await post(undefined)).body.id]).size).toBe(3);
  });

  it('does not mind in which order the fields come', async () => {
    const first = await post('one');
    const turned = Object.fromEntries(Object.entries(body()).toReversed());
    expect((await post('one', turned)).body).toEqual(first.body);
  });

  it('refuses another body under the key', async () => {
    const first = await post('one');
    expect(refusal(await post('one', other()))).toBe('409 IDEMPOTENCY_KEY_REUSED');
    expect((await post('one')).body).toEqual(first.body);
    expect(await stored()).toBe(1);
  });

  it('validates the body before it checks the key, and stores no refusal', async () => {
    expect(refusal(await post('one', invalid()))).toBe('400 VALIDATION_FAILED');
    expect((await post('one')).status).toBe(201);
    expect(refusal(await post('one', invalid()))).toBe('400 VALIDATION_FAILED');
  });

  it('gives the same key of another user another answer', async () => {
    const [mine, theirs] = [await post('one'), await post('one', undefined, bob)];
    expect(theirs.status).toBe(201);
    expect(theirs.body.id).not.toBe(mine.body.id);
  });

  it('stores one row for twenty parallel repeats over two nodes, and all get its answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => post('many', body(), ada, n % 2 ? server.url : second.url)),
    );
    expect(sortedStatuses(answers)).toEqual(Array(20).fill(201));
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    expect(await stored()).toBe(1);
  });

  it('never answers parallel uses of a key for several things but with the one and 409', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        post('many', n % 4 < 2 ? body() : other(), ada, n % 2 ? server.url : second.url),
      ),
    );
    expect(sortedStatuses(answers)).toEqual([...Array(4).fill(201), ...Array(4).fill(409)]);
    expect(await stored()).toBe(1);
  });

  it.each(['', '""', 'x'.repeat(65), `"${'x'.repeat(65)}"`, 'caf\xe9', '"open', 'a\tb'])(
    'refuses the key %j and creates nothing',
    async (key) => {
      const answer = await post(key);
      expect(refusal(answer)).toBe('400 VALIDATION_FAILED');
      expect(answer.body.details.map(({ path: where }: { path: string }) => where)).toEqual([
        'Idempotency-Key',
      ]);
      expect(await stored()).toBe(0);
    },
  );

  it('refuses a header that is sent twice', async () => {
    const { hostname, port } = new URL(server.url);
    const sent = rawRequest({
      hostname,
      port,
      path,
      method: 'POST',
      headers: { ...headers(undefined), 'Idempotency-Key': ['one', 'one'] },
    });
    sent.end(JSON.stringify(body()));
    const answer = await new Promise<AnswerBody>((resolve, reject) => {
      sent.on('error', reject);
      sent.on(
        'response',
        (response) => void json(response).then((read) => resolve(read as AnswerBody), reject),
      );
    });
    expect(answer).toMatchObject({ code: 'VALIDATION_FAILED', details: [{ path: 'Idempotency-Key' }] });
    expect(await stored()).toBe(0);
  });

  it('refuses a request without a token before it checks the key', async () => {
    const answer = await post('', body(), { ...ada, token: 'none' });
    expect(refusal(answer)).toBe('401 TOKEN_INVALID');
  });

  it('keeps nothing of an account that was deleted', async () => {
    await post('one');
    expect(await rows('idempotency_keys', 'user_id')).toBe(1);
    await server.call('DELETE', '/users/me', {
      token: ada.token,
      body: { password: 'correct horse battery' },
    });
    expect(await rows('idempotency_keys', 'user_id')).toBe(0);
  });
});

const createUnder = (key: string, path: string, body: object) =>
  request(server.url, path, { method: 'POST', headers: headers(key), body: JSON.stringify(body) });

it('stores no refusal: a key whose creation found no such user is free', async () => {
  const path = '/chat/conversations';
  expect(refusal(await createUnder('one', path, { memberIds: [UNKNOWN_ID] }))).toBe('404 USER_NOT_FOUND');
  expect((await createUnder('one', path, { memberIds: [bob.id] })).status).toBe(201);
});

it('keeps apart the routes', async () => {
  const conversation = await createUnder('one', '/chat/conversations', { memberIds: [] });
  const post = await createUnder('one', '/posts', { title: 'Title', content: 'Text' });
  expect([conversation.status, post.status]).toEqual([201, 201]);
});

it('is documented where it works, and nowhere else', async () => {
  const { paths } = (await server.call('GET', '/api/docs-json')).body as unknown as {
    paths: Record<string, Record<string, { parameters?: { name: string; in: string }[] }>>;
  };
  const documented = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { parameters = [] }]) => parameters.some(({ name }) => name === 'Idempotency-Key'))
      .map(([method]) => `${method} ${path}`),
  );
  expect(documented).toEqual(['post /chat/conversations', 'post /posts']);
});

const post = (n: number) => createUnder('one', '/posts', { title: `Title ${n}`, content: 'Text' });
const waiting = () =>
  server.database.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
const untilOneWaits = () =>
  vi.waitUntil(async () => (await waiting()).length > 0, { interval: 5, timeout: 5_000 });

describe('while the first is held up', () => {
  let first: Client;

  beforeEach(async () => {
    first = new Client(server.database.connection);
    await first.connect();
    await first.query('begin');
    await first.query(
      `insert into idempotency_keys (user_id, route, key, body_sha256) values ($1, 'POST /posts', 'one', '')`,
      [ada.id],
    );
  });
  afterEach(() => first.end());

  it('repeats wait on one connection, however many they are, and one of them is the next first', async () => {
    const repeats = [1, 1, 1, 2, 2, 2].map(post);
    await untilOneWaits();
    // Other requests of the same user are served meanwhile.
    expect((await createUnder('two', '/posts', { title: 'Title', content: 'Text' })).status).toBe(201);
    expect(await waiting()).toHaveLength(1);
    await first.query('rollback');
    const answers = await Promise.all(repeats);
    expect(sortedStatuses(answers)).toEqual([...Array(3).fill(201), ...Array(3).fill(409)]);
    expect(await rows('posts', 'owner_id')).toBe(2);
  });

  it('a repeat that has waited too long gets a 503 and has done nothing', async () => {
    const repeat = post(1);
    await untilOneWaits();
    // This simulates the statement timeout.
    for (const { pid } of await waiting()) await server.database.query('select pg_cancel_backend($1)', [pid]);
    const answer = await repeat;
    expect(refusal(answer)).toBe('503 UNAVAILABLE');
    expect(answer.body).not.toHaveProperty('outcome');
    await first.query('rollback');
    expect((await post(1)).status).toBe(201);
    expect(await rows('posts', 'owner_id')).toBe(1);
  });
});
