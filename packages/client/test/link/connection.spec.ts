import { afterEach, describe, expect, it, vi } from 'vitest';
import { settle } from '../support/fake-clock.ts';
import { fakeClient, refreshing, tokensOf } from '../support/fake-client.ts';
import { answerOf, lost, pending, refusal } from '../support/fake-transport.ts';

afterEach(() => vi.restoreAllMocks());

/** Signed in and holding the connection; its socket has been asked for. */
async function connecting() {
  const client = fakeClient();
  client.transport.answer = refreshing('ada');
  await client.session.adopt(tokensOf('ada', 1));
  const release = client.link.connect();
  await settle();
  return { ...client, release };
}

async function online() {
  const client = await connecting();
  client.transport.socket.accept();
  await settle();
  expect(client.status()).toBe('online');
  return client;
}

describe('holding the connection', () => {
  it('opens one socket for all holders, also for a double mount', async () => {
    const { link, clock, transport, release, status } = await connecting();
    release();
    release();
    const second = link.connect();
    const third = link.connect();
    await clock.pass(2_000);
    second();
    await clock.pass(2_000);
    expect(transport.sockets).toHaveLength(1);
    third();
    await clock.pass(999);
    expect(status()).toBe('connecting');
    await clock.pass(1);
    expect(status()).toBe('idle');
    expect(transport.socket.isClosed).toBe(true);
    expect(clock.pending).toBe(0);
  });

  it('nothing happens before', async () => {
    const { transport, clock, page, status } = fakeClient();
    await settle();
    expect([transport.sockets.length, transport.requests.length, clock.pending, page.listeners.size]).toEqual(
      [0, 0, 0, 0],
    );
    expect(status()).toBe('idle');
  });
});

describe('coming online', () => {
  it('joins all conversations, and waits for what was missed', async () => {
    const { link, transport, status } = await connecting();
    const states: string[] = [];
    link.connection.subscribe(() => states.push(status()));
    const caughtUp = pending<void>();
    const heads = vi.fn<Parameters<typeof link.onOnline>[0]>(() => caughtUp.promise);
    link.onOnline(heads);
    link.onOnline(() => Promise.reject(new Error('no')));
    transport.socket.accept('ada', 'epoch-2');
    await settle();
    expect(transport.socket.emitted).toEqual([{ event: 'join_all', payload: {} }]);
    expect(heads).toHaveBeenCalledWith(
      expect.objectContaining({ conversations: [] }),
      expect.objectContaining({ epoch: 'epoch-2' }),
    );
    expect(status()).toBe('catching-up');
    caughtUp.resolve();
    await settle();
    expect(states).toEqual(['catching-up', 'online']);
  });

  it('passes all events on, also those that it does not know, and survives a listener that throws', async () => {
    const { link, transport, logged } = await online();
    const heard: unknown[] = [];
    link.onEvent(() => {
      throw new Error('no');
    });
    link.onEvent((name, payload) => heard.push([name, payload]));
    transport.socket.say('new_message', { seq: 1 });
    transport.socket.say('from_the_future', null);
    expect(heard).toEqual([
      ['new_message', { seq: 1 }],
      ['from_the_future', null],
    ]);
    expect(logged.at(-1)).toMatchObject({ event: 'listener-failed' });
  });

  it('is not online when the connection is lost while it waits for that', async () => {
    const { link, transport, status } = await connecting();
    const caughtUp = pending<void>();
    link.onOnline(() => caughtUp.promise);
    transport.socket.accept();
    await settle();
    transport.socket.listener.onClose('transport close');
    caughtUp.resolve();
    await settle();
    expect(status()).toBe('offline');
  });

  it('gives up a server that does not say that it is ready', async () => {
    const { transport, clock, status } = await connecting();
    await clock.pass(20_000);
    expect(status()).toBe('offline');
    expect(transport.socket.isClosed).toBe(true);
  });

  it('begins again when it cannot join', async () => {
    const { transport, status, link } = await connecting();
    transport.acknowledge = () => ({
      ok: false,
      error: { code: 'UNAVAILABLE', message: '', statusCode: 503, retryAfterMs: 3_000 },
    });
    transport.socket.accept();
    await settle();
    expect(status()).toBe('offline');
    expect(link.connection.getSnapshot()).toMatchObject({ cause: 'server' });
  });
});

