import { expect, it } from 'vitest';
import type { ApiDocument } from './api-document.js';
import { checkAnswer } from './check-answer.js';

const error = { $ref: '#/components/schemas/ApiError' };
const document: ApiDocument = {
  paths: {},
  components: {
    schemas: {
      ApiError: {
        type: 'object',
        properties: { code: { type: 'string' } },
        required: ['code'],
      },
    },
  },
};
const operation = {
  responses: {
    '200': { content: { 'image/png': { schema: { type: 'string', format: 'binary' } } } },
    '204': {},
    '404': { content: { 'application/json': { schema: error, examples: { GONE: { value: {} } } } } },
    '429': {
      headers: { 'Retry-After': { schema: { type: 'integer', minimum: 1 } } },
      content: { 'application/json': { schema: error, examples: { SLOW: { value: {} } } } },
    },
  },
};

const json = { 'content-type': 'application/json; charset=utf-8', 'x-request-id': '1' };
const check = (status: number, text: string, headers: Record<string, string>) =>
  checkAnswer(document, operation, { status, text, headers: new Headers(headers) });

it.each([
  [200, 'x', { 'content-type': 'image/png', 'x-request-id': '1' }],
  [204, '', { 'x-request-id': '1' }],
  [404, '{"code":"GONE"}', json],
  [429, '{"code":"SLOW"}', { ...json, 'retry-after': '1' }],
])('finds nothing wrong with a %i that is as documented', (status, text, headers) => {
  expect(check(status, text, headers)).toEqual([]);
});

it.each<[string, number, string, Record<string, string>, RegExp]>([
  ['a status', 418, '{"code":"TEAPOT"}', json, /^undocumented: 418 TEAPOT$/],
  ['a code', 404, '{"code":"LOST"}', json, /^undocumented code LOST$/],
  ['a field too many', 404, '{"code":"GONE","who":"me"}', json, /who/],
  ['a missing field', 404, '{}', json, /^code: /],
  [
    'a content type',
    404,
    '<p>GONE</p>',
    { ...json, 'content-type': 'text/html' },
    /^content type text\/html$/,
  ],
  ['an empty image', 200, '', { 'content-type': 'image/png', 'x-request-id': '1' }, /^no content$/],
  ['a body of a 204', 204, '{}', json, /^a body where none is documented$/],
  ['a missing header', 429, '{"code":"SLOW"}', json, /^no header Retry-After$/],
  [
    'a header of another kind',
    429,
    '{"code":"SLOW"}',
    { ...json, 'retry-after': 'soon' },
    /^header Retry-After: soon$/,
  ],
  [
    'a header too many',
    404,
    '{"code":"GONE"}',
    { ...json, 'retry-after': '1' },
    /^undocumented header retry-after$/,
  ],
  ['no request id', 204, '', {}, /^no x-request-id$/],
])('notices %s', (_label, status, text, headers, problem) => {
  expect(check(status, text, headers)).toEqual([expect.stringMatching(problem)]);
});
