import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadConfig, parseConfig } from './load-config.js';
import { StartupError } from './startup.error.js';

const SECRET = 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'causerie-config-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

it('reads the settings and knows production', () => {
  const DATABASE_URL = 'postgres://db.example/causerie';
  const config = parseConfig({ NODE_ENV: 'production', DATABASE_URL, JWT_ACCESS_SECRET: SECRET });
  expect(config.isProduction).toBe(true);
  expect(config.env).toMatchObject({ DATABASE_URL, JWT_ACCESS_SECRET: SECRET, PORT: 3000 });
  expect(parseConfig({ JWT_ACCESS_SECRET: SECRET }).isProduction).toBe(false);
});

it('takes an empty variable for one that is not set', () => {
  const { env } = parseConfig({ PORT: '', HOST: '', DATABASE_URL: '', JWT_ACCESS_SECRET: SECRET });
  expect(env).toMatchObject({ PORT: 3000, JWT_ACCESS_SECRET: SECRET });
  expect(env.HOST).toBeUndefined();
  expect(env.DATABASE_URL).toBeUndefined();
});

it('makes DATA_DIR absolute', () => {
  const { env } = parseConfig({ DATA_DIR: 'some/where', JWT_ACCESS_SECRET: SECRET });
  expect(env.DATA_DIR).toBe(resolve('some/where'));
});

it('generates the secret of a development server once', () => {
  const { env } = parseConfig({ DATA_DIR: folder });
  expect(Buffer.byteLength(env.JWT_ACCESS_SECRET)).toBeGreaterThanOrEqual(32);
  expect(parseConfig({ DATA_DIR: folder }).env.JWT_ACCESS_SECRET).toBe(env.JWT_ACCESS_SECRET);
});

it('names all wrong variables in one line, and none of their values', () => {
  const wrong = { PORT: 'hunter2', DATABASE_URL: 'mysql://hunter2', JWT_ACCESS_SECRET: 'hunter2' };
  const parse = () => parseConfig(wrong);
  expect(parse).toThrow(StartupError);
  expect(parse).toThrow(/^Configuration: PORT [^\n]+; DATABASE_URL [^\n]+; JWT_ACCESS_SECRET [^\n]+\.$/);
  expect(parse).not.toThrow(/hunter2/);
});

it('requires in production what development makes up', () => {
  expect(() => parseConfig({ NODE_ENV: 'production', DATA_DIR: folder })).toThrow(
    'DATABASE_URL is required in production; JWT_ACCESS_SECRET is required in production',
  );
});

describe('with a .env', () => {
  const before = process.cwd();
  beforeEach(() => {
    process.chdir(folder);
    for (const name of ['PORT', 'HOST']) vi.stubEnv(name, undefined);
    vi.stubEnv('JWT_ACCESS_SECRET', SECRET);
  });
  afterEach(() => process.chdir(before));

  it('needs none', () => {
    vi.stubEnv('PORT', '4567');
    expect(loadConfig().env.PORT).toBe(4_567);
  });

  it('prefers what is set in the environment', () => {
    writeFileSync('.env', 'PORT=1111\nHOST=127.0.0.2\n');
    vi.stubEnv('PORT', '2222');
    expect(loadConfig().env).toMatchObject({ PORT: 2_222, HOST: '127.0.0.2' });
  });

  it('names one that cannot be read', () => {
    mkdirSync('.env');
    expect(loadConfig).toThrow(StartupError);
    expect(loadConfig).toThrow(/^\.env cannot be read: [^\n]+$/);
  });
});
