import { EmbeddedPostgresError, type Problem } from 'causerie-embedded-postgres';
import { expect, it } from 'vitest';
import { EmbeddedDatabaseError, withAdvice } from './embedded-database.error.js';

it.each<[Problem, string]>([
  ['machine', 'What is wrong: set DATABASE_URL to a PostgreSQL server'],
  ['user', 'What is wrong, or set DATABASE_URL'],
  ['folder', 'What is wrong, or choose another DATA_DIR'],
  ['earlier-major', 'What is wrong: run "pnpm database:upgrade", or choose another DATA_DIR'],
  ['later-major', 'What is wrong: start the Causerie that has made it, or choose another DATA_DIR'],
  ['in-use', 'What is wrong: stop it, or choose another DATA_DIR'],
  ['server', 'What is wrong'],
])('a problem of the kind %s has the message: %s', async (problem, message) => {
  const cause = new EmbeddedPostgresError(problem, 'What is wrong');
  const advised = withAdvice(() => Promise.reject(cause));
  await expect(advised).rejects.toMatchObject({ name: 'EmbeddedDatabaseError', message, cause });
});

it('any other failure is as it was, and so is an answer', async () => {
  const other = new EmbeddedDatabaseError('with its own advice');
  await expect(withAdvice(() => Promise.reject(other))).rejects.toBe(other);
  expect(await withAdvice(() => Promise.resolve(1))).toBe(1);
});
