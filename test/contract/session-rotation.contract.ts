import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OpenedSession } from '../../src/arch/modules/auth/application/ports/session-repository.port.js';
import { LAPTOP, MAX_AGE, type MakeSessionSubject, type SessionSubject, succeed } from './session-subject.js';

export function describeSessionRotationContract(name: string, makeSubject: MakeSessionSubject): void {
  describe(`rotation of SessionRepositoryPort on ${name}`, () => {
    let subject: SessionSubject;
    let userId: string;
    let session: OpenedSession;
    let first: string;

    beforeAll(async () => {
      subject = await makeSubject();
      userId = await subject.signUp();
    });
    beforeEach(async () => {
      session = await subject.sessions.openSession(userId, LAPTOP);
      first = session.refreshToken;
    });
    afterAll(() => subject.close());

    const rotate = (token: string) => subject.sessions.rotateToken(token, LAPTOP);
    const next = (token: string) => succeed(subject, token);
    const goesOn = async () =>
      (await subject.sessions.findPage(userId, 100)).data.some(({ id }) => id === session.id);

    async function expectReuse(token: string): Promise<void> {
      expect(await rotate(token)).toEqual({ outcome: 'reused', userId, sessionId: session.id });
      expect(await goesOn()).toBe(false);
    }

    it('exchanges a token for another one of the same session', async () => {
      const rotation = await rotate(first);
      expect(rotation).toEqual({
        outcome: 'rotated',
        userId,
        session: {
          id: session.id,
          secondsLeft: expect.closeTo(MAX_AGE, -3),
          refreshToken: expect.stringMatching(/^[\w-]{43}$/),
        },
      });
      expect(rotation).not.toMatchObject({ session: { refreshToken: first } });
    });

    it('refuses and ends a session at its maximum age, however busy it is', async () => {
      await subject.ageBirth(session.id, MAX_AGE - 60);
      const second = await next(first);
      await subject.ageBirth(session.id, 59);
      expect(await rotate(second)).toEqual({ outcome: 'too_old', userId, sessionId: session.id });
      expect(await goesOn()).toBe(false);
      expect(await rotate(second)).toEqual({ outcome: 'invalid' });
    });

    it('can be repeated, one token after another', async () => {
      const seen = new Set([first]);
      for (let token = first, step = 0; step < 10; step += 1) {
        token = await next(token);
        seen.add(token);
      }
      expect(seen.size).toBe(11);
      expect(await goesOn()).toBe(true);
    });

    it('gives the same successor again within 10 s', async () => {
      const second = await next(first);
      expect(await next(first)).toBe(second);
      await subject.ageRotation(first, 9);
      expect(await next(first)).toBe(second);
      expect(await goesOn()).toBe(true);
    });

    it('gives the same successor to 20 parallel calls', async () => {
      const tokens = await Promise.all(Array.from({ length: 20 }, () => next(first)));
      expect(new Set(tokens).size).toBe(1);
      expect(await goesOn()).toBe(true);
      expect(await next(tokens[0] ?? '')).not.toBe(tokens[0]);
    });

    it('treats a repetition after 10 s as a theft, although the successor is unused', async () => {
      const second = await next(first);
      await subject.ageRotation(first, 11);
      await expectReuse(first);
      expect(await rotate(second)).toEqual({ outcome: 'invalid' });
    });

    it('treats a repetition after the successor was used as a theft, also within 10 s', async () => {
      const third = await next(await next(first));
      await expectReuse(first);
      expect(await rotate(third)).toEqual({ outcome: 'invalid' });
    });

    it('recognises the theft of a token, however old it is', async () => {
      let latest = first;
      for (let step = 0; step < 5; step += 1) latest = await next(latest);
      await subject.ageToken(first, 30 * 86_400);
      await subject.ageRotation(first, 30 * 86_400);
      await subject.sessions.eraseSealed();
      await expectReuse(first);
      expect(await rotate(latest)).toEqual({ outcome: 'invalid' });
    });

    it('returns to one of 20 simultaneous thefts that it has ended the session', async () => {
      await next(await next(first));
      const outcomes = (await Promise.all(Array.from({ length: 20 }, () => rotate(first)))).map(
        ({ outcome }) => outcome,
      );
      expect(outcomes.toSorted()).toEqual([...Array(19).fill('invalid'), 'reused']);
    });

    it('ends the family of the stolen token, and no other of that user', async () => {
      const other = await subject.sessions.openSession(userId, LAPTOP);
      await next(await next(first));
      await expectReuse(first);
      expect(await rotate(other.refreshToken)).toMatchObject({ outcome: 'rotated' });
    });

    it('accepts no token of an ended session', async () => {
      const second = await next(first);
      await subject.sessions.endSession(session.id, userId);
      for (const token of [first, second]) expect(await rotate(token)).toEqual({ outcome: 'invalid' });
    });

    it('accepts a token until it expires, and refuses it afterwards', async () => {
      await subject.ageToken(first, 7_190);
      const second = await next(first);
      await subject.ageToken(second, 7_210);
      expect(await rotate(second)).toEqual({ outcome: 'invalid' });
      expect(await goesOn()).toBe(true);
    });

    it('gives each successor the full lifetime', async () => {
      await subject.ageToken(first, 7_000);
      const second = await next(first);
      await subject.ageToken(second, 7_190);
      expect(await rotate(second)).toMatchObject({ outcome: 'rotated' });
    });

    it.each(['', 'x', 'A'.repeat(43), 'x'.repeat(512), "' or true --", 'x\0', 'x\ud800', '👩'])(
      'knows no token %j',
      async (token) => {
        expect(await rotate(token)).toEqual({ outcome: 'invalid' });
      },
    );

    it('refuses a text that only looks like a token', async () => {
      for (const token of [`${first} `, ` ${first}`, `${first}=`, first.toLowerCase()])
        expect(await rotate(token)).toEqual({ outcome: 'invalid' });
      expect(await rotate(first)).toMatchObject({ outcome: 'rotated' });
    });

    it('keeps the successor for repetitions until it is used', async () => {
      const second = await next(first);
      expect(await subject.isSealed(first)).toBe(true);
      await next(second);
      expect(await subject.isSealed(first)).toBe(false);
      expect(await subject.isSealed(second)).toBe(true);
    });

    it('erases the kept successors after 10 s, and no earlier', async () => {
      const second = await next(first);
      await subject.ageRotation(first, 9);
      await subject.sessions.eraseSealed();
      expect(await subject.isSealed(first)).toBe(true);
      await subject.ageRotation(first, 2);
      await subject.sessions.eraseSealed();
      expect(await subject.isSealed(first)).toBe(false);
      expect(await next(second)).not.toBe(second);
    });
  });
}
