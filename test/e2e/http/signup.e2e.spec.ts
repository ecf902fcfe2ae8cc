import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { INSTANT, refusal, sortedStatuses, UUID } from './support.js';

const password = 'correct horse battery';

const it = apiTest.extend('steps', PER_FILE, ({ server }) => ({
  signup: (body: unknown) => server.call('POST', '/auth/signup', { body }),
}));

it('answers 201 with tokens and the own profile, and nothing else', async ({ steps }) => {
  const answer = await steps.signup({ email: 'Ada@Example.com', password, displayName: 'Ada 🦊' });
  expect(answer.status).toBe(201);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.body).toStrictEqual({
    accessToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    refreshToken: expect.stringMatching(/^[\w-]{43}$/),
    tokenType: 'Bearer',
    expiresIn: 900,
    user: {
      id: expect.stringMatching(UUID),
      email: 'ada@example.com',
      displayName: 'Ada 🦊',
      bio: null,
      avatarUrl: null,
      createdAt: expect.stringMatching(INSTANT),
      updatedAt: expect.stringMatching(INSTANT),
    },
  });
  expect(answer.body.user.id[14]).toBe('7');
});

it('logs in at once: the access token works', async ({ steps, server }) => {
  const { body } = await steps.signup({ email: 'at-once@example.com', password, displayName: 'A' });
  const answer = await server.call('GET', '/chat/conversations', { token: body.accessToken });
  expect(answer.status).toBe(200);
});

it('refuses an address that is taken, in any case', async ({ steps }) => {
  await steps.signup({ email: 'taken@example.com', password, displayName: 'First' });
  for (const email of ['taken@example.com', 'TAKEN@example.com', 'Taken@Example.COM']) {
    expect(refusal(await steps.signup({ email, password, displayName: 'Second' }))).toBe(
      '409 EMAIL_ALREADY_USED',
    );
  }
});

it('gives an address to one of five at the same instant', async ({ steps, server }) => {
  const spellings = ['race@x.io', 'Race@x.io', 'rAce@x.io', 'raCe@x.io', 'RACE@x.io'];
  const answers = await Promise.all(
    spellings.map((email) => steps.signup({ email, password, displayName: 'R' })),
  );
  expect(sortedStatuses(answers)).toEqual([201, 409, 409, 409, 409]);
  const rows = await server.database.query(`select id from users where email = 'race@x.io'`);
  expect(rows).toHaveLength(1);
});

it.for([
  ['a password of 8 emoji', { password: '🦊🐻🐼🐨🐯🦁🐮🐷' }],
  ['a password of 128 emoji', { password: '🦊'.repeat(127) + '🐻' }],
  ['a name of 1 emoji', { displayName: '🦊' }],
  ['a name of 80 emoji', { displayName: '🦊'.repeat(80) }],
  ['a name of joined emoji', { displayName: '👩🏽‍🚀❤️🏳️‍🌈' }],
  ['a name from right to left', { displayName: 'می\u200cخواهم שלום' }],
  ['a name of combining marks', { displayName: 'Zoe\u0308' }],
] as const)('accepts %s', async ([label, fields], { steps }) => {
  const email = `${label.replaceAll(' ', '-')}@example.com`;
  const { status, body } = await steps.signup({ email, password, displayName: 'Ok', ...fields });
  expect(status).toBe(201);
  expect(body.user.displayName).toBe('displayName' in fields ? fields.displayName : 'Ok');
});

it.for([
  ['password', 'of 7 emoji', '🦊'.repeat(7)],
  ['password', 'of 129 emoji', '🦊'.repeat(129)],
  ['password', 'that is a number', 12345678],
  ['password', 'that is absent', undefined],
  ['password', 'with U+0000', 'pass\0word123'],
  ['displayName', 'that is empty', ''],
  ['displayName', 'of blanks', ' \t\n '],
  ['displayName', 'of 81 characters', 'x'.repeat(81)],
  ['displayName', 'with a lone surrogate', 'x\ud800'],
  ['displayName', 'of invisible characters', '\u200b\u2060'],
  ['displayName', 'with a line break', 'a\nb'],
  ['displayName', 'with a turn of direction', '\u202ea'],
  ['displayName', 'of an account that is gone', 'deleted  USER'],
  ['displayName', 'that is null', null],
  ['email', 'without @', 'nobody'],
  ['email', 'without domain', 'nobody@'],
  ['email', 'of 255 characters', `${'a'.repeat(61)}@${'b.'.repeat(95)}com`],
  ['email', 'in a list', ['a@b.io']],
  ['role', 'that nobody asked for', 'admin'],
] as const)('refuses a %s %s and stores nothing', async ([field, _label, value], { steps, server }) => {
  const before = await server.database.query('select id from users');
  const body = { email: 'never@example.com', password, displayName: 'Never', [field]: value };
  const answer = await steps.signup(body);
  expect(refusal(answer)).toBe('400 VALIDATION_FAILED');
  expect(JSON.stringify(answer.body.details)).toContain(field);
  expect(await server.database.query('select id from users')).toHaveLength(before.length);
});

it('keeps the password as argon2id and of the refresh token its SHA-256, and neither anywhere else', async ({
  steps,
  server,
}) => {
  const secret = 'Tr0ub4dor & three';
  const { body } = await steps.signup({ email: 'secrets@example.com', password: secret, displayName: 'S' });
  const [user] = await server.database.query<{ password_hash: string }>(
    'select password_hash from credentials where user_id = $1',
    [body.user.id],
  );
  expect(user?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  const digest = createHash('sha256').update(body.refreshToken).digest();
  const tokens = await server.database.query<{ token_hash: Buffer; seconds: number }>(
    `select token_hash, extract(epoch from expires_at - t.created_at)::int as seconds
     from refresh_tokens t join sessions s on s.id = t.session_id where s.user_id = $1`,
    [body.user.id],
  );
  expect(tokens).toHaveLength(1);
  expect(tokens[0]?.token_hash.equals(digest)).toBe(true);
  expect(Math.abs((tokens[0]?.seconds ?? 0) - 7 * 86_400)).toBeLessThanOrEqual(1);
  const everything = await server.database.query<{ line: string }>(
    `select u::text as line from users u union all select s::text from sessions s
     union all select t::text from refresh_tokens t`,
  );
  const dump = everything.map(({ line }) => line).join('\n');
  expect(dump).toContain('secrets@example.com');
  expect(dump).not.toContain(secret);
  expect(dump).not.toContain(body.refreshToken);
  expect(dump).not.toContain(Buffer.from(body.refreshToken, 'base64url').toString('hex'));
  expect(dump).not.toContain(Buffer.from(body.refreshToken).toString('hex'));
});
