import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { RedisConnection } from '../../../src/arch/common/infrastructure/redis/redis-connection.js';
import { type ApiAnswer, callApi } from '../../support/api.js';
import type { TestUser } from '../../support/test-server.js';
import { insertUsers } from '../http/support.js';
import { TwoNodes } from './two-nodes.js';

const [ONE, TWO] = [0, 1];

let nodes: TwoNodes;
let ada: TestUser;
let others: readonly string[];

beforeAll(async () => {
  nodes = await TwoNodes.start({ LIMIT_CONVERSATIONS_HOUR: '4', LIMIT_ADDED_MEMBERS_HOUR: '6' });
});
beforeEach(async () => {
  ada = await nodes.one.signUp('Ada');
  others = await insertUsers(nodes.one, 10);
});
afterAll(() => nodes.stop());

/** After the answer, what the node has counted is reported: Redis answers in order. */
async function call(node: number, method: string, path: string, body?: object, headers = {}) {
  const answer = await callApi(nodes.urls[node] ?? '', method, `/chat/conversations${path}`, {
    token: ada.token,
    body,
    headers,
  });
  for (const { app } of [nodes.one, nodes.two]) await app.get(RedisConnection).client?.ping();
  return answer;
}
const create = (node: number, members = 0, headers = {}) =>
  call(node, 'POST', '', { memberIds: others.slice(0, members) }, headers);
const open = (node: number, n: number) => call(node, 'PUT', `/direct/${others[n]}`);
const add = (node: number, id: string, n: number) =>
  call(node, 'POST', `/${id}/members`, { userId: others[n] });

function expectRefused({ status, body, headers }: ApiAnswer): void {
  expect([status, body.code]).toEqual([429, 'RATE_LIMITED']);
  const wait = Number(headers.get('retry-after'));
  expect(wait).toBeGreaterThan(3_500);
  expect(wait).toBeLessThanOrEqual(3_600);
}

it('conversations of an hour are counted together on two nodes, groups and direct ones', async () => {
  expect((await create(ONE)).status).toBe(201);
  expect((await open(ONE, 0)).status).toBe(201);
  expect((await open(TWO, 1)).status).toBe(201);
  expect((await create(TWO)).status).toBe(201);
  expectRefused(await create(TWO));
  expectRefused(await open(TWO, 2));
  expect((await open(TWO, 0)).status).toBe(200);
  // What others have counted since its own last report, a node learns with the next one.
  expect((await create(ONE)).status).toBe(201);
  expectRefused(await create(ONE));
  expectRefused(await open(ONE, 2));
  expect((await call(ONE, 'GET', '')).body.data).toHaveLength(5);
});

it('members of an hour are counted together on two nodes, those of new conversations and added ones', async () => {
  const { id } = (await create(ONE, 3)).body;
  expect((await add(TWO, id, 3)).status).toBe(201);
  expectRefused(await create(TWO, 3));
  expect((await create(TWO, 2)).status).toBe(201);
  expectRefused(await add(TWO, id, 4));
  expect((await add(ONE, id, 4)).status).toBe(201);
  expectRefused(await add(ONE, id, 5));
  expect((await call(TWO, 'GET', `/${id}`)).body.memberCount).toBe(6);
});

it('a creation that the other node repeats is counted once', async () => {
  const key = { 'idempotency-key': 'one' };
  const answers: ApiAnswer[] = [];
  for (const node of [ONE, TWO, ONE, TWO, ONE, TWO]) answers.push(await create(node, 0, key));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201, 201]);
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  for (const _ of [1, 2, 3]) expect((await create(TWO)).status).toBe(201);
  expectRefused(await create(TWO));
});
