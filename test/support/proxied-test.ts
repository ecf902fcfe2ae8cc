import { apiTest, PER_FILE } from './api-test.js';
import { DatabaseProxy } from './database-proxy.js';
import { TestServer } from './test-server.js';

/** The test of a spec whose server reaches its database through a relay, `proxy`. */
export const proxiedTest = apiTest
  .extend('proxied', PER_FILE, async ({ variables }, { onCleanup }) => {
    const { promise, resolve } = Promise.withResolvers<DatabaseProxy>();
    const server = await TestServer.start(variables, async (database) => {
      const opened = await DatabaseProxy.open(database);
      resolve(opened);
      return opened.connection;
    });
    const proxy = await promise;
    onCleanup(async () => {
      await server.stop();
      await proxy.close();
    });
    return { server, proxy };
  })
  .extend('server', PER_FILE, ({ proxied }) => proxied.server)
  .extend('proxy', PER_FILE, ({ proxied }) => proxied.proxy);
