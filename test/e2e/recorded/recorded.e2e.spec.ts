import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { STOCK_CLIENTS } from '../../support/stock-clients.js';
import { TestServer } from '../../support/test-server.js';
import { recordHttp } from './http-session.js';
import { Recording } from './recording.js';
import { recordSocket } from './socket-session.js';

let server: TestServer;
let recording: Recording;

beforeAll(async () => {
  server = await TestServer.start();
});
afterEach(() => server.database.query('truncate users cascade'));
afterAll(() => server.stop());

it('the calls of a client are answered as they were recorded', async () => {
  recording = new Recording(server.url);
  await recordHttp(recording);
  await expect(recording.text).toMatchFileSnapshot('http.txt');
});

// One recording for all of them: what differs between the versions and transports is the opening alone.
it.each(
  Object.keys(STOCK_CLIENTS).flatMap((version) => ['websocket', 'polling'].map((way) => [version, way])),
)(
  'a session of the stock client %s over %s is answered and told as it was recorded',
  async (version, transport) => {
    recording = new Recording(server.url);
    await recordSocket(recording, server, version, transport);
    await expect(recording.text).toMatchFileSnapshot('socket.txt');
  },
);
