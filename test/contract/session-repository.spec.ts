import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SessionRepositoryAdapter } from '../../src/arch/modules/auth/infrastructure/adapters/session-repository.adapter.js';
import { SessionRepositoryFake } from '../fakes/session-repository.fake.js';
import { testConfig } from '../support/test-config.js';
import { signUp } from './chat-subject.js';
import { type RealChatSubject, realChatSubject } from './real-chat-subject.js';
import { describeSessionRepositoryContract } from './session-repository.contract.js';

const makeAdapter = ({ database }: RealChatSubject) =>
  new SessionRepositoryAdapter(database, testConfig({ JWT_REFRESH_EXPIRATION: '2h' }));

describeSessionRepositoryContract('the fake', async () => {
  const sessions = new SessionRepositoryFake();
  return {
    sessions,
    userId: randomUUID(),
    ownerOf: async (id) => sessions.owners.get(id),
    close: async () => undefined,
  };
});

describeSessionRepositoryContract('PostgreSQL', async () => {
  const real = await realChatSubject();
  return {
    sessions: makeAdapter(real),
    userId: await signUp(real),
    ownerOf: async (id) =>
      (await real.postgres.query('select user_id from sessions where id = $1', [id]))[0]?.['user_id'],
    close: () => real.close(),
  };
});

describe('SessionRepositoryAdapter', () => {
  let real: RealChatSubject;
  beforeAll(async () => {
    real = await realChatSubject();
  });
  afterAll(() => real.close());

  it('stores the hash of the token, and nowhere the token itself', async () => {
    const { id, refreshToken } = await makeAdapter(real).open(await signUp(real));
    const rows = await real.postgres.query(
      `select token_hash, extract(epoch from expires_at - created_at)::int as seconds, t::text as everything
       from refresh_tokens t where session_id = $1`,
      [id],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.['token_hash']).toEqual(createHash('sha256').update(refreshToken).digest());
    expect(rows[0]?.['seconds']).toBeGreaterThanOrEqual(7_199);
    expect(rows[0]?.['seconds']).toBeLessThanOrEqual(7_201);
    expect(rows[0]?.['everything']).not.toContain(refreshToken);
    expect(rows[0]?.['everything']).not.toContain(Buffer.from(refreshToken).toString('hex'));
    expect(rows[0]?.['everything']).not.toContain(Buffer.from(refreshToken, 'base64url').toString('hex'));
  });

  it('opens nothing for nobody', async () => {
    const count = async () => (await real.postgres.query('select from sessions')).length;
    const before = await count();
    await expect(makeAdapter(real).open(randomUUID())).rejects.toThrow(Error);
    expect(await count()).toBe(before);
  });
});
