import { expect } from 'vitest';
import { apiTest } from '../../../../test/support/api-test.ts';
import { startNode } from '../../../../test/e2e/auth/support.ts';
import { FaultProxy } from '../../../../test/support/fault-proxy.ts';
import { TestServer } from '../../../../test/support/test-server.ts';
import type { ClientOptions } from '../../src/api/options.ts';
import { memoryStorage } from '../../src/defaults/memory-storage.ts';
import { systemClock } from '../../src/defaults/system-clock.ts';
import { webTransport } from '../../src/defaults/web-transport.ts';
import { CauserieError } from '../../src/errors/causerie-error.ts';
import type { Transport } from '../../src/ports.ts';
import { openRelay } from '../support/relays.ts';
import { type RealClient, realClient } from '../support/real-client.ts';

const PASSWORD = 'correct horse battery';

const it = apiTest
  .extend('proxy', async ({ server }, { onCleanup }) => {
    const proxy = await FaultProxy.open(server.url);
    onCleanup(() => proxy.close());
    return proxy;
  })
  .extend('open', async ({ server }, { onCleanup }) => {
    const clients: RealClient[] = [];
    onCleanup(async () => {
      for (const { link } of clients) await link.close();
    });
    return (options: ClientOptions = {}, url = server.url): RealClient => {
      const client = realClient(url, options);
      clients.push(client);
      return client;
    };
  });

it('signs up, comes online, sends and receives, changes the profile, and logs out', async ({ open }) => {
  const client = open();
  const user = await client.session.signup({
    email: 'ada@client.example',
    password: PASSWORD,
    displayName: 'Ada',
  });
  client.link.connect();
  await client.until('online');
  const created = client.next('conversation_added');
  const { id } = await client.link.call('POST /chat/conversations', { body: { memberIds: [] } });
  expect(await created).toMatchObject({ id });
  await client.link.emit('join_room', { conversationId: id });
  const received = client.next('new_message');
  const sent = await client.link.emit('send_message', { conversationId: id, content: 'Hello!' });
  expect(await received).toEqual(sent.message);
  expect((await client.session.updateProfile({ displayName: 'Ada L.' })).displayName).toBe('Ada L.');
  expect((await client.session.listDevices()).data).toHaveLength(1);
  await expect(client.link.emit('join_room', { conversationId: 'x' })).rejects.toMatchObject({
    code: 'VALIDATION_FAILED',
    status: 400,
    details: [expect.objectContaining({ path: 'conversationId' })],
  });
  await client.session.logout();
  expect(client.link.connection.getSnapshot()).toEqual({ status: 'signed-out', code: null });
  expect((await client.session.login({ email: 'ada@client.example', password: PASSWORD })).id).toBe(user.id);
  await client.until('online');
});

