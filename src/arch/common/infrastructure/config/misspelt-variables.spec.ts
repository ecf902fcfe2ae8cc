import { describe, expect, it } from 'vitest';
import { environmentSchema } from './environment.schema.js';
import { parseConfig } from './load-config.js';
import { misspeltVariables } from './misspelt-variables.js';

const known = Object.keys(environmentSchema.shape);
const misspelt = (...given: string[]) => misspeltVariables(given, known);

describe('a variable that resembles a setting', () => {
  it.each([
    ['THROTTLE_WS_LIMT', 'THROTTLE_WS_LIMIT'],
    ['THROTTLE_UPLOADS_LIMIT', 'THROTTLE_UPLOAD_LIMIT'],
    ['QUOTA_MESSAGES_PER_DAY', 'QUOTA_MESSAGES_DAY'],
    ['JWT_SECRET', 'JWT_ACCESS_SECRET'],
    ['CORS_ORIGIN', 'CORS_ORIGINS'],
    ['DATABASE_ULR', 'DATABASE_URL'],
    ['DATABASE_POOLSIZE', 'DATABASE_POOL_SIZE'],
    ['REDIS_URI', 'REDIS_URL'],
    ['TRUST_PROXIES', 'TRUST_PROXY'],
    ['LOG_LEVELS', 'LOG_LEVEL'],
    ['THROTLE_WS_LIMIT', 'THROTTLE_WS_LIMIT'],
    ['DATABSE_URL', 'DATABASE_URL'],
    ['DATA_BASE_URL', 'DATABASE_URL'],
    ['JWTACCESS_SECRET', 'JWT_ACCESS_SECRET'],
  ])('%s is reported with the likely name: %s', (name, meant) => {
    expect(misspelt(name)).toEqual([`${name} (${meant}?)`]);
  });

  it('is reported once the settings are read, without its value', () => {
    const secret = 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA';
    const { misspelt: reported } = parseConfig({
      JWT_ACCESS_SECRET: secret,
      JWT_SECRET: 'canary',
      QUOTA_X: '',
    });
    expect(reported).toEqual(['JWT_SECRET (JWT_ACCESS_SECRET?)']);
  });
});

describe('a variable of another program', () => {
  it.each([
    'DATABASE_PRIVATE_URL',
    'DATABASE_URL_UNPOOLED',
    'DATABASE_HOST',
    'DATABASE_PASSWORD',
    'DATABASE_NAME',

    'REDIS_HOST',
    'REDIS_TLS_URL',
    'REDIS_PORT',
    'REDIS_SERVICE_HOST',
    'REDIS_PORT_6379_TCP',
    'REDIS_TLS',

    'NODE_OPTIONS',
    'NODE_PATH',
    'API_KEY',
    'API_TOKEN',
    'LOG_FILE',
    'DATA_SOURCE',
    'MAX_MEMORY',
    'UPLOAD_URL',
    'SESSION_MANAGER',
    'HOSTNAME',
    'PORTS',
    'XDG_DATA_DIRS',
    'JAVA_DIR',
    'RUST_PROXY_URL',
    'PATH',
    '_',
    '',
  ])('%s is ignored', (name) => {
    expect(misspelt(name)).toEqual([]);
  });

  it('is ignored, too, when the setting that it resembles has a value', () => {
    expect(misspelt('REDIS_URI', 'REDIS_URL')).toEqual([]);
  });
});

it('reports a few of many', () => {
  const given = Array.from({ length: 50 }, (_, index) => `THROTTLE_${index}`);
  expect(misspelt(...given)).toHaveLength(10);
});
