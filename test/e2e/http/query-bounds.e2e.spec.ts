import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { refusal } from './support.js';

let server: TestServer;
let owner: TestUser;
let id: string;

beforeAll(async () => {
  server = await TestServer.start();
  owner = await server.signUp();
  id = await server.createConversation(owner);
});
afterAll(() => server.stop());

const get = (path: string) => server.call('GET', `/chat/conversations${path}`, { token: owner.token });

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
  it.each([...notNumbers, ...tooBig])('refuses "%s" as any number', async (value) => {
    const keys = ['page', 'limit', 'before', 'after', 'around'];
    const answers = await Promise.all(keys.map((key) => get(`/${id}/messages?${key}=${value}`)));
    expect(answers.map(refusal)).toEqual(keys.map(() => '400 VALIDATION_FAILED'));
    expect(answers.map(({ body }) => body.details[0].path)).toEqual(keys);
  });

  it.each(['page=0', 'limit=0', 'limit=101', 'limit=1000', 'page=0&limit=20'])(
    'refuses %s',
    async (query) => {
      expect(refusal(await get(`/${id}/messages?${query}`))).toBe('400 VALIDATION_FAILED');
    },
  );

  it.each(['page=1', 'limit=1', 'limit=100', 'before=0', 'after=0', 'around=0', 'page=9007199254740991'])(
    'takes %s',
    async (query) => {
      expect((await get(`/${id}/messages?${query}`)).status).toBe(200);
    },
  );

  it.each(['page=1&page=2', 'limit=5&limit=5', 'before=1&before=1', 'after=1&after=2', 'around=1&around=1'])(
    'refuses the repeated parameter of %s',
    async (query) => {
      expect(refusal(await get(`/${id}/messages?${query}`))).toBe('400 VALIDATION_FAILED');
    },
  );

  it.each([
    'before=1&after=1',
    'before=1&around=1',
    'after=1&around=1',
    'before=1&after=1&around=1',
    'before=5&page=1',
    'after=5&page=1',
    'around=5&page=2',
  ])('refuses two ways of asking: %s', async (query) => {
    expect(refusal(await get(`/${id}/messages?${query}`))).toBe('400 VALIDATION_FAILED');
  });

  it.each(['offset=1', 'sort=asc', 'Page=1', 'page[]=1', 'page[a]=1', 'limit=5&cursor=x', 'x', '=1'])(
    'refuses the unknown parameter of %s',
    async (query) => {
      expect(refusal(await get(`/${id}/messages?${query}`))).toBe('400 VALIDATION_FAILED');
    },
  );
});

describe('GET /chat/conversations', () => {
  it.each([...notNumbers, ...tooBig, '0', '101'])('refuses "%s" as limit', async (value) => {
    const answer = await get(`?limit=${value}`);
    expect(refusal(answer)).toBe('400 VALIDATION_FAILED');
    expect(answer.body.details[0].path).toBe('limit');
  });

  it.each(['page=1', 'offset=0', 'limit=5&limit=6', 'cursor=a&cursor=b', 'search=x'])(
    'refuses %s',
    async (query) => {
      expect(refusal(await get(`?${query}`))).toBe('400 VALIDATION_FAILED');
    },
  );

  it.each(['limit=1', 'limit=100'])('takes %s', async (query) => {
    expect((await get(`?${query}`)).status).toBe(200);
  });
});
