import { describe, expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { refusal, request } from './support.js';

const it = apiTest.extend('id', PER_FILE, ({ server, owner }) => server.createConversation(owner));

const nested = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);

const bodies = [
  'null',
  'true',
  '0',
  '-1e999',
  '""',
  '"\\ud800"',
  '[]',
  '[null]',
  '{}',
  '{"":""}',
  '{"\\u0000":1}',
  '{"content":{"__proto__":null}}',
  '{"content":[["x"]],"memberIds":{"length":1},"userId":[],"email":{},"password":[]}',
  '{"content":"","memberIds":[""],"userId":"","email":"","password":""}',
  '{"content":"\\u0000","memberIds":["\\u0000"],"userId":"\\u0000","email":"\\u0000","password":"\\u0000"}',
  '{"content":1e400,"memberIds":1e400,"userId":1e400,"email":1e400,"password":1e400}',
  '{"memberIds":[null,true,1,{},[],"x"],"userId":null}',
  '{"userId":"00000000-0000-0000-0000-00000000000G"}',
  '{"toString":null,"valueOf":null,"hasOwnProperty":null,"then":{"then":1}}',
  '{"constructor":null,"prototype":null}',
  `{"memberIds":[${Array(20_000).fill('""').join(',')}]}`,
  `{"content":"${'a\\u0300'.repeat(10_000)}"}`,
  `{${Array.from({ length: 5_000 }, (_, n) => `"k${n}":${n}`).join(',')}}`,
  nested('[', ']', 45_000),
  `{"content":${nested('[', ']', 45_000)}}`,
  `{"memberIds":${nested('[', ']', 45_000)}}`,
  nested('{"content":', '}', 8_000).replace('}', '1}'),
  nested('{"memberIds":[', ']}', 6_000),
];

describe.each([
  '/auth/signup',
  '/auth/login',
  '/chat/conversations',
  '/chat/conversations/:id/members',
  '/chat/conversations/:id/messages',
])('POST %s', (route) => {
  it.for(bodies.map((body) => [body.slice(0, 60), body] as const))(
    'refuses %s …',
    async ([_start, body], { server, id, owner }) => {
      const answer = await request(server.url, route.replace(':id', id), {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${owner.token}` },
        body,
      });
      expect(refusal(answer)).toBe('400 VALIDATION_FAILED');
      expect(answer.body.details.length).toBeGreaterThan(0);
    },
  );
});

it.for([
  ['%00', 400],
  ['%0d%0ax-injected:%201', 400],
  ['..%2f..%2fetc%2fpasswd', 400],
  ['%F0%9F%A6%8A', 400],
  ['%EF%BF%BF', 400],
  ['undefined', 400],
  ['0', 400],
  ['00000000-0000-0000-0000-000000000000', 404],
  ['ffffffff-ffff-ffff-ffff-ffffffffffff', 404],
  ['FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF', 404],
] as const)('answers the id "%s" with %d on every route', async ([path, status], { server, owner }) => {
  const base = `/chat/conversations/${path}`;
  const { token } = owner;
  const answers = await Promise.all([
    server.call('GET', base, { token }),
    server.call('GET', `${base}/messages`, { token }),
    server.call('GET', `${base}/messages?around=1`, { token }),
    server.call('POST', `${base}/messages`, { token, body: { content: 'x' } }),
    server.call('POST', `${base}/members`, { token, body: { userId: owner.id } }),
  ]);
  const code = status === 404 ? 'CONVERSATION_NOT_FOUND' : 'VALIDATION_FAILED';
  expect(answers.map(refusal)).toEqual(answers.map(() => `${status} ${code}`));
});

it.for([
  '?limit=%00',
  '?cursor=%00',
  '?cursor=%F0%9F%A6%8A',
  '?limit[$gt]=1',
  '?__proto__[limit]=1&x=1',
  `?${'&'.repeat(5_000)}x`,
  `?${Array.from({ length: 2_000 }, (_, n) => `k${n}=1`).join('&')}`,
  `?limit=${'9'.repeat(10_000)}`,
  '?limit=%E0%A4%A',
  '?%zz=%zz',
])('refuses the query %s', async (query, { server, owner }) => {
  const answer = await server.call('GET', `/chat/conversations${query}`, { token: owner.token });
  expect(refusal(answer)).toMatch(/^400 (VALIDATION_FAILED|CURSOR_INVALID)$/);
});

it.for([
  '/api/docs/%2e%2e/package.json',
  '/api/docs/..%2f..%2fpackage.json',
  '/api/docs/%00',
  '/api/docs/nothing.js',
  '/api/docs/.env',
  '//',
  '/health/nothing',
  '/chat/conversations/',
  '/chat/conversations//messages',
  '/socket.iox',
])('knows no route %s', async (path, { server }) => {
  const answer = await server.call('GET', path);
  expect(refusal(answer)).toBe('404 ROUTE_NOT_FOUND');
});

it('serves on after all that', async ({ server, id, owner }) => {
  const answer = await server.call('POST', `/chat/conversations/${id}/messages`, {
    token: owner.token,
    body: { content: 'still here' },
  });
  expect([answer.status, answer.body.seq]).toEqual([201, 1]);
});
