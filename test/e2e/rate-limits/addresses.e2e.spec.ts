import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer } from '../../support/test-server.js';
import { ask, newAddress, signUpFrom, statuses } from './callers.js';

const post = (server: TestServer, path: string, from: string, body: object, token?: string) =>
  ask(server, path, { method: 'POST', from, body: JSON.stringify(body), ...(token && { token }) });

const count = (all: readonly number[], status: number) => all.filter((each) => each === status).length;

describe('an address', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({
      THROTTLE_AUTH_LIMIT: '2',
      THROTTLE_REFRESH_LIMIT: '2',
      THROTTLE_FILES_LIMIT: '3',
      TRUST_PROXY: '1',
    });
  });
  afterAll(() => server.stop());

  it('gets no further signup, login or refresh for any token that it brings along', async () => {
    const tokens: string[] = [];
    for (let n = 0; n < 4; n += 1) tokens.push((await signUpFrom(server, newAddress())).token);
    const attempts = async (path: string, body: object) => {
      const from = newAddress();
      const codes = [];
      for (const token of tokens) codes.push((await post(server, path, from, body, token)).status);
      return codes;
    };
    const credentials = { email: 'nobody@test.example', password: 'wrong' };
    expect(await attempts('/auth/signup', {})).toEqual([400, 400, 429, 429]);
    expect(await attempts('/auth/login', credentials)).toEqual([401, 401, 429, 429]);
    expect(await attempts('/auth/refresh', { refreshToken: 'x' })).toEqual([401, 401, 429, 429]);
  });

  it('has a limit of its own for images, which count nowhere else', async () => {
    const from = newAddress();
    const { token } = await signUpFrom(server, newAddress());
    const image = (by: object) => ask(server, '/uploads/avatars/x.png', { from, ...by });
    expect((await image({})).status).toBe(404);
    expect((await image({ token })).status).toBe(404);
    expect((await image({})).status).toBe(404);
    expect((await image({})).body.code).toBe('RATE_LIMITED');
    expect((await image({ token })).status).toBe(429);
    expect((await image({ from: newAddress() })).status).toBe(404);
  });

  it.each(['203.0.113.77:4711', '[2001:db8:77::1]:4711', '[2001:db8:78::2]'])(
    'is known from %s, and shown without the port',
    async (from) => {
      const address = from.replace(/^\[|\](:\d+)?$|(?<=\.\d+):\d+$/g, '');
      const { token } = await signUpFrom(server, from);
      const { body } = await ask(server, '/auth/sessions', { token });
      expect(body.data).toEqual([expect.objectContaining({ ip: address })]);
      expect((await signUpFrom(server, address)).token).toBeDefined();
      expect((await post(server, '/auth/signup', address, {})).status).toBe(429);
    },
  );
});

describe('the users behind one address', () => {
  let server: TestServer;
  let tokens: string[];
  beforeAll(async () => {
    server = await TestServer.start({ THROTTLE_GLOBAL_LIMIT: '2', TRUST_PROXY: '1' });
    tokens = await Promise.all(
      Array.from({ length: 12 }, async () => (await signUpFrom(server, newAddress())).token),
    );
  });
  afterAll(() => server.stop());

  const askOnce = async (some: readonly string[], from: string) =>
    (await Promise.all(some.map((token) => statuses(server, 1, { token, from })))).flat();

  it('may send ten times as much as one together; refusals of one user cost the others nothing', async () => {
    const from = newAddress();
    const [own = '', ...others] = tokens.slice(0, 10);
    expect(count(await statuses(server, 22, { token: own, from }), 429)).toBe(20);
    expect(count(await askOnce(others, from), 200)).toBe(9);
    expect(count(await askOnce(others, from), 200)).toBe(9);
    const [next = '', last = ''] = tokens.slice(10, 12);
    expect(await statuses(server, 1, { token: next, from })).toEqual([429]);
    expect(await statuses(server, 1, { token: last, from: newAddress() })).toEqual([200]);
    // Requests without a token count separately.
    expect(await statuses(server, 3, { from })).toEqual([200, 200, 429]);
  });

  it('are not refused because of logins, however many there are', async () => {
    const from = newAddress();
    const { token } = await signUpFrom(server, newAddress());
    const logins = [];
    for (let n = 0; n < 25; n += 1) logins.push((await post(server, '/auth/login', from, {})).status);
    expect(logins).toEqual([...Array<number>(20).fill(400), ...Array<number>(5).fill(429)]);
    expect(await statuses(server, 1, { token, from })).toEqual([200]);
  });

  it('not logged in, of one /48, may do ten times as much as a /64', async () => {
    const answers = [];
    for (let net = 0; net < 12; net += 1) {
      answers.push(...(await statuses(server, 2, { from: `2001:db8:49:${net.toString(16)}::1` })));
    }
    expect(answers).toEqual([...Array<number>(20).fill(200), 429, 429, 429, 429]);
  });
});