describe('a lost connection', () => {
  it('is tried again after pauses that grow up to 10 s, at the time that the state says', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.999_999);
    const { link, transport, clock } = await online();
    const pauses: number[] = [];
    for (let count = 1; count < 9; count += 1) {
      transport.socket.listener.onClose('transport close');
      await settle();
      const state = link.connection.getSnapshot();
      const pause = state.status === 'offline' ? state.retryAt - clock.now() : -1;
      pauses.push(Math.round(pause));
      await clock.pass(pause - 1);
      expect(transport.sockets).toHaveLength(count);
      await clock.pass(1);
      expect(transport.sockets).toHaveLength(count + 1);
    }
    expect(pauses).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  });

  it('that was stable for 5 s counts as new', async () => {
    const { link, transport, clock } = await connecting();
    for (let count = 0; count < 5; count += 1) {
      transport.socket.listener.onClose('transport close');
      await clock.pass(10_000);
    }
    transport.socket.accept();
    await clock.pass(5_000);
    transport.socket.listener.onClose('transport close');
    await clock.pass(250);
    expect(link.connection.getSnapshot()).toEqual({ status: 'connecting', attempt: 1 });
  });

  it.each([
    ['transport close', 'network'],
    ['server: RATE_LIMITED', 'server'],
    ['io server disconnect', 'server'],
  ])('says whose fault it is: %s', async (reason, cause) => {
    const { link, transport } = await online();
    transport.socket.listener.onClose(reason);
    expect(link.connection.getSnapshot()).toMatchObject({ status: 'offline', cause });
  });

  it('that ends before it has begun is tried again', async () => {
    const { link, transport, clock, status } = await connecting();
    const openSocket = transport.openSocket.bind(transport);
    transport.openSocket = (url, token, listener) => {
      listener.onClose('no way');
      return openSocket(url, token, listener);
    };
    transport.socket.listener.onClose('transport close');
    await clock.pass(250);
    expect(status()).toBe('offline');
    expect(transport.socket.isClosed).toBe(true);
    transport.openSocket = () => {
      throw new TypeError('no sockets here');
    };
    await clock.pass(500);
    expect(link.connection.getSnapshot()).toMatchObject({ status: 'offline', cause: 'network' });
    expect(clock.pending).toBe(1);
    transport.openSocket = openSocket;
    await clock.pass(10_000);
    expect(status()).toBe('connecting');
  });

  it('says nothing any more: what comes from it late is ignored', async () => {
    const { link, transport, status } = await online();
    const [first] = transport.sockets;
    const heard: string[] = [];
    link.onEvent((name) => heard.push(name));
    first?.listener.onClose('transport close');
    first?.say('new_message', {});
    first?.say('token_expiring', {});
    first?.listener.onClose('transport close', { code: 'ORIGIN_NOT_ALLOWED', message: '' });
    await settle();
    expect([heard, status(), transport.requests.length]).toEqual([[], 'offline', 0]);
  });

  it('of a server that stops is closing', async () => {
    const { link, transport } = await online();
    transport.acknowledge = () => ({
      ok: false,
      error: { code: 'SHUTTING_DOWN', message: '', statusCode: 503 },
    });
    await expect(link.emit('join_all', {})).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
    transport.socket.listener.onClose('transport close');
    expect(link.connection.getSnapshot()).toMatchObject({ status: 'offline', cause: 'closing' });
  });

  it('the network is away while a token is needed', async () => {
    const { link, transport, clock } = await online();
    const answer = transport.answer;
    await clock.pass(899_999);
    transport.answer = () => lost();
    await clock.pass(100_000);
    transport.socket.listener.onClose('transport close');
    await clock.pass(60_000);
    expect(['offline', 'connecting']).toContain(link.connection.getSnapshot().status);
    transport.answer = answer;
    await clock.pass(10_000);
    expect(transport.socket.token).toBe('access-ada-2');
  });
});

