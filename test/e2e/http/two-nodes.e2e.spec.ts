import { pino } from 'pino';
import { expect } from 'vitest';
import { listen } from '../../../src/arch/common/interface/http/server/listen.js';
import { createApp } from '../../../src/arch/create-app.js';
import { callApi } from '../../support/api.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { insertUsers, sortedStatuses, storedHead } from './support.js';

/** Order and uniqueness are guaranteed by the database, so a second server on it changes nothing. */
const it = apiTest
  .extend('second', PER_FILE, async ({ server }, { onCleanup }) => {
    const second = await createApp(server.config, server.database.connection, pino({ level: 'silent' }));
    onCleanup(() => second.close());
    return second;
  })
  .extend('urls', PER_FILE, async ({ server, second }): Promise<[string, string]> => [
    server.url,
    `http://127.0.0.1:${await listen(second, 0)}`,
  ])
  .extend('steps', PER_FILE, ({ urls, owner }) => ({
    /** Sends `count` simultaneous requests, alternately to both servers. */
    parallel: (count: number, path: string, body: (n: number) => object) =>
      Promise.all(
        Array.from({ length: count }, (_, n) =>
          callApi(urls[n % 2 === 0 ? 0 : 1], 'POST', path, { token: owner.token, body: body(n) }),
        ),
      ),
  }));

it('numbers messages without holes', async ({ steps, server, owner }) => {
  const id = await server.createConversation(owner);
  const answers = await steps.parallel(40, `/chat/conversations/${id}/messages`, (n) => ({
    content: `text ${n}`,
  }));
  expect(sortedStatuses(answers)).toEqual(Array(40).fill(201));
  const seqs: number[] = answers.map(({ body }) => body.seq);
  expect(seqs.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
  expect(await storedHead(server, id)).toMatchObject({ lastSeq: 40, rev: 40 });
});

it('stores a repeated clientMessageId once', async ({ steps, server, owner }) => {
  const id = await server.createConversation(owner);
  const body = { content: 'Hello', clientMessageId: 'one' };
  const answers = await steps.parallel(6, `/chat/conversations/${id}/messages`, () => body);
  expect(sortedStatuses(answers)).toEqual([200, 200, 200, 200, 200, 201]);
  expect(new Set(answers.map(({ body: message }) => message.id)).size).toBe(1);
  expect(await storedHead(server, id)).toMatchObject({ lastSeq: 1, rev: 1 });
});

it('adds a user once', async ({ steps, server, owner }) => {
  const id = await server.createConversation(owner);
  const [userId] = await insertUsers(server, 1);
  const answers = await steps.parallel(10, `/chat/conversations/${id}/members`, () => ({ userId }));
  expect(sortedStatuses(answers)).toEqual([201, ...Array(9).fill(409)]);
  expect(await storedHead(server, id)).toMatchObject({ rev: 1, membersRev: 1, memberCount: 2, rows: 2 });
});
