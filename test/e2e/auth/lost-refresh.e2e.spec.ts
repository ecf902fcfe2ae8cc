import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, vi } from 'vitest';
import { hashOf } from '../../contract/real-session-subject.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { callApi } from '../../support/api.js';
import { countStatements } from '../../support/count-statements.js';
import { TestServer } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import { refusal } from '../http/support.js';
import { type Login, type Node, post, refresh, signUp, startNode, toLogin } from './support.js';

const HOUR = 3_600;

const isSealed = async ({ database }: TestServer, { refreshToken }: Login) => {
  const [row] = await database.query(
    'select sealed_successor is not null as sealed from refresh_tokens where token_hash = $1',
    [hashOf(refreshToken)],
  );
  return row?.['sealed'];
};
/** The use of the successor is stored beside the request. */
const useIsStored = (server: TestServer, parent: Login) =>
  vi.waitFor(async () => expect(await isSealed(server, parent)).toBe(false), {
    interval: 5,
    timeout: 5_000,
  });

/** Those of the statements that store a use, or ask for it. */
const storing = (statements: string[]) => statements.filter((text) => text.includes('sealed_successor'));

const CAUGHT = ['401 REFRESH_TOKEN_REUSED', '401 REFRESH_TOKEN_INVALID', '401 SESSION_REVOKED'];

const it = apiTest
  .extend('ada', ({ server }) => signUp(server))
  .extend('steps', PER_FILE, ({ server }) => ({
    next: async (parent: Login) => toLogin(await refresh(server, parent.refreshToken)),
    /** Moves the refresh of this token into the past. */
    age: ({ refreshToken }: Login, seconds: number) =>
      server.database.query(
        `update refresh_tokens set rotated_at = rotated_at - $2 * interval '1 second' where token_hash = $1`,
        [hashOf(refreshToken), seconds],
      ),
    /** What the parent, the child and its access token are answered afterwards. */
    answers: async (parent: Login, child: Login) => [
      refusal(await refresh(server, parent.refreshToken)),
      refusal(await refresh(server, child.refreshToken)),
      refusal(await server.call('GET', '/users/me', { token: child.token })),
    ],
  }));

it('names the refresh token in access tokens from the first refresh on', async ({ ada, steps }) => {
  const second = await steps.next(ada);
  expect(decodeJwt(ada.token)).not.toHaveProperty('rt_hash');
  expect(decodeJwt(second.token)['rt_hash']).toBe(hashOf(second.refreshToken).toString('base64url'));
});

it.for([12, 600, 23 * HOUR])(
  'an answer that was lost is repeated %i s later, and the session goes on',
  async (seconds, { server, ada, steps }) => {
    const lost = await steps.next(ada);
    await steps.age(ada, seconds);
    const second = await steps.next(ada);
    expect(second.refreshToken).toBe(lost.refreshToken);
    expect((await server.call('GET', '/users/me', { token: second.token })).status).toBe(200);
    expect((await server.call('GET', '/users/me', { token: (await steps.next(second)).token })).status).toBe(
      200,
    );
  },
);

it('after 25 h a lost answer counts as a theft', async ({ ada, steps }) => {
  const lost = await steps.next(ada);
  await steps.age(ada, 25 * HOUR);
  expect(await steps.answers(ada, lost)).toEqual(CAUGHT);
});

it('the token that was refreshed says nothing of its successor', async ({ server, ada, steps }) => {
  const lost = await steps.next(ada);
  expect((await server.call('GET', '/users/me', { token: ada.token })).status).toBe(200);
  await steps.age(ada, 12);
  expect((await steps.next(ada)).refreshToken).toBe(lost.refreshToken);
});

it('20 at once, some of whose answers were lost, end no session', async ({ server, ada, steps }) => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => steps.next(ada)));
  await steps.age(ada, 600);
  const again = await Promise.all(Array.from({ length: 20 }, () => steps.next(ada)));
  expect(new Set([...answers, ...again].map(({ refreshToken }) => refreshToken)).size).toBe(1);
  for (const { token } of [...answers, ...again]) {
    expect((await server.call('GET', '/users/me', { token })).status).toBe(200);
  }
});

it('two tabs refresh at once and go on at once, 50 times', async ({ server, ada }) => {
  let latest = ada;
  for (let round = 0; round < 50; round += 1) {
    const parent = latest;
    const tabs = await Promise.all(
      [1, 2].map(async () => {
        const login = toLogin(await refresh(server, parent.refreshToken));
        expect((await server.call('GET', '/users/me', { token: login.token })).status).toBe(200);
        return login;
      }),
    );
    latest = tabs[0] ?? ada;
  }
});

