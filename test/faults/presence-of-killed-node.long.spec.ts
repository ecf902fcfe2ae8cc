import { afterEach, expect, it } from 'vitest';
import type { RedisServer } from '../support/redis-server.js';
import { startRedis } from '../support/start-redis.js';
import { TestServer } from '../support/test-server.js';
import { TestSocket } from '../support/test-socket.js';
import { ServerProcess, cleanUp } from './server-process.js';
import { urlOf } from './test-postgres.js';

let redis: RedisServer | undefined;
let server: TestServer | undefined;
const sockets: TestSocket[] = [];
afterEach(async () => {
  sockets.splice(0).forEach((socket) => socket.close());
  await cleanUp();
  await server?.stop();
  await redis?.stop();
});

it('the users of a node that was killed are offline within a minute', async () => {
  const JWT_ACCESS_SECRET = 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA-fault-tests';
  redis = await startRedis();
  server = await TestServer.start({ REDIS_URL: redis.url, JWT_ACCESS_SECRET });
  const other = await ServerProcess.start({
    DATABASE_URL: urlOf(server.database.connection),
    REDIS_URL: redis.url,
    JWT_ACCESS_SECRET,
  });
  const [ada, bob] = [await server.signUp('Ada'), await server.signUp('Bob')];
  await server.createConversation(ada, [bob]);
  const watching = await TestSocket.connect(server.url, ada.token);
  sockets.push(watching);
  await watching.emit('subscribe_presence', { userIds: [bob.id] });
  sockets.push(await TestSocket.connect(other.url, bob.token));
  await watching.waitFor('presence', 1);
  const killedAt = performance.now();
  await other.stop('SIGKILL');
  await watching.waitFor('presence', 2);
  expect(performance.now() - killedAt).toBeLessThan(60_000);
  expect(watching.all('presence')).toMatchObject([{ status: 'online' }, { status: 'offline' }]);
});