describe('sending', () => {
  it('fails at once without a connection', async () => {
    const { link } = await connecting();
    await expect(link.emit('join_all', {})).rejects.toMatchObject({ code: 'NETWORK' });
  });

  it('answers the data, or rejects with the error of the server', async () => {
    const { link, transport } = await online();
    transport.acknowledge = (_, payload) => ({ ok: true, data: payload });
    expect(await link.emit('authenticate', { token: 't' })).toEqual({ token: 't' });
    const details = [{ path: 'token', message: 'no' }];
    transport.acknowledge = () => ({
      ok: false,
      error: { code: 'VALIDATION_FAILED', message: 'Bad.', statusCode: 400, details },
    });
    await expect(link.emit('join_all', {})).rejects.toMatchObject({
      code: 'VALIDATION_FAILED',
      status: 400,
      details,
    });
  });

  it('replaces a socket from which nothing is heard any more, at once', async () => {
    const { link, transport, status, clock } = await online();
    const lostAnswer = pending<never>();
    transport.acknowledge = () => lostAnswer.promise;
    const sent = link.emit('join_all', {});
    lostAnswer.reject(new (await import('../../src/errors/causerie-error.ts')).CauserieError('TIMEOUT'));
    await expect(sent).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(transport.socket.isClosed).toBe(true);
    await clock.pass(250);
    expect(transport.sockets).toHaveLength(2);
    expect(status()).toBe('connecting');
  });

  it('keeps a socket on which other things arrive', async () => {
    const { link, transport, status } = await online();
    const lostAnswer = pending<never>();
    transport.acknowledge = () => lostAnswer.promise;
    const sent = link.emit('join_all', {});
    transport.socket.say('typing', {});
    lostAnswer.reject(new (await import('../../src/errors/causerie-error.ts')).CauserieError('TIMEOUT'));
    await expect(sent).rejects.toMatchObject({ code: 'TIMEOUT' });
    await settle();
    expect([transport.socket.isClosed, status()]).toEqual([false, 'online']);
  });

  it('one gate keeps the whole client after a refusal', async () => {
    const { link, transport, clock } = await online();
    const error = { code: 'RATE_LIMITED', message: '', statusCode: 429, retryAfterMs: 1_000 } as const;
    transport.acknowledge = () => ({ ok: false, error });
    await expect(link.emit('join_all', {})).rejects.toMatchObject({ retryAfterMs: 1_000 });
    const passed: string[] = [];
    void link.untilAllowed().then(() => passed.push('one'));
    void link.untilAllowed().then(() => passed.push('two'));
    await clock.pass(999);
    expect(passed).toEqual([]);
    await clock.pass(1_001);
    expect(passed).toEqual(['one', 'two']);
    await link.untilAllowed();
  });
});

describe('tokens of the socket', () => {
  it('are renewed before they end, and the connection stays', async () => {
    const { transport, status } = await online();
    transport.socket.say('token_expiring', {});
    await settle();
    expect(transport.socket.emitted.at(-1)).toEqual({
      event: 'authenticate',
      payload: { token: 'access-ada-2' },
    });
    transport.socket.say('token_expiring', {});
    await settle();
    expect(transport.socket.emitted.at(-1)).toEqual({
      event: 'authenticate',
      payload: { token: 'access-ada-3' },
    });
    expect([transport.sockets.length, status()]).toEqual([1, 'online']);
  });

  it('are asked for again when the network is away for a moment', async () => {
    const { transport, clock } = await online();
    const answer = transport.answer;
    transport.answer = () => lost();
    transport.socket.say('token_expiring', {});
    await settle();
    transport.answer = answer;
    await clock.pass(5_000);
    expect(transport.socket.emitted.at(-1)).toEqual({
      event: 'authenticate',
      payload: { token: 'access-ada-2' },
    });
  });

  it.each(['TOKEN_EXPIRED', 'TOKEN_INVALID'])(
    'refused with %s are renewed, and the socket opened at once',
    async (code) => {
      const { transport, link } = await connecting();
      transport.socket.refuse(code);
      await settle();
      expect(transport.socket.token).toBe('access-ada-2');
      expect(link.connection.getSnapshot().status).toBe('connecting');
      transport.socket.accept();
      await settle();
      expect(link.connection.getSnapshot().status).toBe('online');
    },
  );

  it('refused, accepted, and refused again are renewed again', async () => {
    const { transport, clock } = await connecting();
    transport.socket.refuse('TOKEN_INVALID');
    await settle();
    transport.socket.accept();
    await settle();
    transport.socket.listener.onClose('transport close');
    await clock.pass(10_000);
    transport.socket.refuse('TOKEN_INVALID');
    await settle();
    expect(transport.socket.token).toBe('access-ada-3');
  });

  it('refused again and again are asked for with pauses', async () => {
    const { transport, status } = await connecting();
    transport.socket.refuse('TOKEN_EXPIRED');
    await settle();
    transport.socket.refuse('TOKEN_EXPIRED');
    await settle();
    expect(status()).toBe('offline');
  });

  it('refused as invalid after a renewal sign out', async () => {
    const { transport, link } = await connecting();
    transport.socket.refuse('TOKEN_INVALID');
    await settle();
    transport.socket.refuse('TOKEN_INVALID');
    await settle();
    expect(link.connection.getSnapshot()).toEqual({ status: 'signed-out', code: 'TOKEN_INVALID' });
  });

  it('of a session that has ended sign out in every tab', async () => {
    const { transport, link, storage, accounts } = await online();
    const other = fakeClient({ storage });
    await other.session.restore();
    transport.socket.say('session_revoked', { code: 'SESSION_REVOKED' });
    transport.socket.listener.onClose('io server disconnect');
    await settle();
    expect(link.connection.getSnapshot()).toEqual({ status: 'signed-out', code: 'SESSION_REVOKED' });
    expect(other.session.state.getSnapshot().status).toBe('signed-out');
    expect(accounts.at(-1)).toBe(null);
  });
});

