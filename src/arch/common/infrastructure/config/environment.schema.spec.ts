import { describe, expect, it } from 'vitest';
import { type Environment, environmentSchema } from './environment.schema.js';

const SECRET = 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA';
const DATABASE = 'postgres://user:hunter2@db.example:5432/causerie';

it('has defaults for development', () => {
  expect(environmentSchema.parse({})).toEqual({
    NODE_ENV: 'development',
    PORT: 3000,
    LOG_LEVEL: 'info',
    DATA_DIR: '.data',
    DATABASE_POOL_SIZE: expect.any(Number),
    DATABASE_PREPARED: true,
    JWT_ACCESS_EXPIRATION: 900,
    JWT_REFRESH_EXPIRATION: 604_800,
    SESSION_MAX_AGE: 7_776_000,
    MAX_FILE_SIZE: 2_097_152,
    THROTTLE_GLOBAL_LIMIT: 120,
    THROTTLE_AUTH_LIMIT: 5,
    THROTTLE_REFRESH_LIMIT: 60,
    THROTTLE_UPLOAD_LIMIT: 10,
    THROTTLE_MEMBERS_LIMIT: 60,
    THROTTLE_INVITE_LIMIT: 20,
    THROTTLE_REACTIONS_LIMIT: 60,
    THROTTLE_FILES_LIMIT: 2_000,
    THROTTLE_WS_LIMIT: 20,
    QUOTA_MESSAGES_DAY: 20_000,
    QUOTA_BYTES_DAY: 20_971_520,
    MESSAGE_EDIT_WINDOW: 0,
    EDIT_HISTORY: 'moderators',
    LIMIT_CONVERSATIONS_HOUR: 60,
    LIMIT_ADDED_MEMBERS_HOUR: 500,
    TRUST_PROXY: 0,
    CORS_ORIGINS: [],
    SECURITY_LOG_ADDRESSES: 'full',
    WEB: 'on',
    WEB_FRAME_ANCESTORS: [],
    ALLOW_UNSAFE_DATABASE: false,
  } satisfies Environment);
  expect(environmentSchema.parse({}).DATABASE_POOL_SIZE).toBeGreaterThanOrEqual(8);
});

const GOOD: [keyof Environment, string, unknown?][] = [
  ['NODE_ENV', 'test'],
  ['PORT', '0', 0],
  ['PORT', '65535', 65_535],
  ['HOST', '::'],
  ['LOG_LEVEL', 'silent'],
  ['LOG_LEVEL', 'trace'],
  ['DATA_DIR', '/var/lib/causerie'],
  ['DATABASE_URL', DATABASE],
  ['DATABASE_URL', 'postgresql:///causerie?host=/run/postgresql'],
  ['DATABASE_POOL_SIZE', '2', 2],
  ['DATABASE_POOL_SIZE', '200', 200],
  ['JWT_ACCESS_SECRET', SECRET],
  ['JWT_ACCESS_SECRET', '👩'.repeat(4) + SECRET.slice(16)],
  ['JWT_ACCESS_EXPIRATION', '30s', 30],
  ['JWT_REFRESH_EXPIRATION', '2h', 7_200],
  ['REDIS_URL', 'rediss://cache:6380/1'],
  ['THROTTLE_WS_LIMIT', '1000000000', 1_000_000_000],
  ['TRUST_PROXY', '2', 2],
  ['API_DOCS', 'false', false],
  ['WEB', 'off'],
  ['ALLOW_UNSAFE_DATABASE', 'true', true],
];
it.each(GOOD)('%s may be %s', (name, value, parsed = value) => {
  expect(environmentSchema.parse({ [name]: value })[name]).toBe(parsed);
});

describe('names the variable, and never its value:', () => {
  it.each([
    ['NODE_ENV', 'live'],
    ['NODE_ENV', 'Production'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80x'],
    ['PORT', '0x50'],
    ['PORT', '3000.5'],
    ['LOG_LEVEL', 'verbose'],
    ['DATABASE_URL', 'mysql://user:hunter2@db.example/causerie'],
    ['DATABASE_URL', 'db.example:5432'],
    ['DATABASE_URL', 'https://postgres.example'],
    ['REDIS_URL', 'redis://user:hunter2@cache:6379/first'],
    ['REDIS_URL', 'redis://user:hunter2@cache:6379/-1'],
    ['REDIS_URL', 'redis://user:hunter2@cache:6379/0/1'],
    ['DATABASE_POOL_SIZE', '201'],
    ['DATABASE_POOL_SIZE', '99999999999999999'],
    ['JWT_ACCESS_SECRET', SECRET.slice(1)],
    ['JWT_ACCESS_SECRET', 'a'.repeat(40)],
    ['JWT_ACCESS_SECRET', `change-me-${SECRET}`],
    ['JWT_ACCESS_SECRET', `your-secret-${SECRET}`],
    ['JWT_ACCESS_SECRET', `EXAMPLE-${SECRET}`],
    ['JWT_ACCESS_EXPIRATION', '907'],
    ['JWT_ACCESS_EXPIRATION', '00m'],
    ['JWT_ACCESS_EXPIRATION', '29s'],
    ['JWT_REFRESH_EXPIRATION', '3651d'],
    ['JWT_REFRESH_EXPIRATION', 'seven days'],
  ])('%s=%s', (name, value) => {
    const { error } = environmentSchema.safeParse({ [name]: value });
    expect(error?.issues.map(({ path }) => path.join('.'))).toContain(name);
    expect(JSON.stringify(error?.issues.map(({ message }) => message))).not.toContain(value);
  });

  it('a pool of one connection', () => {
    expect(environmentSchema.safeParse({ DATABASE_POOL_SIZE: '1' }).success).toBe(false);
  });
});

describe('the lives of tokens', () => {
  it.each([
    ['30s', '30s'],
    ['365d', '3650d'],
  ])('may be %s and %s', (JWT_ACCESS_EXPIRATION, JWT_REFRESH_EXPIRATION) => {
    expect(environmentSchema.safeParse({ JWT_ACCESS_EXPIRATION, JWT_REFRESH_EXPIRATION }).success).toBe(true);
  });

  it.each([
    ['8d', undefined],
    ['16m', '15m'],
  ])('a refresh token does not end before the access token: %s and %s', (access, refresh) => {
    const { error } = environmentSchema.safeParse({
      JWT_ACCESS_EXPIRATION: access,
      JWT_REFRESH_EXPIRATION: refresh,
    });
    expect(error?.issues).toEqual([
      expect.objectContaining({
        path: ['JWT_REFRESH_EXPIRATION'],
        message: 'must be at least JWT_ACCESS_EXPIRATION: nobody would ever need it',
      }),
    ]);
  });
});

describe('production', () => {
  const complete = { NODE_ENV: 'production', DATABASE_URL: DATABASE, JWT_ACCESS_SECRET: SECRET };

  it('accepts complete settings', () => {
    expect(environmentSchema.parse(complete)).toMatchObject(complete);
  });

  it.each(['DATABASE_URL', 'JWT_ACCESS_SECRET'])('requires %s', (name) => {
    const { error } = environmentSchema.safeParse({ ...complete, [name]: undefined });
    expect(error?.issues).toEqual([
      expect.objectContaining({ path: [name], message: 'is required in production' }),
    ]);
  });
});
