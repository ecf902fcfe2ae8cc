import { randomBytes } from 'node:crypto';
import { AppConfig } from '../../src/arch/common/infrastructure/config/app-config.js';
import { parseConfig } from '../../src/arch/common/infrastructure/config/load-config.js';

/** A client in a test file sends as much as hundreds of clients do in an hour. */
export const UNLIMITED = Object.fromEntries(
  [
    ...['GLOBAL', 'AUTH', 'REFRESH', 'UPLOAD', 'MEMBERS', 'INVITE', 'FILES', 'WS'].map(
      (name) => `THROTTLE_${name}_LIMIT`,
    ),
    'QUOTA_MESSAGES_DAY',
    'QUOTA_BYTES_DAY',
    'LIMIT_CONVERSATIONS_HOUR',
    'LIMIT_ADDED_MEMBERS_HOUR',
  ].map((name) => [name, '1000000000']),
);

/**
 * Settings for a test, independent of the environment; variables as in `.env.example`.
 * @param settings values that cannot be set by variables
 */
export function testConfig(
  variables: Record<string, string> = {},
  settings: Partial<AppConfig['env']> = {},
): AppConfig {
  const { env } = parseConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    // Tests of it set it on.
    WEB: 'off',
    JWT_ACCESS_SECRET: randomBytes(32).toString('hex'),
    ...UNLIMITED,
    ...variables,
  });
  return new AppConfig({ ...env, ...settings });
}
