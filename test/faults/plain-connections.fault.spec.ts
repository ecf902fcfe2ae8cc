import { afterEach, expect, it } from 'vitest';
import { cleanUp, ServerProcess } from './server-process.js';

afterEach(cleanUp);

it('production warns of a database and a Redis on other hosts without TLS, and never shows the address', async () => {
  const { stdout, stderr } = await ServerProcess.run({
    NODE_ENV: 'production',
    // These names never exist (RFC 6761), so the start fails there.
    DATABASE_URL: 'postgres://causerie:canary@db.invalid/causerie',
    REDIS_URL: 'redis://:canary@cache.invalid:6379',
    JWT_ACCESS_SECRET: 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA',
  });
  const warnings = stdout.split('\n').filter((line) => line.includes('without TLS'));
  expect(warnings.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ level: 40, msg: expect.stringContaining('DATABASE_URL') }),
    expect.objectContaining({ level: 40, msg: expect.stringContaining('REDIS_URL') }),
  ]);
  expect(stdout + stderr).not.toContain('canary');
});
