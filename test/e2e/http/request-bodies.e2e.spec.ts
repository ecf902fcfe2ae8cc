import { describe, expect, vi } from 'vitest';
import { InFlightWork } from '../../../src/arch/common/application/in-flight-work.js';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { refusal, request } from './support.js';

const it = apiTest.extend('steps', PER_FILE, ({ server, user }) => ({
  post: (body: RequestInit['body'], contentType: string | null = 'application/json') =>
    request(server.url, '/chat/conversations', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${user.token}`,
        ...(contentType === null ? {} : { 'content-type': contentType }),
      },
      ...(body === undefined ? {} : { body, duplex: 'half' }),
    }),
}));

const bytes = (...parts: (string | number[])[]) => Buffer.concat(parts.map((part) => Buffer.from(part)));

it('a request gives back as many bytes of the budget as it took, whatever its body and its answer', async ({
  server,
  steps,
}) => {
  const work = server.app.get(InFlightWork);
  const [begun, ended] = [vi.spyOn(work, 'beginWork'), vi.spyOn(work, 'endWork')];
  const chunked = new Blob(['{"memberIds":[]}']).stream();
  const answers = [
    await steps.post('{"memberIds":[]}'),
    await steps.post('{"memberIds":[1]}'),
    await steps.post(chunked),
  ];
  expect(answers.map(({ status }) => status)).toEqual([201, 400, 201]);
  await vi.waitFor(() => expect(ended).toHaveBeenCalledTimes(answers.length), { interval: 5 });
  expect(begun.mock.calls).toEqual([[16], [17], [102_400]]);
  expect(ended.mock.calls).toEqual(begun.mock.calls);
  vi.restoreAllMocks();
});

describe('a body that cannot be read', () => {
  it.for<[string, RequestInit['body']]>([
    ['nothing', undefined],
    ['blanks', ' \n '],
    ['half an object', '{"memberIds":['],
    ['a trailing comma', '{"memberIds":[],}'],
    ['single quotes', "{'memberIds':[]}"],
    ['a comment', '{"memberIds":[]/**/}'],
    ['two values', '{"memberIds":[]}{}'],
    ['NaN', 'NaN'],
    ['undefined', 'undefined'],
    ['a raw line break in a string', '{"title":"a\nb","memberIds":[]}'],
    ['a byte that is not UTF-8', bytes('{"title":"', [0xff], '","memberIds":[]}')],
    ['a cut emoji', bytes('{"title":"', [0xf0, 0x9f, 0xa6], '","memberIds":[]}')],
    ['an overlong slash', bytes('{"title":"', [0xc0, 0xaf], '","memberIds":[]}')],
    ['a surrogate in UTF-8', bytes('{"title":"', [0xed, 0xa0, 0x80], '","memberIds":[]}')],
    ['Latin-1', Buffer.from('{"title":"é","memberIds":[]}', 'latin1')],
    ['UTF-16', Buffer.from('{"memberIds":[]}', 'utf16le')],
    ['gzip', bytes([0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0])],
    ['100,000 open brackets', '['.repeat(100_000)],
  ])('%s is 400 MALFORMED_JSON', async ([_label, body], { steps }) => {
    expect(refusal(await steps.post(body))).toBe('400 MALFORMED_JSON');
  });

  it.for([
    ['text', 'text/plain'],
    ['a form', 'application/x-www-form-urlencoded'],
    ['a multipart form', 'multipart/form-data; boundary=x'],
    ['XML', 'application/xml'],
    ['almost JSON', 'application/jsonp'],
    ['JSON of another kind', 'application/merge-patch+json'],
    ['nonsense', 'nonsense'],
  ] as const)('%s is 415', async ([_label, contentType], { steps }) => {
    expect(refusal(await steps.post('{"memberIds":[]}', contentType))).toBe('415 UNSUPPORTED_MEDIA_TYPE');
  });

  it('of no declared type is 415', async ({ steps }) => {
    expect(refusal(await steps.post(Buffer.from('{"memberIds":[]}'), null))).toBe(
      '415 UNSUPPORTED_MEDIA_TYPE',
    );
  });

  it('none at all, of no type, is merely not what is wanted', async ({ steps }) => {
    expect(refusal(await steps.post(undefined, null))).toBe('400 VALIDATION_FAILED');
  });
});

const json = (size: number) => '{"memberIds":[]}'.padEnd(size, ' ');
const chunked = (size: number) => new Blob([json(size / 2), ' '.repeat(size / 2)]).stream();

describe('the size of a body', () => {
  it('may be 100 KiB', async ({ steps }) => {
    expect((await steps.post(json(102_400))).status).toBe(201);
    expect((await steps.post(chunked(102_400))).status).toBe(201);
  });

  it('is refused beyond, announced or not', async ({ steps }) => {
    expect(refusal(await steps.post(json(102_401)))).toBe('413 PAYLOAD_TOO_LARGE');
    expect(refusal(await steps.post(chunked(102_402)))).toBe('413 PAYLOAD_TOO_LARGE');
  });

  it('counts bytes, not characters', async ({ steps }) => {
    const body = JSON.stringify({ memberIds: [], title: '🦊'.repeat(25_600) });
    expect(body.length).toBeLessThan(102_400);
    expect(refusal(await steps.post(body))).toBe('413 PAYLOAD_TOO_LARGE');
  });
});

it.for([
  'application/json; charset=utf-8',
  'Application/JSON',
  'application/json;charset=UTF-8',
  'application/json; charset="utf-8"',
  'application/json; odata=verbose; charset=utf8',
])('takes JSON as %s', async (contentType, { steps }) => {
  expect((await steps.post('{"memberIds":[]}', contentType)).status).toBe(201);
});

it.for([
  ' charset=iso-8859-1',
  ' charset=utf-16',
  ' charset="latin1"',
  ' charset=',
  ' charset=utf-8; charset=utf-16',
  '\tcharset=iso-8859-1',
])('refuses JSON in another charset before it is read: %s', async (parameter, { steps }) => {
  const answer = await steps.post('{"memberIds":', `application/json;${parameter}`);
  expect(refusal(answer)).toBe('415 UNSUPPORTED_MEDIA_TYPE');
});

it.for([
  ['gzip', '415 UNSUPPORTED_MEDIA_TYPE'],
  ['br', '415 UNSUPPORTED_MEDIA_TYPE'],
  ['identity, gzip', '415 UNSUPPORTED_MEDIA_TYPE'],
  ['identity', '400 MALFORMED_JSON'],
] as const)('reads no body that is announced as packed: %s', async ([encoding, expected], { server }) => {
  for (const path of ['/auth/login', '/posts']) {
    const answer = await request(server.url, path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': encoding },
      body: '{',
    });
    expect(refusal(answer)).toBe(expected);
  }
});

it('reads no avatar that is announced as packed', async ({ server }) => {
  const answer = await request(server.url, '/users/me/avatar', {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-encoding': 'gzip' },
    body: '--x--',
  });
  expect(refusal(answer)).toBe('415 UNSUPPORTED_MEDIA_TYPE');
});

it.for([
  [400, '{"memberIds":[],"__proto__":{"polluted":true}}'],
  [400, '{"memberIds":[],"constructor":{"prototype":{"polluted":true}}}'],
  [400, '{"memberIds":[],"toString":"polluted"}'],
  [400, '{"__proto__":{"memberIds":[],"polluted":true}}'],
  [400, '{"memberIds":[{"__proto__":{"polluted":true}}]}'],
  [400, '{"memberIds":{"__proto__":[],"length":0}}'],
] as const)('answers %d to %s and is not harmed', async ([status, body], { steps }) => {
  const answer = await steps.post(body);
  expect(answer.status).toBe(status);
  expect(JSON.stringify(answer.body)).not.toContain('polluted');
  // The server runs in this process.
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});
