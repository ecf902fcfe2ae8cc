import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiAnswer } from '../../support/api.js';
import type { RedisServer } from '../../support/redis-server.js';
import { startRedis } from '../../support/start-redis.js';
import { TestServer } from '../../support/test-server.js';
import { ask, newAddress, signUpFrom } from './callers.js';
import { failTenTimes, logIn } from './wrong-logins.js';

const REFUSED = { status: 429, code: 'RATE_LIMITED', waits: true };

/** Expects a wait of ten seconds that has just begun. */
function refusal({ status, headers, body }: ApiAnswer): typeof REFUSED {
  const seconds = Number(headers.get('retry-after'));
  return { status, code: body.code, waits: seconds > 4 && seconds <= 10 };
}

describe('failed logins on one node', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({ TRUST_PROXY: '1' });
  });
  afterAll(() => server.stop());

  it('cost nothing ten times, then have to wait, with the right password too', async () => {
    const from = newAddress();
    const { email, token } = await signUpFrom(server, newAddress());
    expect(await failTenTimes([server], email, from)).toEqual(['INVALID_CREDENTIALS']);
    expect(refusal(await logIn(server, email, from))).toEqual(REFUSED);
    expect(refusal(await logIn(server, email.toUpperCase(), from))).toEqual(REFUSED);
    expect(refusal(await logIn(server, email, from, 'correct horse battery'))).toEqual(REFUSED);
    expect((await logIn(server, email, newAddress(), 'correct horse battery')).status).toBe(200);
    expect((await ask(server, '/users/me', { from, token })).status).toBe(200);
  });

  it('of an unknown account are the same', async () => {
    const from = newAddress();
    expect(await failTenTimes([server], 'nobody@test.example', from)).toEqual(['INVALID_CREDENTIALS']);
    expect(refusal(await logIn(server, 'nobody@test.example', from))).toEqual(REFUSED);
  });

  it('of sixty simultaneous attempts ten are checked, and no others, not even a right one', async () => {
    const from = newAddress();
    const { email } = await signUpFrom(server, newAddress());
    const passwords = Array.from({ length: 60 }, (_, n) =>
      n === 59 ? 'correct horse battery' : `guess ${n}`,
    );
    const answers = await Promise.all(passwords.map((password) => logIn(server, email, from, password)));
    expect(answers.filter(({ status }) => status === 200)).toEqual([]);
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(10);
  });

  it('and wrong passwords for changing it or for leaving are one count', async () => {
    const from = newAddress();
    const { email, token } = await signUpFrom(server, newAddress());
    const json = (body: object) => ({ from, token, body: JSON.stringify(body) });
    const change = (currentPassword: string) => ({
      method: 'POST',
      ...json({ currentPassword, newPassword: 'staple battery horse' }),
    });
    const leave = (password: string) => ({ method: 'DELETE', ...json({ password }) });
    for (let n = 0; n < 3; n += 1) {
      expect((await logIn(server, email, from)).status).toBe(401);
      expect((await ask(server, '/auth/change-password', change('wrong'))).status).toBe(401);
      expect((await ask(server, '/users/me', leave('wrong'))).status).toBe(401);
    }
    expect((await ask(server, '/users/me', leave('wrong'))).status).toBe(401);
    const right = 'correct horse battery';
    expect(refusal(await ask(server, '/users/me', leave(right)))).toEqual(REFUSED);
    expect(refusal(await ask(server, '/auth/change-password', change(right)))).toEqual(REFUSED);
    expect(refusal(await logIn(server, email, from, right))).toEqual(REFUSED);
    const elsewhere = { ...change(right), from: newAddress() };
    expect((await ask(server, '/auth/change-password', elsewhere)).status).toBe(204);
  });

  it('are reset after a right one', async () => {
    const from = newAddress();
    const { email } = await signUpFrom(server, newAddress());
    for (let attempt = 0; attempt < 9; attempt += 1) await logIn(server, email, from);
    expect((await logIn(server, email, from, 'correct horse battery')).status).toBe(200);
    expect(await failTenTimes([server], email, from)).toEqual(['INVALID_CREDENTIALS']);
  });
});

describe('failed logins on two nodes with one Redis', () => {
  let redis: RedisServer;
  let nodes: readonly [TestServer, TestServer];
  beforeAll(async () => {
    redis = await startRedis();
    const variables = {
      REDIS_URL: redis.url,
      TRUST_PROXY: '1',
      JWT_ACCESS_SECRET: randomBytes(32).toString('hex'),
    };
    nodes = [await TestServer.start(variables), await TestServer.start(variables)];
  });
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await redis.stop();
  });

  it('are counted together, and by each node while Redis is away', async () => {
    const from = newAddress();
    expect(await failTenTimes(nodes, 'nobody@test.example', from)).toEqual(['INVALID_CREDENTIALS']);
    for (const node of nodes)
      expect(refusal(await logIn(node, 'nobody@test.example', from))).toEqual(REFUSED);
    await redis.kill();
    for (const node of nodes) {
      expect(await failTenTimes([node], 'nobody@test.example', from)).toEqual(['INVALID_CREDENTIALS']);
      expect(refusal(await logIn(node, 'nobody@test.example', from))).toEqual(REFUSED);
    }
  });
});
