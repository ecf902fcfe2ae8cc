import { describe, expect, it } from 'vitest';
import { memoryStorage } from '../../src/defaults/memory-storage.ts';
import { FakeClock, settle } from '../support/fake-clock.ts';
import { fakeClient, refreshing, SESSION_KEY, tokensOf, userNamed } from '../support/fake-client.ts';
import { answerOf, FakeTransport, lost, pending, refusal } from '../support/fake-transport.ts';
import type { HttpAnswer, KeyValueStorage } from '../../src/ports.ts';

const signedIn = async (options: Parameters<typeof fakeClient>[0] = {}) => {
  const client = fakeClient(options);
  client.transport.answer = refreshing('ada');
  await client.session.adopt(tokensOf('ada', 1));
  return client;
};
function forbidden(): never {
  throw new Error('SecurityError');
}
/** Hears nothing of other tabs, like a page that was frozen. */
const unwatched = (storage: KeyValueStorage): KeyValueStorage => ({
  get: (key) => storage.get(key),
  set: (key, value) => storage.set(key, value),
  delete: (key) => storage.delete(key),
});
/** Why nobody is signed in any more, as it is told. */
function ends({ account }: ReturnType<typeof fakeClient>): (string | null)[] {
  const codes: (string | null)[] = [];
  account.onAccount((userId, code) => {
    if (userId === null) codes.push(code);
  });
  return codes;
}
const refreshes = ({ transport }: { transport: FakeTransport }): number =>
  transport.paths.filter((path) => path.endsWith('/auth/refresh')).length;

describe('who is signed in', () => {
  it('is unknown until the storage has been read', async () => {
    const { session } = fakeClient();
    expect(session.state.getSnapshot()).toEqual({ status: 'unknown', user: null });
    await session.restore();
    expect(session.state.getSnapshot()).toEqual({ status: 'signed-out', user: null });
  });

  it('is found in the storage after a reload, without a request', async () => {
    const { storage } = await signedIn();
    const { session, transport, accounts } = fakeClient({ storage });
    await session.restore();
    expect(session.state.getSnapshot()).toEqual({ status: 'signed-in', user: userNamed('ada') });
    expect(accounts).toEqual(['ada']);
    expect(transport.requests).toEqual([]);
  });

  it.each([
    '',
    '{',
    '[]',
    '7',
    '{"accessToken":"a"}',
    '{"accessToken":"a","refreshToken":"b","user":{"id":5,"displayName":"Ada"}}',
    '{"accessToken":"a","refreshToken":"b","user":{"id":"ada","displayName":{}}}',
  ])('%o in the storage is nobody', async (text) => {
    const storage = memoryStorage();
    await storage.set(SESSION_KEY, text);
    const { session } = fakeClient({ storage });
    await session.restore();
    expect(session.state.getSnapshot().status).toBe('signed-out');
  });

  it('is known, and kept in memory, when the storage is forbidden', async () => {
    const client = await signedIn({
      storage: { get: forbidden, set: forbidden, delete: forbidden, watch: forbidden },
    });
    expect(client.session.state.getSnapshot().status).toBe('signed-in');
    await client.account.renew('access-ada-1', 'refused');
    expect(await client.account.token()).toBe('access-ada-2');
    expect(client.logged).toEqual([{ level: 'warn', event: 'storage-failed' }]);
  });

  it('a changed profile is there after a reload', async () => {
    const { session, storage, transport } = await signedIn();
    transport.answer = () => answerOf(200, { ...userNamed('ada'), displayName: 'Ada L.' });
    await session.updateProfile({ displayName: 'Ada L.' });
    const later = fakeClient({ storage });
    await later.session.restore();
    expect(later.session.state.getSnapshot().user?.displayName).toBe('Ada L.');
    expect(await later.account.token()).toBe('access-ada-1');
  });
});

