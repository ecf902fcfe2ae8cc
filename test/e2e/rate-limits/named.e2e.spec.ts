import { describe, expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { ask, newAddress, signUpFrom, statuses } from './callers.js';

const it = apiTest
  .extend('variables', PER_FILE, {
    THROTTLE_AUTH_LIMIT: '2',
    THROTTLE_REFRESH_LIMIT: '3',
    THROTTLE_UPLOAD_LIMIT: '1',
    THROTTLE_MEMBERS_LIMIT: '3',
    TRUST_PROXY: '1',
  })
  .extend('steps', PER_FILE, ({ server }) => ({
    post: (path: string, from: string, body = '{}') => ask(server, path, { method: 'POST', from, body }),
  }));

describe('the throttlers of some routes', () => {
  it('auth: signups and failed logins together, and nothing else', async ({ steps, server }) => {
    const from = newAddress();
    const { email, token } = await signUpFrom(server, from);
    const logIn = (password: string, by = from) =>
      steps.post('/auth/login', by, JSON.stringify({ email, password }));
    for (let n = 0; n < 5; n += 1) expect((await logIn('correct horse battery')).status).toBe(200);
    expect((await logIn('wrong')).status).toBe(401);
    const refused = await logIn('wrong');
    expect(refused).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(40);
    expect((await logIn('correct horse battery')).status).toBe(429);
    expect((await steps.post('/auth/signup', from)).status).toBe(429);
    expect((await steps.post('/auth/refresh', from)).status).toBe(400);
    expect((await ask(server, '/users/me', { from, token })).status).toBe(200);
    expect(await statuses(server, 3, { from })).toEqual([200, 200, 200]);
    expect((await logIn('correct horse battery', newAddress())).status).toBe(200);
  });

  it('auth: a class that logs in at one address, one after another, is let in', async ({ steps, server }) => {
    const from = newAddress();
    for (let n = 0; n < 30; n += 1) {
      const { email } = await signUpFrom(server, newAddress());
      const body = JSON.stringify({ email, password: 'correct horse battery' });
      expect((await steps.post('/auth/login', from, body)).status).toBe(200);
    }
  });

  it('refresh: a counter of its own', async ({ steps }) => {
    const from = newAddress();
    const body = JSON.stringify({ refreshToken: 'unknown' });
    const answers = [401, 401, 401, 429];
    for (const status of answers) expect((await steps.post('/auth/refresh', from, body)).status).toBe(status);
    expect((await steps.post('/auth/login', from)).status).toBe(400);
  });

  it('upload: by user', async ({ server }) => {
    const { token } = await signUpFrom(server, newAddress());
    const upload = async () => {
      const body = new FormData();
      body.append('avatar', new Blob(['not an image']), 'avatar.png');
      const headers = { authorization: `Bearer ${token}`, 'x-forwarded-for': newAddress() };
      return (await fetch(`${server.url}/users/me/avatar`, { method: 'POST', headers, body })).status;
    };
    expect(await upload()).toBe(415);
    expect(await upload()).toBe(429);
    expect((await ask(server, '/users/me', { token })).status).toBe(200);
  });

  it('members: removals, bans and changes of roles together, by user, and nothing else', async ({
    server,
  }) => {
    const [owner, other] = [await signUpFrom(server, newAddress()), await signUpFrom(server, newAddress())];
    const send = (method: string, path: string, body: object | undefined, { token } = owner) =>
      ask(server, `/chat/conversations${path}`, {
        method,
        token,
        from: newAddress(),
        ...(body && { body: JSON.stringify(body) }),
      });
    const { body: conversation } = await send('POST', '', { memberIds: [] });
    const { body: others } = await send('POST', '', { memberIds: [] }, other);
    const unknown = '/members/00000000-0000-4000-8000-00000000dead';
    const here = `/${conversation.id}`;
    for (let n = 0; n < 5; n += 1) {
      expect((await send('PATCH', here, { title: `Title ${n}` })).status).toBe(200);
      expect((await send('POST', `${here}/members`, { userId: others.createdBy })).status).toBe(
        n === 0 ? 201 : 409,
      );
      expect((await send('GET', `${here}/bans`, undefined)).status).toBe(200);
    }
    expect((await send('PATCH', here + unknown, { role: 'admin' })).status).toBe(404);
    expect((await send('PUT', `${here}/bans/${others.createdBy}`, {})).status).toBe(204);
    expect((await send('DELETE', `${here}/bans/${others.createdBy}`, undefined)).status).toBe(204);
    for (const [method, path, body] of [
      ['DELETE', here + unknown],
      ['PATCH', here + unknown, { role: 'admin' }],
      ['PUT', `${here}/bans/${others.createdBy}`, {}],
    ] as const) {
      const refused = await send(method, path, body);
      expect(refused).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(40);
    }
    expect((await send('DELETE', `/${others.id}${unknown}`, undefined, other)).status).toBe(404);
    expect((await send('DELETE', here, undefined)).status).toBe(204);
  });
});