describe('a parent is stolen property once its owner has gone on', () => {
  it.for<[string, (server: TestServer, child: Login, parent: Login) => Promise<unknown>]>([
    ['with a request', (server, { token }) => server.call('GET', '/users/me', { token })],
    ['where a token is optional', (server, { token }) => server.call('GET', '/posts', { token })],
    ['with a request that is refused', (server, { token }) => server.call('GET', '/posts?page=x', { token })],
    ['with a socket', async (server, { token }) => (await TestSocket.connect(server.url, token)).close()],
    [
      'with a header of a handshake',
      async (server, { token }) => {
        const extraHeaders = { authorization: `Bearer ${token}` };
        (await TestSocket.connect(server.url, '', { auth: {}, extraHeaders })).close();
      },
    ],
    [
      'with `authenticate`',
      async (server, child, parent) => {
        const socket = await TestSocket.connect(server.url, parent.token);
        expect(await socket.emit('authenticate', { token: child.token })).toMatchObject({ ok: true });
        socket.close();
      },
    ],
  ])('%s', async ([_way, use], { server, ada, steps }) => {
    const second = await steps.next(ada);
    await use(server, second, ada);
    await useIsStored(server, ada);
    expect(await steps.answers(ada, second)).toEqual(CAUGHT);
  });

  it('with the access token of a repeated answer', async ({ server, ada, steps }) => {
    const lost = await steps.next(ada);
    await steps.age(ada, 600);
    const second = await steps.next(ada);
    await server.call('GET', '/users/me', { token: second.token });
    await useIsStored(server, ada);
    expect(await steps.answers(ada, lost)).toEqual(CAUGHT);
  });

  it('with the next refresh', async ({ ada, steps }) => {
    const third = await steps.next(await steps.next(ada));
    expect(await steps.answers(ada, third)).toEqual(CAUGHT);
  });
});

it('erases the kept successor with the session', async ({ server, ada, steps }) => {
  await steps.next(ada);
  expect(await isSealed(server, ada)).toBe(true);
  await server.call('POST', '/auth/logout', { token: ada.token });
  expect(await isSealed(server, ada)).toBe(false);
});

it('stores the use once: later requests and sockets send no statement for it', async ({
  server,
  ada,
  steps,
}) => {
  const second = await steps.next(ada);
  const use = async () => {
    await server.call('GET', '/users/me', { token: second.token });
    (await TestSocket.connect(server.url, second.token)).close();
  };
  const first = await countStatements(server.database, async () => {
    await use();
    await useIsStored(server, ada);
  });
  expect(storing(first.statements).filter((text) => text.startsWith('update'))).toHaveLength(1);
  const later = await countStatements(server.database, async () => {
    for (let n = 0; n < 10; n += 1) await use();
  });
  expect(storing(later.statements)).toEqual([]);
});

describe('on two nodes', () => {
  let server: TestServer;
  let other: Node;
  beforeAll(async () => {
    server = await TestServer.start();
    other = await startNode(server);
  });
  afterAll(async () => {
    await other.app.close();
    await server.stop();
  });

  it('a lost answer is repeated at the other one', async () => {
    const ada = await signUp(server);
    const lost = toLogin(await refresh(server, ada.refreshToken));
    expect(toLogin(await refresh(other, ada.refreshToken)).refreshToken).toBe(lost.refreshToken);
  });

  it('a use at one is known at the other', async () => {
    const ada = await signUp(server);
    const second = toLogin(await refresh(server, ada.refreshToken));
    expect((await callApi(other.url, 'GET', '/users/me', { token: second.token })).status).toBe(200);
    await useIsStored(server, ada);
    expect(refusal(await refresh(server, ada.refreshToken))).toBe('401 REFRESH_TOKEN_REUSED');
  });

  it('a use is stored before the node that has noted it stops', async () => {
    const third = await startNode(server);
    const ada = await signUp(server);
    const second = toLogin(await refresh(server, ada.refreshToken));
    await callApi(third.url, 'GET', '/users/me', { token: second.token });
    await third.app.close();
    expect(await isSealed(server, ada)).toBe(false);
  });

  it('a node that was killed first leaves it to the next request, wherever that is', async () => {
    const ada = await signUp(server);
    const second = toLogin(await refresh(server, ada.refreshToken));
    await callApi(other.url, 'GET', '/users/me', { token: second.token });
    await useIsStored(server, ada);
    // As if the first use had not been stored.
    await server.database.query('update refresh_tokens set sealed_successor = $2 where token_hash = $1', [
      hashOf(ada.refreshToken),
      Buffer.from('x'),
    ]);
    expect(await isSealed(server, ada)).toBe(true);
    await callApi(server.url, 'GET', '/users/me', { token: second.token });
    await useIsStored(server, ada);
  });
});

it('a logout needs the access token, and is a use like another', async ({ server, ada, steps }) => {
  const second = await steps.next(ada);
  expect((await post(server, '/auth/logout', {}, { authorization: `Bearer ${second.token}` })).status).toBe(
    204,
  );
  expect(refusal(await refresh(server, ada.refreshToken))).toBe('401 REFRESH_TOKEN_INVALID');
});
