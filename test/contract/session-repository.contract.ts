import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionRepositoryPort } from '../../src/arch/modules/auth/application/ports/session-repository.port.js';

export interface SessionSubject {
  readonly sessions: SessionRepositoryPort;
  /** Of somebody who has an account. */
  readonly userId: string;
  /** Whose session that is. */
  ownerOf(sessionId: string): Promise<string | undefined>;
  close(): Promise<void>;
}

export function describeSessionRepositoryContract(
  name: string,
  makeSubject: () => Promise<SessionSubject>,
): void {
  describe(`SessionRepositoryPort on ${name}`, () => {
    let subject: SessionSubject;

    beforeAll(async () => {
      subject = await makeSubject();
    });
    afterAll(() => subject.close());

    it('opens a session of the user with a refresh token of 256 bits', async () => {
      const session = await subject.sessions.open(subject.userId);
      expect(session).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
        refreshToken: expect.stringMatching(/^[\w-]{43}$/),
      });
      expect(await subject.ownerOf(session.id)).toBe(subject.userId);
    });

    it('opens another session with another token each time', async () => {
      const opened = await Promise.all(
        Array.from({ length: 20 }, () => subject.sessions.open(subject.userId)),
      );
      expect(new Set(opened.map(({ id }) => id)).size).toBe(20);
      expect(new Set(opened.map(({ refreshToken }) => refreshToken)).size).toBe(20);
    });
  });
}
