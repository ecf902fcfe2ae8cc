import { afterEach, expect, it } from 'vitest';
import { PgBouncer } from '../support/pgbouncer.js';
import { TestDatabase } from '../support/test-database.js';
import { signUp } from './demo.js';
import { cleanUp, ServerProcess } from './server-process.js';
import { urlOf } from './test-postgres.js';

afterEach(cleanUp);

it('servers start behind a pooler in transaction mode one after another, log the pooler, and serve', async () => {
  const database = await TestDatabase.empty();
  const pooler = await PgBouncer.start(database, { pool_mode: 'transaction' });
  try {
    const settings = {
      DATABASE_URL: urlOf(pooler.connection),
      JWT_ACCESS_SECRET: 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA-fault-tests',
    };
    for (const _ of ['migrates', 'finds it done']) {
      const server = await ServerProcess.start(settings);
      await signUp(server.url);
      const lines = server.log
        .map(({ msg }) => msg)
        .filter((msg) => msg.includes('pooler in transaction mode'));
      expect(lines).toHaveLength(1);
      expect(server.stderr).toBe('');
      await server.stop('SIGKILL');
    }
  } finally {
    await cleanUp();
    await pooler.stop();
    await database.drop();
  }
});
