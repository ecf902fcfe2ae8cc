import { Client } from 'pg';
import { expect, onTestFinished } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';

const CONNECTIONS = 6;

const it = apiTest
  .extend('variables', PER_FILE, { DATABASE_POOL_SIZE: String(CONNECTIONS) })
  .extend('ada', PER_FILE, ({ server }) => server.signUp())
  .extend('conversationId', PER_FILE, ({ server, ada }) => server.createConversation(ada))
  .extend('steps', PER_FILE, ({ server }) => {
    /** Blocks readings of posts until the test ends: each request for posts occupies a connection and waits. */
    async function holdPosts(): Promise<void> {
      const client = new Client(server.database.connection);
      await client.connect();
      await client.query('begin; lock table posts in access exclusive mode');
      const pages = Array.from({ length: CONNECTIONS }, () => server.call('GET', '/posts'));
      onTestFinished(async () => {
        await client.end();
        await Promise.all(pages);
      });
      const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      await expect.poll(async () => (await server.database.query(waiting)).length).toBe(CONNECTIONS - 2);
    }

    return { holdPosts };
  });

it('messages are stored, and the server is ready, while everything else waits for a connection', async ({
  steps,
  server,
  conversationId,
  ada,
}) => {
  await steps.holdPosts();
  const send = (content: string) =>
    server.call('POST', `/chat/conversations/${conversationId}/messages`, {
      token: ada.token,
      body: { content },
    });
  const sent = await Promise.all(['one', 'two', 'three'].map(send));
  expect(sent.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect((await server.call('GET', '/health/ready')).status).toBe(200);
});
