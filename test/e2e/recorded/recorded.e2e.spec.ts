import { expect } from 'vitest';
import { STOCK_CLIENTS } from '../../support/stock-clients.js';
import { apiTest as it } from '../../support/api-test.js';
import { recordHttp } from './http-session.js';
import { Recording } from './recording.js';
import { recordSocket } from './socket-session.js';

it.afterEach(async ({ server }) => {
  await server.database.query('truncate users cascade');
});

it('the calls of a client are answered as they were recorded', async ({ server }) => {
  const recording = new Recording(server.url);
  await recordHttp(recording);
  await expect(recording.text).toMatchFileSnapshot('http.txt');
});

// One recording serves all versions and transports: only the opening differs between them.
it.for(
  Object.keys(STOCK_CLIENTS).flatMap((version) =>
    ['websocket', 'polling'].map((way) => [version, way] as const),
  ),
)(
  'a session of the stock client %s over %s gets the answers and events that were recorded',
  async ([version, transport], { server }) => {
    const recording = new Recording(server.url);
    await recordSocket(recording, server, version, transport);
    await expect(recording.text).toMatchFileSnapshot('socket.txt');
  },
);
