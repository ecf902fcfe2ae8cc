import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/arch/common/infrastructure/config/load-config.js';
import { StartupError } from '../../../src/arch/common/infrastructure/config/startup.error.js';

const SECRET = 'q3TzX0vM8kYw1RjB5nHc7LpD2sFgU6eA';
const PRODUCTION = { NODE_ENV: 'production', DATABASE_URL: 'postgres://db.example/causerie' };
const parse = (variables: Record<string, string>) =>
  parseConfig({ JWT_ACCESS_SECRET: SECRET, ...variables }).env;

describe('CORS_ORIGINS', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['*', ['*']],
    ['https://app.example.com', ['https://app.example.com']],
    ['http://localhost:5173, https://[::1]:8443', ['http://localhost:5173', 'https://[::1]:8443']],
    ['capacitor://localhost,ionic://localhost', ['capacitor://localhost', 'ionic://localhost']],
    ['tauri://localhost', ['tauri://localhost']],
    ['app://-, app://obsidian.md', ['app://-', 'app://obsidian.md']],
    [`chrome-extension://${'a'.repeat(32)}`, [`chrome-extension://${'a'.repeat(32)}`]],
    ['https://app.example.com,null', ['https://app.example.com', 'null']],
  ])('may be %j', (CORS_ORIGINS, origins) => {
    expect(parse({ CORS_ORIGINS }).CORS_ORIGINS).toEqual(origins);
  });

  it.each([
    'canary.example',
    'https://canary.example/',
    'https://canary.example/path',
    'https://CANARY.example',
    'https://canary.example:443',
    'https://*.canary.example',
    'https://user:canary@app.example',
    'ftp://canary.example',
    'NULL',
    'capacitor://canary/',
    'capacitor://CANARY',
    'capacitor://',
    'capacitor://canary/path',
    'capacitor://*',
    'tauri://user:canary@localhost',
    'canary-app://localhost',
    'file://canary',
    'javascript://canary',
    'null,*',
    '*,https://canary.example',
    'https://canary.example,',
    'https://canary.example https://b.example',
  ])('may not be %j', (CORS_ORIGINS) => {
    expect(() => parse({ CORS_ORIGINS })).toThrow(
      new StartupError(
        'Configuration: CORS_ORIGINS must be origins such as https://app.example.com or capacitor://localhost, separated by commas.',
      ),
    );
  });

  it('names origins in production', () => {
    expect(() => parse({ ...PRODUCTION, CORS_ORIGINS: '*' })).toThrow(
      /^Configuration: CORS_ORIGINS must list origins in production: [^\n]+\.$/,
    );
    const CORS_ORIGINS = 'https://app.example.com';
    expect(parse({ ...PRODUCTION, CORS_ORIGINS }).CORS_ORIGINS).toEqual([CORS_ORIGINS]);
    expect(parse(PRODUCTION).CORS_ORIGINS).toEqual([]);
  });
});

describe('ALLOW_UNSAFE_DATABASE', () => {
  it('is true or false, and false by itself', () => {
    expect(parse({}).ALLOW_UNSAFE_DATABASE).toBe(false);
    expect(parse({ ALLOW_UNSAFE_DATABASE: 'false' }).ALLOW_UNSAFE_DATABASE).toBe(false);
    expect(parse({ ALLOW_UNSAFE_DATABASE: 'true' }).ALLOW_UNSAFE_DATABASE).toBe(true);
  });

  it.each(['1', 'yes', 'TRUE'])('is not %s', (ALLOW_UNSAFE_DATABASE) => {
    expect(() => parse({ ALLOW_UNSAFE_DATABASE })).toThrow(
      new StartupError('Configuration: ALLOW_UNSAFE_DATABASE must be true or false.'),
    );
  });
});

describe('JWT_ACCESS_SECRET', () => {
  it.each([
    'replace-this-with-32-random-bytes!!',
    'my-super-secret-signing-value-for-jwt',
    'your_jwt_secret_key_goes_in_this_place',
    'sample-sample-value-of-enough-bytes',
    'abcdabcdabcdabcdabcdabcdabcdabcdabcd',
    'passwordpasswordpasswordpassword',
  ])('is no sample such as %s', (JWT_ACCESS_SECRET) => {
    expect(() => parse({ ...PRODUCTION, JWT_ACCESS_SECRET })).toThrow(
      new StartupError('Configuration: JWT_ACCESS_SECRET must not be a sample value.'),
    );
  });
});
