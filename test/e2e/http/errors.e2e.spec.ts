import { describe, expect } from 'vitest';
import { apiTest as it } from '../../support/api-test.js';
import { refusal, request, UNKNOWN_ID } from './support.js';

describe('an unknown route', () => {
  it.for([
    ['GET', '/nowhere'],
    ['POST', '/nowhere'],
    ['PUT', '/nowhere'],
    ['PATCH', '/nowhere'],
    ['DELETE', '/nowhere'],
    ['OPTIONS', '/nowhere'],
    ['PROPFIND', '/nowhere'],
    ['GET', '/chat'],
    ['GET', '/CHAT/conversations'],
    ['GET', '/v1/chat/conversations'],
  ] as const)('%s %s is 404, with or without a token', async ([method, path], { server, user }) => {
    expect(refusal(await server.call(method, path))).toBe('404 ROUTE_NOT_FOUND');
    expect(refusal(await server.call(method, path, { token: user.token }))).toBe('404 ROUTE_NOT_FOUND');
  });

  it('is 404 for HEAD, without a body', async ({ server }) => {
    const { status, headers, body } = await request(server.url, '/nowhere', { method: 'HEAD' });
    expect(status).toBe(404);
    expect(headers.get('x-request-id')).toBeTruthy();
    expect(body).toBeUndefined();
  });
});

describe('another method than a path has', () => {
  it.for([
    ['GET', '/auth/login', 'POST'],
    ['GET', '/auth/signup?x=/health', 'POST'],
    ['DELETE', '/chat/conversations', 'GET, HEAD, POST'],
    ['POST', `/chat/conversations/${UNKNOWN_ID}`, 'DELETE, GET, HEAD, PATCH'],
    ['PUT', `/chat/conversations/${UNKNOWN_ID}/members`, 'GET, HEAD, POST'],
    ['PUT', '/posts/anything', 'DELETE, GET, HEAD, PATCH'],
    ['POST', '/health', 'GET, HEAD'],
    ['OPTIONS', '/users/me', 'DELETE, GET, HEAD, PUT'],
    ['PROPFIND', '/uploads/avatars/x.png', 'GET, HEAD'],
    ['PUT', '/socket.io/?EIO=4&transport=polling', 'GET, POST'],
  ] as const)('%s %s is 405, and Allow names %s', async ([method, path, allowed], { server, user }) => {
    for (const options of [{}, { token: user.token }]) {
      const answer = await server.call(method, path, options);
      expect(refusal(answer)).toBe('405 METHOD_NOT_ALLOWED');
      expect(answer.headers.get('allow')).toBe(allowed);
    }
  });

  it('is no method that the path really has', async ({ server }) => {
    for (const method of ['GET', 'HEAD']) {
      expect((await request(server.url, '/health', { method })).status).toBe(200);
    }
  });
});

describe('path', () => {
  it.for([
    ['/nowhere?secret=1', '/nowhere'],
    ['/chat/conversations?limit=0&x=%3F', '/chat/conversations'],
    ['/nowhere?', '/nowhere'],
    ['/%zz?secret=1', '/%zz'],
  ] as const)('of %s is %s', async ([sent, path], { server, user }) => {
    const answer = await server.call('GET', sent, { token: user.token });
    expect(refusal(answer)).toMatch(/^4/);
    expect(answer.body.path).toBe(path);
    expect(JSON.stringify(answer.body)).not.toContain('secret');
  });
});

describe('an address that is none', () => {
  it.for(['/%zz', '/%', '/chat/conversations/%zz', '/chat/conversations/%E0%A4%A', '/%c0%af'])(
    '%s is 400',
    async (path, { server, user }) => {
      const answer = await server.call('GET', path, { token: user.token });
      expect(refusal(answer)).toBe('400 VALIDATION_FAILED');
      expect(answer.body.details).toHaveLength(1);
    },
  );

  it.for([37, 900, 1_000, 1_001, 5_000])(
    'an id of %d characters is 400',
    async (length, { server, user }) => {
      const answer = await server.call('GET', `/chat/conversations/${'a'.repeat(length)}`, {
        token: user.token,
      });
      expect(refusal(answer)).toBe('400 VALIDATION_FAILED');
    },
  );
});

describe('details', () => {
  it('name each wrong place and never repeat what was sent', async ({ server, user }) => {
    const answer = await server.call('POST', '/chat/conversations', {
      token: user.token,
      body: { title: '', memberIds: [user.id, 'intruder-value', 5], surprise: 'intruder-value' },
    });
    expect(refusal(answer)).toBe('400 VALIDATION_FAILED');
    const paths = answer.body.details.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(expect.arrayContaining(['title', 'memberIds.1', 'memberIds.2']));
    expect(JSON.stringify(answer.body)).not.toContain('intruder-value');
    expect(JSON.stringify(answer.body.details)).toContain('surprise');
  });

  it('are few, however much is wrong', async ({ server, user }) => {
    const answer = await server.call('POST', '/chat/conversations', {
      token: user.token,
      body: { memberIds: Array(100).fill('x') },
    });
    expect(refusal(answer)).toBe('400 VALIDATION_FAILED');
    expect(answer.body.details.length).toBeLessThanOrEqual(20);
  });

  it('are there and empty when there is nothing to name', async ({ server, user }) => {
    const answer = await server.call('GET', `/chat/conversations/${UNKNOWN_ID}`, { token: user.token });
    expect(refusal(answer)).toBe('404 CONVERSATION_NOT_FOUND');
    expect(answer.body.details).toEqual([]);
  });
});
