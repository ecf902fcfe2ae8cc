import { afterAll, expect, it } from 'vitest';
import { refusal } from './refusal.js';
import { cleanUp } from './server-process.js';

afterAll(cleanUp);

const SECRET = 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA-canary';

/** An invalid value of each variable; `canary` must not be printed. */
const WRONG: Record<string, readonly string[]> = {
  PORT: ['canary', '70000', '-1'],
  NODE_ENV: ['staging', 'prod_'],
  LOG_LEVEL: ['canary', 'INFO'],
  JWT_ACCESS_EXPIRATION: ['900', '0m', 'canary'],
  JWT_REFRESH_EXPIRATION: ['7 days', '-7d', '7'],
  JWT_ACCESS_SECRET: ['canary', 'change-me-change-me-change-me-canary', 'x'.repeat(40)],
  DATABASE_URL: ['canary', 'mysql://canary@localhost/x', 'postgres//canary'],
  DATABASE_POOL_SIZE: ['0', 'many', '1e3'],
};

it.concurrent('names the one variable that is wrong, and never its value', async () => {
  expect(await refusal({ PORT: 'abc' })).toBe('Configuration: PORT must be a whole number.');
});

it.concurrent.each([0, 1, 2])(
  'names every variable that is wrong, and none of the values (%i)',
  async (index) => {
    const wrong = Object.entries(WRONG).flatMap(([name, values]) => {
      const value = values[index];
      return value === undefined ? [] : [[name, value] as const];
    });
    const line = await refusal(Object.fromEntries(wrong));
    const problems = line.replace(/^Configuration: (.*)\.$/, '$1').split('; ');
    expect(problems).toHaveLength(wrong.length);
    expect(new Set(problems.map((problem) => problem.split(' ', 1)[0]))).toEqual(
      new Set(wrong.map(([name]) => name)),
    );
    expect(line).not.toContain('canary');
    for (const [, value] of wrong.filter(([, { length }]) => length > 2)) expect(line).not.toContain(value);
  },
);

it.concurrent('assumes nothing in production: database and secret must be given', async () => {
  const both = await refusal({ NODE_ENV: 'production' });
  expect(both).toMatch(/DATABASE_URL is required in production.*JWT_ACCESS_SECRET is required in production/);
  expect(await refusal({ NODE_ENV: 'production', JWT_ACCESS_SECRET: SECRET })).toBe(
    'Configuration: DATABASE_URL is required in production.',
  );
  const DATABASE_URL = 'postgres://canary@127.0.0.1:1/x';
  expect(await refusal({ NODE_ENV: 'production', DATABASE_URL })).toBe(
    'Configuration: JWT_ACCESS_SECRET is required in production.',
  );
});

it.concurrent.each([
  ['short', 'canary-canary', 'at least 32 bytes'],
  ['a sample', 'your-secret-key-change-me-in-production-canary', 'sample'],
  ['one character', 'a'.repeat(64), 'sample'],
])('refuses a production secret that is %s', async (_, JWT_ACCESS_SECRET, why) => {
  const DATABASE_URL = 'postgres://127.0.0.1:1/x';
  const line = await refusal({ NODE_ENV: 'production', DATABASE_URL, JWT_ACCESS_SECRET });
  expect(line).toMatch(/^Configuration: JWT_ACCESS_SECRET [^;]+\.$/);
  expect(line).toContain(why);
  expect(line).not.toMatch(/canary|aaa/);
});
