import { Client } from 'pg';
import { expect, it } from 'vitest';
import { faultOfPostgresUrl, singleHosts } from './postgres-url.js';

/** The driver's interpretation of each address. */
const understood = (url: string) =>
  singleHosts(url).map((connectionString) => {
    const { host, port, user, database, password } = new Client({ connectionString });
    return [user, password, host, port, database].join(' ');
  });

it.each([
  ['postgres://ada:pw@db.example:6543/chat', ['ada pw db.example 6543 chat']],
  ['postgresql://ada:p%23w%40@db.example/chat', ['ada p#w@ db.example 5432 chat']],
  ['postgres://ada:pw@/chat?host=/run/postgresql', ['ada pw /run/postgresql 5432 chat']],
  ['postgres://ada:pw@%2Frun%2Fpostgresql/chat', ['ada pw /run/postgresql 5432 chat']],
  ['postgres://ada:pw@[::1]:6543/chat', ['ada pw ::1 6543 chat']],
  [
    'postgres://ada:pw@a:1,b,[::1]:3/chat?target_session_attrs=read-write',
    ['ada pw a 1 chat', 'ada pw b 5432 chat', 'ada pw ::1 3 chat'],
  ],
  ['postgres://ada:pw@/chat?host=a,b&port=1,2', ['ada pw a 1 chat', 'ada pw b 2 chat']],
  [
    'postgres://ada:pw@/chat?host=/run/a,/run/b&port=6543',
    ['ada pw /run/a 6543 chat', 'ada pw /run/b 6543 chat'],
  ],
])('%s is understood', (url, expected) => {
  expect(faultOfPostgresUrl(url)).toBeUndefined();
  expect(understood(url)).toEqual(expected);
});

it.each([
  'mysql://ada@db.example/chat',
  'db.example:5432',
  'postgres://ada@db:99999/chat',
  'postgres://a,b:x/chat',
])('%s is refused', (url) => {
  expect(faultOfPostgresUrl(url)).toBe('must be a postgres:// address');
});

it.each(['postgres://ada:pw#1@db.example/chat', 'postgres://ada:12#34@db.example/chat'])(
  'a # in a password is explained (%s)',
  (url) => {
    expect(faultOfPostgresUrl(url)).toMatch(/^has a #, .* written %23/);
  },
);

it.each(['sslrootcert', 'sslcert', 'sslkey'])('a missing file of %s is reported', (name) => {
  const url = `postgres://ada@a,b/chat?sslmode=verify-full&${name}=/nowhere/file.pem`;
  expect(faultOfPostgresUrl(url)).toBe(`names in ${name} a file that cannot be read (ENOENT)`);
});

it('one that is there is none', () => {
  expect(faultOfPostgresUrl(`postgres://ada@a/chat?sslrootcert=${import.meta.filename}`)).toBeUndefined();
});

it.each([
  ['sslmode=require', true],
  ['sslmode=prefer', true],
  ['sslmode=verify-ca', true],
  ['sslmode=verify-full', true],
  ['sslmode=no-verify', false],
  ['sslmode=require&uselibpqcompat=true', false],
])('%s checks the certificate: %s', (query, checks) => {
  const [connectionString = ''] = singleHosts(`postgres://ada@db.example/chat?${query}`);
  const { ssl } = new Client({ connectionString }) as unknown as { ssl: { rejectUnauthorized?: boolean } };
  expect(ssl.rejectUnauthorized !== false).toBe(checks);
});
