import { expect } from 'vitest';
import { AcquaintancePort } from '../../../src/arch/modules/chat/application/ports/acquaintance.port.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import type { TestSocket } from '../../support/test-socket.js';
import { signToken } from '../contract/operation-context.js';
import { insertUsers } from '../http/support.js';

const it = apiTest.extend('variables', PER_FILE, {
  THROTTLE_WS_LIMIT: '1000',
  THROTTLE_GLOBAL_LIMIT: '5000',
});

const JOIN = `
with joined as (
  insert into conversation_members (conversation_id, user_id) select $1, unnest($2::uuid[])
)
update conversations set member_count = member_count + cardinality($2::uuid[]) where id = $1`;

/** The users that one subscription may name. */
const PART = 200;
const USERS = 3 * PART;

it('600 users come and go at once: each change reaches the watcher once, and many share a statement', async ({
  server,
  connect,
}) => {
  const ada = await server.signUp('Ada');
  const id = await server.createConversation(ada);
  const users = await insertUsers(server, USERS);
  await server.database.query(JOIN, [id, users]);
  const parts = Array.from({ length: USERS / PART }, (_, part) =>
    users.slice(part * PART, (part + 1) * PART),
  );
  const watching = await Promise.all(parts.map(() => connect(ada)));
  for (const [index, userIds] of parts.entries())
    await watching[index]?.emit('subscribe_presence', { userIds });
  const acquaintances = server.app.get(AcquaintancePort, { strict: false });
  const find = acquaintances.findAcquaintances.bind(acquaintances);
  const asked: number[] = [];
  acquaintances.findAcquaintances = (pairs) => {
    asked.push(pairs.length);
    return find(pairs);
  };
  const statuses = () =>
    watching.flatMap((socket) =>
      socket.all('presence').map(({ userId, status }) => `${String(userId)} ${String(status)}`),
    );
  const all = (status: string) => users.map((user) => `${user} ${status}`);

  const tokens = await Promise.all(users.map((sub) => signToken(server.config, { sub })));
  const sockets: TestSocket[] = [];
  for (let start = 0; start < USERS; start += 50) {
    sockets.push(...(await Promise.all(tokens.slice(start, start + 50).map((token) => connect({ token })))));
  }
  for (const socket of watching) await socket.waitFor('presence', PART);
  expect(statuses().toSorted()).toEqual(all('online').toSorted());
  for (const socket of sockets) socket.close();
  for (const socket of watching) await socket.waitFor('presence', 2 * PART);
  expect(statuses().toSorted()).toEqual([...all('online'), ...all('offline')].toSorted());
  // One pair for each change, whoever else comes and goes.
  expect(asked.reduce((sum, count) => sum + count, 0)).toBe(2 * USERS);
  expect(asked.length).toBeLessThan(2 * USERS);
});