it('an avatar is uploaded and removed', async ({ open }) => {
  const client = open();
  await client.session.signup({ email: 'eve@client.example', password: PASSWORD, displayName: 'Eve' });
  const pixel = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const { avatarUrl } = await client.session.setAvatar(new Blob([pixel], { type: 'image/png' }));
  expect(avatarUrl).toMatch(/^\/uploads\/avatars\//);
  expect((await client.session.removeAvatar()).avatarUrl).toBe(null);
});

it('a changed password and a deleted account sign out', async ({ open }) => {
  const client = open();
  const email = 'changed@client.example';
  await client.session.signup({ email, password: PASSWORD, displayName: 'Ada' });
  client.link.connect();
  await client.until('online');
  await client.session.changePassword({ currentPassword: PASSWORD, newPassword: `${PASSWORD} staple` });
  await client.until('signed-out');
  await client.session.login({ email, password: `${PASSWORD} staple` });
  await client.until('online');
  await client.session.deleteAccount(`${PASSWORD} staple`);
  await client.until('signed-out');
  await expect(client.session.login({ email, password: `${PASSWORD} staple` })).rejects.toMatchObject({
    code: 'INVALID_CREDENTIALS',
  });
});

it('polling works where websockets do not', async ({ server, open }) => {
  const relay = await openRelay(server.url, { websockets: false });
  const client = open({}, relay.url);
  await client.session.signup({ email: 'polling@client.example', password: PASSWORD, displayName: 'Ada' });
  client.link.connect();
  await client.until('online');
  expect(await client.link.emit('join_all', {})).toMatchObject({ conversations: [] });
  expect(relay.paths.some((path) => path.includes('transport=polling'))).toBe(true);
  await client.link.close();
  await relay.close();
});

it('a server under a path prefix', async ({ server, open }) => {
  const relay = await openRelay(server.url, { prefix: '/chat-api' });
  const client = open({}, `${relay.url}/`);
  await client.session.signup({ email: 'prefix@client.example', password: PASSWORD, displayName: 'Ada' });
  client.link.connect();
  await client.until('online');
  expect(relay.paths.every((path) => path.includes(' /chat-api/'))).toBe(true);
  expect(relay.paths.at(-1)).toMatch(/^GET \/chat-api\/socket\.io\/.*transport=websocket/);
  await client.link.close();
  await relay.close();
});

it('two tabs that refresh in the same millisecond, 50 times: nobody is signed out', async ({ open }) => {
  const storage = memoryStorage();
  const [one, two] = [open({ storage }), open({ storage })];
  await one.session.signup({ email: 'tabs@client.example', password: PASSWORD, displayName: 'Ada' });
  await two.session.restore();
  for (let round = 0; round < 50; round += 1) {
    const token = (await one.account.token()) ?? '';
    expect(await two.account.token()).toBe(token);
    const tokens = await Promise.all([one, two].map(({ account }) => account.renew(token, 'refused')));
    expect(tokens[0]).not.toBe(token);
    expect(tokens[1]).toBe(tokens[0]);
  }
  await one.link.call('GET /users/me');
});

it('two tabs without any lock refresh in the same millisecond: nobody is signed out', async ({ open }) => {
  const storage = memoryStorage();
  const locks = { withLock: <T>(_: string, __: number, work: () => Promise<T>) => work() };
  const [one, two] = [open({ storage, locks }), open({ storage, locks })];
  await one.session.signup({ email: 'unlocked@client.example', password: PASSWORD, displayName: 'Ada' });
  await two.session.restore();
  for (let round = 0; round < 50; round += 1) {
    const token = (await one.account.token()) ?? '';
    await Promise.all([one, two].map(({ account }) => account.renew(token, 'refused')));
    await Promise.all([one, two].map(({ link }) => link.call('GET /users/me')));
  }
  expect([one, two].map(({ session }) => session.state.getSnapshot().status)).toEqual([
    'signed-in',
    'signed-in',
  ]);
});

it.for([0, 12, 600])(
  'the answer to a refresh is lost, and asked for again %i s later',
  async (seconds, { server, open }) => {
    const real = webTransport(systemClock);
    let isLosing = true;
    const transport: Transport = {
      ...real,
      async request(sent) {
        const answer = await real.request(sent);
        if (isLosing && sent.url.endsWith('/auth/refresh')) throw new CauserieError('NETWORK');
        return answer;
      },
    };
    const client = open({ transport });
    const email = `lost-${seconds}@client.example`;
    await client.session.signup({ email, password: PASSWORD, displayName: 'Ada' });
    const token = (await client.account.token()) ?? '';
    await expect(client.account.renew(token, 'refused')).rejects.toMatchObject({ code: 'NETWORK' });
    await server.database.query(
      `update refresh_tokens set rotated_at = rotated_at - $1 * interval '1 second'`,
      [seconds],
    );
    isLosing = false;
    expect(await client.account.renew(token, 'refused')).not.toBe(token);
    expect(await client.link.call('GET /users/me')).toMatchObject({ email });
    const next = (await client.account.token()) ?? '';
    expect(await client.account.renew(next, 'refused')).not.toBe(next);
    expect(client.session.state.getSnapshot().status).toBe('signed-in');
  },
);

it('a session that is ended on another device signs out all tabs of this one', async ({ open }) => {
  const storage = memoryStorage();
  const [one, two] = [open({ storage }), open({ storage })];
  const elsewhere = open();
  const login = { email: 'devices@client.example', password: PASSWORD };
  await one.session.signup({ ...login, displayName: 'Ada' });
  for (const { link } of [one, two]) link.connect();
  await Promise.all([one.until('online'), two.until('online')]);
  await elsewhere.session.login(login);
  const { data } = await elsewhere.session.listDevices();
  await elsewhere.session.endDevice(data.find(({ current }) => !current)?.id ?? '');
  for (const tab of [one, two])
    expect(await tab.until('signed-out')).toMatchObject({ code: 'SESSION_REVOKED' });
  expect(elsewhere.session.state.getSnapshot().status).toBe('signed-in');
});

it('tokens that are no tokens: refresh, else sign out', async ({ server, open }) => {
  const client = open();
  await client.session.signup({ email: 'bad@client.example', password: PASSWORD, displayName: 'Ada' });
  const stored = JSON.parse((await client.storage.get('causerie:' + server.url + ':session')) ?? '');
  const bad = open();
  await bad.session.adopt({ ...stored, accessToken: 'bad' });
  bad.link.connect();
  await bad.until('online');
  const worse = open();
  await worse.session.adopt({ ...stored, accessToken: 'bad', refreshToken: 'worse' });
  worse.link.connect();
  expect(await worse.until('signed-out')).toEqual({ status: 'signed-out', code: 'REFRESH_TOKEN_INVALID' });
});

it('twenty-one tabs: one is offline and tries again, and gets the place that becomes free', async ({
  open,
}) => {
  const storage = memoryStorage();
  const tabs = Array.from({ length: 21 }, () => open({ storage }));
  await tabs[0]?.session.signup({ email: 'many@client.example', password: PASSWORD, displayName: 'Ada' });
  for (const { link } of tabs) link.connect();
  const all = tabs.map((tab) => tab.until('online').then(() => tab));
  await new Promise<void>((resolve) => {
    let count = 0;
    for (const tab of all) void tab.then(() => (count += 1) === 20 && resolve());
  });
  const last = tabs.find(({ link }) => link.connection.getSnapshot().status !== 'online');
  expect(await last?.until('offline')).toMatchObject({ cause: 'server' });
  await tabs.find((tab) => tab !== last)?.link.close();
  await last?.until('online');
});

it('the network breaks and comes back', async ({ proxy, open }) => {
  const client = open({}, proxy.url);
  await client.session.signup({ email: 'network@client.example', password: PASSWORD, displayName: 'Ada' });
  client.link.connect();
  await client.until('online');
  proxy.refuse();
  expect(await client.until('offline')).toMatchObject({ cause: 'network' });
  await expect(client.link.emit('join_all', {})).rejects.toMatchObject({ code: 'NETWORK' });
  await expect(client.link.call('GET /users/me')).rejects.toMatchObject({ code: 'NETWORK' });
  proxy.admit();
  await client.until('online');
});

it('a connection that is cut again and again comes back each time', async ({ proxy, open }) => {
  const client = open({}, proxy.url);
  await client.session.signup({ email: 'cut@client.example', password: PASSWORD, displayName: 'Ada' });
  client.link.connect();
  for (let count = 0; count < 5; count += 1) {
    await client.until('online');
    const offline = client.until('offline');
    proxy.cut();
    await offline;
  }
  await client.until('online');
});

it('a server that is started again knows the session', async ({ proxy, open, server }) => {
  const before = await startNode(server);
  proxy.leadTo(before.url);
  const client = open({}, proxy.url);
  await client.session.signup({ email: 'again@client.example', password: PASSWORD, displayName: 'Ada' });
  client.link.connect();
  await client.until('online');
  const offline = client.until('offline');
  await before.app.close();
  await offline;
  proxy.leadTo(server.url);
  await client.until('online');
});

it('a server that stops, and another one that knows nobody', async ({ proxy, open, server }) => {
  const other = await TestServer.start();
  proxy.leadTo(other.url);
  const client = open({}, proxy.url);
  await client.session.signup({ email: 'stops@client.example', password: PASSWORD, displayName: 'Ada' });
  client.link.connect();
  await client.until('online');
  const offline = client.until('offline');
  await other.stop();
  await offline;
  proxy.leadTo(server.url);
  await client.until('signed-out');
});

it('tokens that expire while they are used: the connection stays, and calls succeed', async ({ open }) => {
  const server = await TestServer.start({}, undefined, {}, { JWT_ACCESS_EXPIRATION: 3 });
  const client = open({}, server.url);
  await client.session.signup({ email: 'expiry@client.example', password: PASSWORD, displayName: 'Ada' });
  client.link.connect();
  await client.until('online');
  const states: string[] = [];
  client.link.connection.subscribe(() => states.push(client.link.connection.getSnapshot().status));
  for (let count = 0; count < 3; count += 1) {
    await client.next('token_expiring');
    await client.link.call('GET /users/me');
  }
  await client.next('token_expiring');
  expect(states).toEqual([]);
  await client.link.close();
  await server.stop();
});

it('tokens of a backend that logs in anew for each of them', async ({ open }) => {
  const server = await TestServer.start({}, undefined, {}, { JWT_ACCESS_EXPIRATION: 3 });
  const { email } = await server.signUp();
  const reasons: string[] = [];
  async function getToken(reason: string): Promise<string> {
    reasons.push(reason);
    const { body } = await server.call('POST', '/auth/login', { body: { email, password: PASSWORD } });
    return body.accessToken;
  }
  const client = open({ auth: { kind: 'token', getToken } }, server.url);
  client.link.connect();
  await client.until('online');
  const states: unknown[] = [];
  client.link.connection.subscribe(() => states.push(client.link.connection.getSnapshot()));
  for (let count = 0; count < 3; count += 1) await client.next('token_expiring');
  expect(states).toEqual([]);
  expect(await client.link.call('GET /users/me')).toMatchObject({ email });
  expect(reasons.slice(0, 3)).toEqual(['start', 'expiring', 'expiring']);
  await client.link.close();
  await server.stop();
});