describe('a token', () => {
  it('is renewed shortly before it ends, by a clock that nobody sets', async () => {
    const client = await signedIn();
    client.clock.wallOffset += 9_999_999;
    await client.clock.pass(889_000);
    expect(await client.account.token()).toBe('access-ada-1');
    await client.clock.pass(2_000);
    expect(await client.account.token()).toBe('access-ada-2');
  });

  it('is used to its end when the network is away', async () => {
    const client = await signedIn();
    client.transport.answer = () => lost();
    await client.clock.pass(895_000);
    expect(await client.account.token()).toBe('access-ada-1');
    await client.clock.pass(6_000);
    await expect(client.account.token()).rejects.toMatchObject({ code: 'NETWORK' });
  });

  it('of unknown age is tried', async () => {
    const { storage } = await signedIn();
    const clock = new FakeClock();
    clock.wallOffset -= 100_000_000;
    const client = fakeClient({ storage, clock });
    expect(await client.account.token()).toBe('access-ada-1');
  });

  it('is asked for once, however many need it', async () => {
    const client = await signedIn();
    const all = await Promise.all(
      Array.from({ length: 20 }, () => client.account.renew('access-ada-1', 'refused')),
    );
    expect(new Set(all)).toEqual(new Set(['access-ada-2']));
    expect(refreshes(client)).toBe(1);
    expect(await client.account.renew('access-ada-1', 'refused')).toBe('access-ada-2');
    expect(refreshes(client)).toBe(1);
  });

  it('that another tab has renewed is taken over', async () => {
    const clock = new FakeClock();
    const first = await signedIn({ clock });
    const { storage } = first;
    const second = fakeClient({
      clock,
      storage: unwatched(storage),
    });
    await second.session.restore();
    await first.account.renew('access-ada-1', 'expiring');
    expect(await second.account.renew('access-ada-1', 'expiring')).toBe('access-ada-2');
    expect(second.transport.requests).toEqual([]);
  });

  it('that another tab has renewed is renewed again when it ends soon', async () => {
    const clock = new FakeClock();
    const first = await signedIn({ clock });
    const { storage } = first;
    const second = fakeClient({
      clock,
      storage: unwatched(storage),
    });
    second.transport.answer = refreshing('ada');
    await second.session.restore();
    await first.account.renew('access-ada-1', 'expiring');
    await clock.pass(871_000);
    expect(await second.account.renew('access-ada-1', 'expiring')).toBe('access-ada-3');
  });

  it('is asked for again at once when the network loses the answer', async () => {
    const client = await signedIn();
    let losses = 1;
    const answer = client.transport.answer;
    client.transport.answer = (request) => (losses-- > 0 ? lost() : answer(request));
    expect(await client.account.renew('access-ada-1', 'refused')).toBe('access-ada-2');
    expect(refreshes(client)).toBe(2);
  });

  it('nobody is signed out because the server does not answer', async () => {
    const client = await signedIn();
    const answer = client.transport.answer;
    for (const fault of [
      () => lost(),
      () => lost('TIMEOUT'),
      () => refusal(503, 'UNAVAILABLE'),
      () => refusal(429, 'RATE_LIMITED'),
      () => answerOf(502, null),
    ]) {
      client.transport.answer = fault;
      await expect(client.account.renew('access-ada-1', 'refused')).rejects.toMatchObject({
        retryable: true,
      });
      await client.clock.pass(12_000);
    }
    client.transport.answer = answer;
    expect(await client.account.renew('access-ada-1', 'refused')).toBe('access-ada-2');
    const last = client.transport.requests.at(-1);
    expect(last).toMatchObject({
      keepalive: true,
      timeoutMs: 8_000,
      body: '{"refreshToken":"refresh-ada-1"}',
    });
  });

  it('that the server cannot even read signs out', async () => {
    const client = await signedIn();
    client.transport.answer = () => refusal(400, 'VALIDATION_FAILED');
    expect(await client.account.renew('access-ada-1', 'refused')).toBe(null);
  });

  it.each(['REFRESH_TOKEN_INVALID', 'REFRESH_TOKEN_REUSED', 'SESSION_REVOKED'])(
    '%s signs out in every tab, which is told why',
    async (code) => {
      const client = await signedIn();
      const other = fakeClient({ storage: client.storage });
      await other.session.restore();
      const told = ends(other);
      client.transport.answer = () => refusal(401, code);
      expect(await client.account.renew('access-ada-1', 'refused')).toBe(null);
      await settle();
      expect(client.session.state.getSnapshot().status).toBe('signed-out');
      expect(other.session.state.getSnapshot().status).toBe('signed-out');
      expect(told).toEqual([code]);
      // Who comes later has lost nothing.
      const late = fakeClient({ storage: client.storage });
      const toldLate = ends(late);
      await late.session.restore();
      expect(toldLate).toEqual([null]);
    },
  );

  it.each(['', 'something else', '{"accessToken":"a","refreshToken":"b"}'])(
    'what somebody writes in its place is no reason: %o',
    async (text) => {
      const client = await signedIn();
      const told = ends(client);
      await client.storage.set(SESSION_KEY, text);
      await settle();
      expect(told).toEqual([null]);
    },
  );

  it('a refused one is forgiven when another tab has written a newer one meanwhile', async () => {
    const client = await signedIn({ storage: unwatched(memoryStorage()) });
    client.transport.answer = async ({ url }) => {
      if (!url.endsWith('/auth/refresh')) return answerOf(404, null);
      const stored = { ...tokensOf('ada', 7), obtainedAt: client.clock.wallTime() };
      await client.storage.set(SESSION_KEY, JSON.stringify(stored));
      return refusal(401, 'REFRESH_TOKEN_REUSED');
    };
    expect(await client.account.renew('access-ada-1', 'refused')).toBe('access-ada-7');
    expect(client.session.state.getSnapshot().status).toBe('signed-in');
  });

  it('does not wait longer than 8 s for the lock of a dead tab', async () => {
    const client = await signedIn();
    const dead = pending<void>();
    void client.ports.locks.withLock(client.ports.key('refresh:ada'), 8_000, () => dead.promise);
    const token = client.account.renew('access-ada-1', 'refused');
    await client.clock.pass(7_900);
    expect(refreshes(client)).toBe(0);
    await client.clock.pass(200);
    expect(await token).toBe('access-ada-2');
    dead.resolve();
  });
});

