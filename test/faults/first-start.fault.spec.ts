import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { demoId } from '../../src/arch/common/domain/demo-data.js';
import { callApi } from '../support/api.js';
import { DEMO_CONVERSATION, history, logIn, send } from './demo.js';
import { ask, waitForPostmasterEnd, runningPostmaster } from './postmaster.js';
import { cleanUp, type RunningServer, ServerProcess } from './server-process.js';
import { temporaryFolder } from './temporary-folder.js';

afterAll(cleanUp);

const rowCounts = (dataDir: string) =>
  ask(
    runningPostmaster(dataDir).connection,
    `select (select count(*)::int from users) users, (select count(*)::int from conversations) conversations,
       (select count(*)::int from conversation_members) members, (select count(*)::int from messages) messages`,
  );

const waitForLine = (server: RunningServer, text: string) =>
  server.until(() => server.log.find(({ msg }) => msg.includes(text))?.msg);

it('prints the addresses and folders at the first start, and its demo logins work; the second keeps what is there, and seeds nothing again', async () => {
  const dataDir = join(temporaryFolder(), 'not/there/yet');
  const server = await ServerProcess.start({ DATA_DIR: dataDir });
  const port = new URL(server.url).port;

  expect(server.url).toBe(`http://localhost:${port}`);
  expect(await waitForLine(server, 'documentation')).toContain(`${server.url}/api/docs`);
  const logins = await waitForLine(server, 'Demo logins');
  for (const part of ['user1@example.com', 'user2@example.com', 'user3@example.com', 'Password123!']) {
    expect(logins).toContain(part);
  }
  expect(await waitForLine(server, 'data lies')).toContain(dataDir);
  expect(server.stderr).toBe('');

  expect((await fetch(`${server.url}/api/docs`)).status).toBe(200);
  expect(await rowCounts(dataDir)).toEqual([{ users: 6, conversations: 10, members: 23, messages: 71 }]);
  const lists = await Promise.all(
    ([1, 2, 3] as const).map(async (user) => {
      const token = await logIn(server.url, user);
      return (await callApi(server.url, 'GET', '/chat/conversations', { token })).body.data;
    }),
  );
  expect(lists.map((list) => list[0]?.id)).toEqual([DEMO_CONVERSATION, DEMO_CONVERSATION, undefined]);
  expect(lists[0]?.[0]).toMatchObject({ memberCount: 2, lastSeq: 5, rev: 5 });
  const token = await logIn(server.url);
  const amina = await callApi(server.url, 'GET', `/users/${demoId('4')}`, { token });
  const picture = await fetch(server.url + amina.body.avatarUrl);
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
  const messages = await history(server.url, await logIn(server.url, 2), DEMO_CONVERSATION);
  expect(messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);

  // The second start.
  expect((await send(server.url, token, DEMO_CONVERSATION, { content: 'Kept?' })).status).toBe(201);
  // As an earlier version has left it: with the first three accounts, and their conversation.
  const { connection } = runningPostmaster(dataDir);
  await ask(connection, `delete from conversations where id <> '${DEMO_CONVERSATION}'`);
  await ask(
    connection,
    `delete from users where email not in (select 'user' || n || '@example.com' from generate_series(1, 3) n)`,
  );
  await server.stop();
  await waitForPostmasterEnd(dataDir);

  const second = await ServerProcess.start({ DATA_DIR: dataDir });
  await waitForLine(second, 'Demo logins');
  expect(await rowCounts(dataDir)).toEqual([{ users: 3, conversations: 1, members: 2, messages: 6 }]);
  expect((await history(second.url, token, DEMO_CONVERSATION)).at(-1)).toMatchObject({
    seq: 6,
    content: 'Kept?',
  });
});
