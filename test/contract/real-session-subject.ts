import { createHash } from 'node:crypto';
import { SessionRepositoryAdapter } from '../../src/arch/modules/auth/infrastructure/adapters/session-repository.adapter.js';
import { SessionRotation } from '../../src/arch/modules/auth/infrastructure/adapters/session-rotation.js';
import { testConfig } from '../support/test-config.js';
import { signUp } from './chat-subject.js';
import { type RealChatSubject, realChatSubject } from './real-chat-subject.js';
import { MAX_AGE, type SessionSubject } from './session-subject.js';

export interface RealSessionSubject extends SessionSubject {
  readonly database: RealChatSubject['database'];
  readonly postgres: RealChatSubject['postgres'];
}

export const hashOf = (token: string) => createHash('sha256').update(token).digest();

/** The adapter with a PostgreSQL database of its own. */
export async function realSessionSubject(): Promise<RealSessionSubject> {
  const real = await realChatSubject();
  const { postgres, database } = real;
  const config = testConfig({ JWT_REFRESH_EXPIRATION: '2h', SESSION_MAX_AGE: `${MAX_AGE}s` });
  const age = (table: string, columns: string[], key: string) => async (id: unknown, seconds: number) => {
    const changes = columns.map((column) => `${column} = ${column} - $2 * interval '1 second'`).join(', ');
    await postgres.query(`update ${table} set ${changes} where ${key} = $1`, [id, seconds]);
  };
  const ageRotation = age('refresh_tokens', ['rotated_at'], 'token_hash');
  const ageToken = age('refresh_tokens', ['expires_at'], 'token_hash');
  return {
    database,
    postgres,
    sessions: new SessionRepositoryAdapter(database, config, new SessionRotation(database, config)),
    signUp: () => signUp(real),
    ownerOf: async (id) =>
      (await postgres.query('select user_id from sessions where id = $1', [id]))[0]?.['user_id'],
    ageRotation: (refreshToken, seconds) => ageRotation(hashOf(refreshToken), seconds),
    ageToken: (refreshToken, seconds) => ageToken(hashOf(refreshToken), seconds),
    ageSession: age('sessions', ['last_used_at', 'ended_at'], 'id'),
    ageBirth: age('sessions', ['created_at'], 'id'),
    async isSealed(refreshToken) {
      const [row] = await postgres.query(
        'select sealed_successor is not null as sealed from refresh_tokens where token_hash = $1',
        [hashOf(refreshToken)],
      );
      return row?.['sealed'];
    },
    close: () => real.close(),
  };
}