describe('who is signed in', () => {
  it('decides: signed out there is no socket, and a login opens it', async () => {
    const { link, session, transport, clock, status } = fakeClient();
    link.connect();
    await settle();
    expect(link.connection.getSnapshot()).toEqual({ status: 'signed-out', code: null });
    expect([transport.sockets.length, clock.pending]).toEqual([0, 0]);
    transport.answer = () => answerOf(200, tokensOf('ada', 1));
    await session.login({ email: 'ada@test.example', password: 'x' });
    await settle();
    expect(transport.socket.token).toBe('access-ada-1');
    transport.socket.accept();
    await settle();
    transport.answer = refreshing('ada');
    await session.logout();
    expect(status()).toBe('signed-out');
    expect(transport.socket.isClosed).toBe(true);
  });

  it('who logs out just after the last holder has gone leaves no socket', async () => {
    const { session, transport, release } = await online();
    release();
    await session.logout();
    expect(transport.socket.isClosed).toBe(true);
  });

  it('another user gets another socket', async () => {
    const { session, transport } = await online();
    const [first] = transport.sockets;
    await session.adopt(tokensOf('bob', 1));
    await settle();
    expect(first?.isClosed).toBe(true);
    expect(transport.socket.token).toBe('access-bob-1');
  });
});

describe('a refusal for good', () => {
  it.each(['ORIGIN_NOT_ALLOWED', 'PERMISSION_DENIED', 'ROUTE_NOT_FOUND'])(
    '%s is questioned a minute later',
    async (code) => {
      const { transport, link, clock } = await connecting();
      transport.socket.refuse(code);
      expect(link.connection.getSnapshot()).toMatchObject({
        status: 'refused',
        error: { code },
        retryAt: clock.now() + 60_000,
      });
      await clock.pass(60_000);
      expect(transport.sockets).toHaveLength(2);
    },
  );
});

describe('the page', () => {
  it.each([
    [['hidden'], 31_000, ['visible'], 2],
    [['hidden'], 29_000, ['visible'], 1],
    [[], 2_000, ['resumed'], 2],
    [[], 2_000, ['online'], 2],
    [['hidden'], 31_000, ['visible', 'resumed', 'online'], 2],
  ] as const)('%o, %i ms, then %o: %i sockets', async (before, ms, after, count) => {
    const { page, clock, transport, status } = await online();
    before.forEach((change) => page.tell(change));
    await clock.pass(ms);
    after.forEach((change) => page.tell(change));
    await settle();
    expect(transport.sockets).toHaveLength(count);
    expect(status()).toBe(count === 1 ? 'online' : 'connecting');
  });

  it('a machine that slept: only one of the clocks has noticed', async () => {
    const { page, clock, transport } = await online();
    await clock.pass(2_000);
    page.tell('hidden');
    clock.wallOffset += 3_600_000;
    page.tell('visible');
    await settle();
    expect(transport.sockets).toHaveLength(2);
  });

  it('without a network is offline at once, and back at once', async () => {
    const { page, transport, status } = await online();
    page.tell('offline');
    expect(status()).toBe('offline');
    page.tell('online');
    await settle();
    expect([transport.sockets.length, status()]).toEqual([2, 'connecting']);
  });
});

