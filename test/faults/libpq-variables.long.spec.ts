import { afterEach, expect, it } from 'vitest';
import { cleanUp, ServerProcess } from './server-process.js';

afterEach(cleanUp);

it('PGOPTIONS and similar variables do not reach the embedded server', async () => {
  const server = await ServerProcess.start({
    PGOPTIONS: '-c search_path=nowhere -c default_transaction_read_only=on',
    PGSSLNEGOTIATION: 'direct',
    PGREPLICATION: 'database',
  });
  expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
});
