import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { RawPolling } from './raw-polling.js';
import { RawWebSocket } from './raw-websocket.js';
import { SilentPeer } from './silent-peer.js';

/** Milliseconds instead of ten seconds. */
const LIMIT = 1_500;
const OTHER_LIMIT = { outside: LIMIT };

let server: TestServer;
let hurried: TestServer;

beforeAll(async () => {
  [server, hurried] = await Promise.all([TestServer.start(), TestServer.start({}, undefined, OTHER_LIMIT)]);
});
afterAll(() => Promise.all([server.stop(), hurried.stop()]));

const connectPacket = ({ token }: { token: string }) => `40/chat,${JSON.stringify({ token })}`;

async function millisecondsTo(end: Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await end;
  return performance.now() - begun;
}

/** Enters the namespace and leaves it again, so often. */
async function visit(peer: SilentPeer, user: TestUser, times: number, { url } = server): Promise<void> {
  for (let visits = 1; visits <= times; visits += 1) {
    peer.send(connectPacket(user));
    await peer.waitForText('["ready"', visits);
    peer.send('41/chat,');
    // When the server has answered, it has read all earlier packets.
    await fetch(`${url}/health`);
  }
}

describe('a connection that leaves the namespace', () => {
  test.each(['websocket', 'polling'])(
    'is closed when its time outside is over, over %s',
    async (transport) => {
      const user = await hurried.signUp();
      const raw = await (transport === 'polling' ? RawPolling : RawWebSocket).join(hurried.url, user.token);
      await (raw instanceof RawPolling ? raw.post('41/chat,') : raw.send('41/chat,'));
      const lasted = await millisecondsTo(raw instanceof RawPolling ? raw.untilClosed() : raw.closed);
      expect(lasted).toBeLessThan(LIMIT + 1_000);
    },
  );

  test('has no new time outside for coming back', async () => {
    const user = await hurried.signUp();
    const peer = await SilentPeer.open(hurried.url);
    const begun = performance.now();
    await visit(peer, user, 2, hurried);
    await peer.ended;
    expect(performance.now() - begun).toBeLessThan(LIMIT + 1_000);
  });

  test('may come back, but its fourth CONNECT ends it', async () => {
    const user = await server.signUp();
    const peer = await SilentPeer.open(server.url);
    await visit(peer, user, 3);
    peer.send(connectPacket(user));
    expect(await millisecondsTo(peer.ended)).toBeLessThan(1_000);
    expect(peer.count('["ready"')).toBe(3);
  });

  test('ends with its session, as if it had stayed', async () => {
    const user = await server.signUp();
    const peer = await SilentPeer.open(server.url);
    await visit(peer, user, 1);
    await server.call('POST', '/auth/logout', { token: user.token });
    expect(await millisecondsTo(peer.ended)).toBeLessThan(1_000);
  });

  test('and enters again with another session is not closed with the former one', async () => {
    const [former, present] = [await server.signUp(), await server.signUp()];
    const peer = await SilentPeer.open(server.url);
    await visit(peer, former, 1);
    peer.send(connectPacket(present));
    await peer.waitForText('["ready"', 2);
    await server.call('POST', '/auth/logout', { token: former.token });
    peer.send('42/chat,7["join_all"]');
    await peer.waitForText('43/chat,7');
    expect(peer.count('session_revoked')).toBe(0);
  });
});

describe('fifty CONNECTs in one write', () => {
  test('give one socket at most, over polling', async () => {
    const user = await server.signUp();
    const raw = await RawPolling.open(server.url);
    await raw.post(Array(50).fill(connectPacket(user)).join('\u001e'));
    const packets = await raw.untilClosed();
    expect(packets.filter((packet) => packet.includes('"ready"')).length).toBeLessThanOrEqual(1);
  });

  test('give one socket at most, over a websocket', async () => {
    const user = await server.signUp();
    const peer = await SilentPeer.open(server.url);
    peer.send(...Array(50).fill(connectPacket(user)));
    await peer.ended;
    expect(peer.count('"ready"')).toBeLessThanOrEqual(1);
  });
});

describe('a peer that answers no close', () => {
  test('is closed a second after it was refused', async () => {
    const peer = await SilentPeer.open(server.url);
    peer.send('40/chat,{"token":"x"}');
    await peer.waitForText('44/chat');
    expect(await millisecondsTo(peer.ended)).toBeLessThan(1_000);
  });

  test('is closed when its time outside the namespaces is over', async () => {
    const peer = await SilentPeer.open(hurried.url);
    const lasted = await millisecondsTo(peer.ended);
    expect(lasted).toBeGreaterThan(LIMIT - 100);
    expect(lasted).toBeLessThan(LIMIT + 1_000);
  });

  test('is closed a second after it broke the protocol', async () => {
    const peer = await SilentPeer.open(server.url);
    peer.send('42/chat,["x"]');
    expect(await millisecondsTo(peer.ended)).toBeLessThan(1_500);
  });

  test('is closed when it was refused and never polls', async () => {
    const raw = await RawPolling.open(server.url);
    await raw.post('40/chat,{"token":"x"}');
    await server.call('GET', '/health');
    const gone = async (): Promise<boolean> => (await raw.post('3')) === 400;
    await expect.poll(gone, { timeout: 1_500 }).toBe(true);
  });

  test('is closed a second after its session has ended', async () => {
    const user = await server.signUp();
    const peer = await SilentPeer.open(server.url);
    peer.send(connectPacket(user));
    await peer.waitForText('["ready"');
    await server.call('POST', '/auth/logout', { token: user.token });
    expect(await millisecondsTo(peer.ended)).toBeLessThan(1_500);
    expect(peer.count('session_revoked')).toBe(1);
  });

  test('is closed when its session has ended and it never polls', async () => {
    const user = await server.signUp();
    const raw = await RawPolling.join(server.url, user.token);
    await server.call('POST', '/auth/logout', { token: user.token });
    const gone = async (): Promise<boolean> => (await raw.post('3')) === 400;
    await expect.poll(gone, { timeout: 1_500 }).toBe(true);
  });
});
