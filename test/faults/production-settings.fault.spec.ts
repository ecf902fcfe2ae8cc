import { afterAll, expect, it } from 'vitest';
import { refusal } from './refusal.js';
import { cleanUp } from './server-process.js';

afterAll(cleanUp);

const GOOD = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://127.0.0.1:1/x',
  JWT_ACCESS_SECRET: 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA',
};

it.concurrent.each([
  ['no secret', 'JWT_ACCESS_SECRET', ''],
  ['a secret of 31 bytes', 'JWT_ACCESS_SECRET', 'canary-3TzX0vM8kYw1RjB5nHc7LpD2'],
  ['a sample secret', 'JWT_ACCESS_SECRET', 'canary-change-me-in-production-please'],
  ['every origin', 'CORS_ORIGINS', '*'],
  ['what is no origin', 'CORS_ORIGINS', 'https://canary.example/path'],
  ['neither true nor false', 'ALLOW_UNSAFE_DATABASE', 'canary'],
])('production does not start with %s', async (_, name, value) => {
  const line = await refusal({ ...GOOD, [name]: value });
  expect(line).toMatch(new RegExp(`^Configuration: ${name} [^;]+\\.$`));
  expect(line).not.toContain('canary');
});