describe('closing', () => {
  it.each(['connecting', 'online', 'offline', 'refused'])('ends everything while %s', async (status) => {
    const client = await connecting();
    const { transport, clock, page, link, session } = client;
    if (status === 'online') transport.socket.accept();
    if (status === 'offline') transport.socket.listener.onClose('transport close');
    if (status === 'refused') transport.socket.refuse('ORIGIN_NOT_ALLOWED');
    await settle();
    expect(client.status()).toBe(status);
    const answer = pending<never>();
    transport.answer = () => answer.promise;
    const asked = link.call('GET /users/me');
    await settle();
    await link.close();
    await expect(asked).rejects.toMatchObject({ code: 'CLOSED' });
    await expect(link.emit('join_all', {})).rejects.toMatchObject({ code: 'CLOSED' });
    await expect(session.login({ email: '', password: '' })).rejects.toMatchObject({ code: 'CLOSED' });
    link.connect()();
    expect([clock.pending, page.listeners.size, client.status()]).toEqual([0, 0, 'idle']);
    expect(transport.sockets.every(({ isClosed }) => isClosed || status !== 'online')).toBe(true);
  });
});

it('closing ends what waits for a lock, for the gate, or for the backend', async () => {
  const client = await online();
  const hanging = pending<void>();
  void client.ports.locks.withLock(client.ports.key('refresh:ada'), 8_000, () => hanging.promise);
  void client.account.renew('access-ada-1', 'refused');
  const error = { code: 'RATE_LIMITED', message: '', statusCode: 429, retryAfterMs: 60_000 } as const;
  client.transport.acknowledge = () => ({ ok: false, error });
  await expect(client.link.emit('join_all', {})).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  const allowed = client.link.untilAllowed();
  await settle();
  expect(client.clock.pending).toBeGreaterThan(1);
  await client.link.close();
  await expect(allowed).rejects.toMatchObject({ code: 'CLOSED' });
  expect(client.clock.pending).toBe(0);

  const other = fakeClient({ auth: { kind: 'token', getToken: () => new Promise<string>(() => undefined) } });
  void other.session.restore();
  await settle();
  await other.link.close();
  expect(other.clock.pending).toBe(0);
  hanging.resolve();
});

describe('calls', () => {
  it('fill in the path, the query and the body', async () => {
    const { link, transport } = await connecting();
    transport.answer = () => answerOf(204, null);
    await link.call('DELETE /auth/sessions/:id', { params: { id: 'a/b' } });
    await link.call('GET /users', { query: { search: 'Ada & Bob', limit: 5 } });
    await link.call('PUT /users/me', { body: { displayName: 'Ada' } });
    expect(transport.paths).toEqual([
      'DELETE /auth/sessions/a%2Fb',
      'GET /users?search=Ada%20%26%20Bob&limit=5',
      'PUT /users/me',
    ]);
    expect(transport.requests.at(-1)).toMatchObject({
      headers: { authorization: 'Bearer access-ada-1', 'content-type': 'application/json' },
      body: '{"displayName":"Ada"}',
    });
  });

  it('refresh and repeat once after an expired token', async () => {
    const { link, transport } = await connecting();
    const answer = transport.answer;
    transport.answer = (request) =>
      request.headers['authorization'] === 'Bearer access-ada-1'
        ? refusal(401, 'TOKEN_EXPIRED')
        : answer(request);
    expect(await link.call('GET /users/me')).toMatchObject({ id: 'ada' });
    expect(transport.paths).toEqual(['GET /users/me', 'POST /auth/refresh', 'GET /users/me']);
    transport.answer = (request) =>
      request.url.endsWith('/users/me') ? refusal(401, 'TOKEN_EXPIRED') : answer(request);
    await expect(link.call('GET /users/me')).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
    expect(transport.requests).toHaveLength(6);
  });

  it.each([
    ['TOKEN_INVALID', 4],
    ['SESSION_REVOKED', 1],
  ])('%s signs out', async (code, requests) => {
    const { link, transport, session } = await connecting();
    const answer = transport.answer;
    transport.answer = (request) =>
      request.url.endsWith('/users/me') ? refusal(401, code) : answer(request);
    await expect(link.call('GET /users/me')).rejects.toMatchObject({ code });
    expect(session.state.getSnapshot().status).toBe('signed-out');
    expect(transport.requests.length).toBeLessThanOrEqual(requests);
  });

  it('go without a token when nobody is signed in', async () => {
    const { link, transport } = fakeClient();
    transport.answer = () => answerOf(200, { status: 'ok' });
    await link.call('GET /health');
    expect(transport.requests[0]?.headers).toEqual({});
  });
});