describe('logging out', () => {
  it('signs out every tab, and ends the session on the server', async () => {
    const client = await signedIn();
    const other = fakeClient({ storage: client.storage });
    await other.session.restore();
    await client.session.logout();
    await settle();
    expect(client.transport.requests.at(-1)?.headers).toEqual({ authorization: 'Bearer access-ada-1' });
    expect([client, other].map(({ session }) => session.state.getSnapshot().status)).toEqual([
      'signed-out',
      'signed-out',
    ]);
    expect(await client.storage.get(SESSION_KEY)).toBe(null);
  });

  it('works without the server, and with a token that is over', async () => {
    const client = await signedIn();
    client.transport.answer = () => lost();
    await client.session.logout();
    expect(client.session.state.getSnapshot().status).toBe('signed-out');

    const late = await signedIn();
    const answer = late.transport.answer;
    late.transport.answer = (request) =>
      request.headers['authorization'] === 'Bearer access-ada-1'
        ? refusal(401, 'TOKEN_EXPIRED')
        : answer(request);
    await late.session.logout();
    expect(late.transport.requests.at(-1)?.headers).toEqual({ authorization: 'Bearer access-ada-2' });
  });

  it('ends a session that has not been looked for yet', async () => {
    const { storage } = await signedIn();
    const client = fakeClient({ storage });
    client.transport.answer = refreshing('ada');
    await client.session.logout();
    expect(client.transport.paths).toEqual(['POST /auth/logout']);
  });

  it('is refused while messages are unsent', async () => {
    const client = await signedIn();
    client.leaveUnsent();
    await expect(client.session.logout()).rejects.toMatchObject({ code: 'UNSENT_MESSAGES' });
    expect(client.session.state.getSnapshot().status).toBe('signed-in');
    await client.session.logout({ discard: true });
    expect(client.session.state.getSnapshot().status).toBe('signed-out');
  });

  it('is not undone by a refresh under way, in any tab', async () => {
    const clock = new FakeClock();
    const client = await signedIn({ clock });
    const other = fakeClient({ clock, storage: client.storage });
    await other.session.restore();
    const answer = pending<HttpAnswer>();
    other.transport.answer = () => answer.promise;
    const token = other.account.renew('access-ada-1', 'refused');
    await settle();
    await client.session.logout();
    answer.resolve(answerOf(200, tokensOf('ada', 2)));
    expect(await token).toBe(null);
    expect(await client.storage.get(SESSION_KEY)).toBe(null);
    expect(other.session.state.getSnapshot().status).toBe('signed-out');
  });
});

it('what a slow storage had before a login is of no interest afterwards', async () => {
  const inner = memoryStorage();
  const slow = pending<null>();
  let reads = 0;
  const client = fakeClient({
    storage: { ...unwatched(inner), get: (key) => (reads++ === 0 ? slow.promise : inner.get(key)) },
  });
  const restored = client.session.restore();
  const signingIn = client.session.adopt(tokensOf('ada', 1));
  await inner.set(
    SESSION_KEY,
    JSON.stringify({ ...tokensOf('ada', 1), obtainedAt: client.clock.wallTime() }),
  );
  slow.resolve(null);
  await Promise.all([restored, signingIn]);
  expect(client.accounts.at(-1)).toBe('ada');
  expect(client.session.state.getSnapshot().status).toBe('signed-in');
});

it('when another user signs in elsewhere, everything of the first one goes', async () => {
  const client = await signedIn();
  const other = fakeClient({ storage: client.storage });
  await other.session.adopt(tokensOf('bob', 1));
  await settle();
  expect(client.accounts).toEqual([null, 'ada', 'bob']);
  expect(client.session.state.getSnapshot().user?.id).toBe('bob');
  expect(await client.account.token()).toBe('access-bob-1');
});

it('a session that another tab has replaced meanwhile does not sign out', async () => {
  const client = await signedIn({ storage: unwatched(memoryStorage()) });
  const stored = { ...tokensOf('ada', 4), obtainedAt: client.clock.wallTime() };
  await client.storage.set(SESSION_KEY, JSON.stringify(stored));
  await client.account.revoke('access-ada-1', 'SESSION_REVOKED');
  expect(await client.account.token()).toBe('access-ada-4');
});

it('a profile that is changed in one tab is shown in the others', async () => {
  const client = await signedIn();
  const other = fakeClient({ storage: client.storage });
  await other.session.restore();
  client.transport.answer = () =>
    answerOf(200, { ...userNamed('ada'), displayName: 'Ada L.', updatedAt: 'later' });
  await client.session.updateProfile({ displayName: 'Ada L.' });
  await settle();
  expect(other.session.state.getSnapshot().user?.displayName).toBe('Ada L.');
});

it('a session that has ended is not taken for the one that replaced it', async () => {
  const client = await signedIn();
  await client.session.adopt(tokensOf('ada', 5));
  await client.account.revoke('access-ada-1', 'SESSION_REVOKED');
  expect(client.session.state.getSnapshot().status).toBe('signed-in');
  await client.account.revoke('access-ada-5', 'SESSION_REVOKED');
  expect(client.session.state.getSnapshot().status).toBe('signed-out');
});
