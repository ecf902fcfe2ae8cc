import { randomUUID } from 'node:crypto';
import { SessionRepositoryFake } from '../fakes/session-repository.fake.js';
import { MAX_AGE, type SessionSubject } from './session-subject.js';

export async function fakeSessionSubject(): Promise<SessionSubject> {
  const sessions = new SessionRepositoryFake(7_200_000, MAX_AGE * 1_000);
  const stored = (refreshToken: string) => {
    const token = sessions.tokens.get(refreshToken);
    if (!token) throw new Error('There is no such token.');
    return token;
  };
  return {
    sessions,
    signUp: async () => randomUUID(),
    ownerOf: async (id) => sessions.owners.get(id),
    async ageRotation(refreshToken, seconds) {
      const token = stored(refreshToken);
      if (token.rotatedAt !== null) token.rotatedAt -= seconds * 1_000;
    },
    async ageToken(refreshToken, seconds) {
      stored(refreshToken).expiresAt -= seconds * 1_000;
    },
    async ageSession(id, seconds) {
      const session = sessions.sessions.get(id);
      if (!session) throw new Error('There is no such session.');
      session.lastUsedAt = new Date(session.lastUsedAt.getTime() - seconds * 1_000);
      if (session.endedAt !== null) session.endedAt -= seconds * 1_000;
    },
    async ageBirth(id, seconds) {
      const session = sessions.sessions.get(id);
      if (!session) throw new Error('There is no such session.');
      session.createdAt = new Date(session.createdAt.getTime() - seconds * 1_000);
    },
    isSealed: async (refreshToken) => stored(refreshToken).sealed !== null,
    close: async () => undefined,
  };
}
