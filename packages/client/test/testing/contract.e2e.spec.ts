import { expect } from 'vitest';
import { apiTest as it } from '../../../../test/support/api-test.ts';
import { systemClock } from '../../src/defaults/system-clock.ts';
import { webTransport } from '../../src/defaults/web-transport.ts';
import { createTestServer } from '../../src/testing/public-api.ts';
import { scenarios } from './scenarios.ts';
import { type Host, Stage } from './stage.ts';

let runs = 0;

/** What a scenario is told by a server. */
async function play(name: string, host: Host): Promise<readonly unknown[]> {
  runs += 1;
  const stage = new Stage(host, String(runs));
  try {
    await scenarios[name]?.(stage);
    return stage.transcript.entries;
  } finally {
    stage.end();
  }
}

it.for(Object.keys(scenarios))('%s: as the server does it', async (name, { server }) => {
  const real = await play(name, { url: server.url, open: () => webTransport(systemClock) });
  const memory = createTestServer();
  const fake = await play(name, { url: memory.url, open: () => memory.transport() });
  expect(fake).toEqual(real);
});
