import { describe, expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { refusal } from './support.js';

const it = apiTest
  .extend('id', PER_FILE, ({ server, owner }) => server.createConversation(owner))
  .extend('steps', PER_FILE, ({ server, owner }) => ({
    get: (path: string) => server.call('GET', `/chat/conversations${path}`, { token: owner.token }),
  }));

const notNumbers = [
  '',
  'x',
  '1x',
  '-1',
  '-0',
  '+1',
  '1.5',
  '1.0',
  '1e1',
  '0x1',
  '%201',
  '1%20',
  '١',
  'NaN',
  'null',
];
const tooBig = ['9007199254740992', '9223372036854775808', '99999999999999999999', 'Infinity'];

describe('GET /chat/conversations/:id/messages', () => {
  it.for([...notNumbers, ...tooBig])('refuses "%s" as any number', async (value, { steps, id }) => {
    const keys = ['page', 'limit', 'before', 'after', 'around'];
    const answers = await Promise.all(keys.map((key) => steps.get(`/${id}/messages?${key}=${value}`)));
    expect(answers.map(refusal)).toEqual(keys.map(() => '400 VALIDATION_FAILED'));
    expect(answers.map(({ body }) => body.details[0].path)).toEqual(keys);
  });

  it.for(['page=0', 'limit=0', 'limit=101', 'limit=1000', 'page=0&limit=20'])(
    'refuses %s',
    async (query, { steps, id }) => {
      expect(refusal(await steps.get(`/${id}/messages?${query}`))).toBe('400 VALIDATION_FAILED');
    },
  );

  it.for(['page=1', 'limit=1', 'limit=100', 'before=0', 'after=0', 'around=0', 'page=9007199254740991'])(
    'takes %s',
    async (query, { steps, id }) => {
      expect((await steps.get(`/${id}/messages?${query}`)).status).toBe(200);
    },
  );

  it.for(['page=1&page=2', 'limit=5&limit=5', 'before=1&before=1', 'after=1&after=2', 'around=1&around=1'])(
    'refuses the repeated parameter of %s',
    async (query, { steps, id }) => {
      expect(refusal(await steps.get(`/${id}/messages?${query}`))).toBe('400 VALIDATION_FAILED');
    },
  );

  it.for([
    'before=1&after=1',
    'before=1&around=1',
    'after=1&around=1',
    'before=1&after=1&around=1',
    'before=5&page=1',
    'after=5&page=1',
    'around=5&page=2',
  ])('refuses two ways of asking: %s', async (query, { steps, id }) => {
    expect(refusal(await steps.get(`/${id}/messages?${query}`))).toBe('400 VALIDATION_FAILED');
  });

  it.for(['offset=1', 'sort=asc', 'Page=1', 'page[]=1', 'page[a]=1', 'limit=5&cursor=x', 'x', '=1'])(
    'refuses the unknown parameter of %s',
    async (query, { steps, id }) => {
      expect(refusal(await steps.get(`/${id}/messages?${query}`))).toBe('400 VALIDATION_FAILED');
    },
  );
});

describe('GET /chat/conversations', () => {
  it.for([...notNumbers, ...tooBig, '0', '101'])('refuses "%s" as limit', async (value, { steps }) => {
    const answer = await steps.get(`?limit=${value}`);
    expect(refusal(answer)).toBe('400 VALIDATION_FAILED');
    expect(answer.body.details[0].path).toBe('limit');
  });

  it.for(['page=1', 'offset=0', 'limit=5&limit=6', 'cursor=a&cursor=b', 'search=x'])(
    'refuses %s',
    async (query, { steps }) => {
      expect(refusal(await steps.get(`?${query}`))).toBe('400 VALIDATION_FAILED');
    },
  );

  it.for(['limit=1', 'limit=100'])('takes %s', async (query, { steps }) => {
    expect((await steps.get(`?${query}`)).status).toBe(200);
  });
});
