import { describe, expect, it } from 'vitest';
import { parseConfig } from './load-config.js';
import { StartupError } from './startup.error.js';

const parse = (variables: Record<string, string>) =>
  parseConfig({ NODE_ENV: 'test', JWT_ACCESS_SECRET: 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA', ...variables }).env;

const LIMITS = {
  THROTTLE_GLOBAL_LIMIT: 120,
  THROTTLE_AUTH_LIMIT: 5,
  THROTTLE_REFRESH_LIMIT: 60,
  THROTTLE_UPLOAD_LIMIT: 10,
  THROTTLE_REACTIONS_LIMIT: 60,
  THROTTLE_FILES_LIMIT: 2_000,
  THROTTLE_WS_LIMIT: 20,
  QUOTA_MESSAGES_DAY: 20_000,
  QUOTA_BYTES_DAY: 20_971_520,
  LIMIT_CONVERSATIONS_HOUR: 60,
  LIMIT_ADDED_MEMBERS_HOUR: 500,
};

describe('the variables of rate limits', () => {
  it('have the defaults of the contract', () => {
    expect(parse({})).toMatchObject({ ...LIMITS, TRUST_PROXY: 0 });
    expect(parse({}).REDIS_URL).toBeUndefined();
  });

  describe.each(Object.keys(LIMITS))('%s', (name) => {
    it.each(['1', '1000000000'])('may be %s', (value) => {
      expect(parse({ [name]: value })).toMatchObject({ [name]: Number(value) });
    });

    it.each(['0', '1000000001', '-1', '1.5', '1e3', 'many', ' 5'])('may not be %j', (value) => {
      expect(() => parse({ [name]: value })).toThrow(name);
    });
  });

  it.each(['redis://localhost', 'redis://:p%40ss@host:6380/3', 'rediss://user:pw@host'])(
    'takes %s',
    (url) => {
      expect(parse({ REDIS_URL: url }).REDIS_URL).toBe(url);
    },
  );

  it.each(['localhost:6379', 'http://localhost', 'redis-secret', 'redis'])('refuses %s, unnamed', (url) => {
    expect(() => parse({ REDIS_URL: url })).toThrow(
      new StartupError('Configuration: REDIS_URL must be a redis:// or rediss:// address.'),
    );
  });

  it.each(['-1', '101', 'true', 'loopback'])('takes a number of hops for TRUST_PROXY, not %s', (value) => {
    expect(() => parse({ TRUST_PROXY: value })).toThrow('TRUST_PROXY');
  });
});
