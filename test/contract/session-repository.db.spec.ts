import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { MAX_SESSIONS } from '../../src/arch/modules/auth/domain/models/session.model.js';
import { fakeSessionSubject } from './fake-session-subject.js';
import { hashOf, type RealSessionSubject, realSessionSubject } from './real-session-subject.js';
import { describeSessionRepositoryContract } from './session-repository.contract.js';
import { LAPTOP, MAX_AGE, succeed } from './session-subject.js';

describeSessionRepositoryContract('the fake', fakeSessionSubject);
describeSessionRepositoryContract('PostgreSQL', realSessionSubject);

describe('SessionRepositoryAdapter', () => {
  let real: RealSessionSubject;
  beforeAll(async () => {
    real = await realSessionSubject();
  });
  afterAll(() => real.close());

  const everything = async () => {
    const rows = await real.postgres.query<{ line: string }>(
      `select s::text as line from sessions s union all select t::text from refresh_tokens t
       union all select u::text from users u`,
    );
    return rows.map(({ line }) => line).join('\n');
  };

  it.each([-30, 30])('a clock of this server that is off by %i days changes nothing', async (days) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + days * 86_400_000 });
    onTestFinished(() => void vi.useRealTimers());
    const { secondsLeft, refreshToken } = await real.sessions.openSession(await real.signUp(), LAPTOP);
    expect(secondsLeft).toBe(MAX_AGE);
    expect(await real.sessions.rotateToken(refreshToken, LAPTOP)).toMatchObject({
      outcome: 'rotated',
      session: { secondsLeft: expect.closeTo(MAX_AGE, -3) },
    });
  });

  it('stores the hash of the token with its end', async () => {
    const { id, refreshToken } = await real.sessions.openSession(await real.signUp(), LAPTOP);
    const rows = await real.postgres.query(
      `select token_hash, extract(epoch from expires_at - created_at)::int as seconds
       from refresh_tokens where session_id = $1`,
      [id],
    );
    expect(rows).toEqual([{ token_hash: hashOf(refreshToken), seconds: expect.any(Number) }]);
    expect(Math.abs(Number(rows[0]?.['seconds']) - 7_200)).toBeLessThanOrEqual(1);
  });

  it('stores no token in a form that a reader of the tables could present', async () => {
    const { refreshToken: first } = await real.sessions.openSession(await real.signUp(), LAPTOP);
    const second = await succeed(real, first);
    expect(await succeed(real, first)).toBe(second);
    expect(await real.isSealed(first)).toBe(true);
    const dump = await everything();
    for (const token of [first, second]) {
      expect(dump).toContain(hashOf(token).toString('hex'));
      for (const form of [
        token,
        Buffer.from(token).toString('hex'),
        Buffer.from(token, 'base64url').toString('hex'),
        Buffer.from(token, 'base64url').toString('base64'),
      ]) {
        expect(dump).not.toContain(form);
      }
    }
  });

  it('logins of one user take turns, so that each ends what the other has made too many', async () => {
    const userId = await real.signUp();
    for (let n = 0; n < MAX_SESSIONS - 1; n += 1) await real.sessions.openSession(userId, LAPTOP);
    const [opened, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const first = real.database.runInTransaction(async () => {
      await real.sessions.openSession(userId, LAPTOP);
      opened.resolve();
      await held.promise;
    });
    await opened.promise;
    const second = real.sessions.openSession(userId, LAPTOP);
    const waits = `select from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`;
    try {
      await expect.poll(() => real.postgres.query(waits), { interval: 5, timeout: 5_000 }).toHaveLength(1);
    } finally {
      held.resolve();
      await first;
    }
    expect((await second).displaced).toHaveLength(1);
  });

  it('opens no session without a user', async () => {
    const before = await everything();
    await expect(real.sessions.openSession(randomUUID(), LAPTOP)).rejects.toThrow(Error);
    expect(await everything()).toBe(before);
  });

  it('rotates nothing when a step fails', async () => {
    const { refreshToken } = await real.sessions.openSession(await real.signUp(), LAPTOP);
    const before = await everything();
    const tooLong = { userAgent: 'x'.repeat(256), ip: null };
    await expect(real.sessions.rotateToken(refreshToken, tooLong)).rejects.toThrow(Error);
    expect(await everything()).toBe(before);
    expect(await real.sessions.rotateToken(refreshToken, LAPTOP)).toMatchObject({ outcome: 'rotated' });
  });
});
