import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OpenedSession } from '../../src/arch/modules/auth/application/ports/session-repository.port.js';
import {
  LAPTOP,
  MAX_AGE,
  type MakeSessionSubject,
  PHONE,
  type SessionSubject,
  succeed,
} from './session-subject.js';

const HOUR = 3_600;

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
    const successorOf = async (token: string) => {
      const rotation = await rotate(token);
      return (rotation.outcome === 'rotated' && rotation.session.successorId) || '';
    };
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
          successorId: expect.any(String),
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

    it('gives the same unused successor again within 24 hours, under the same name', async () => {
      const second = await next(first);
      const successorId = await successorOf(first);
      expect(await next(first)).toBe(second);
      for (const seconds of [12, 600 - 12, 24 * HOUR - 600 - 10]) {
        await subject.ageRotation(first, seconds);
        expect(await next(first)).toBe(second);
        expect(await successorOf(first)).toBe(successorId);
      }
      expect(await successorOf(second)).not.toBe(successorId);
      expect(await goesOn()).toBe(true);
    });

    it('names no successor at the login', () => {
      expect(session.successorId).toBeUndefined();
    });

    it('remembers when and from where a token was repeated', async () => {
      await next(first);
      await subject.ageSession(session.id, HOUR);
      await subject.sessions.rotateToken(first, PHONE);
      const { data } = await subject.sessions.findPage(userId, 100);
      const shown = data.find(({ id }) => id === session.id);
      expect(shown).toMatchObject(PHONE);
      expect(Date.now() - Number(shown?.lastUsedAt)).toBeLessThan(HOUR * 500);
    });

    it('gives the same successor to 20 parallel calls', async () => {
      const tokens = await Promise.all(Array.from({ length: 20 }, () => next(first)));
      expect(new Set(tokens).size).toBe(1);
      expect(await goesOn()).toBe(true);
      expect(await next(tokens[0] ?? '')).not.toBe(tokens[0]);
    });

    it.each([24 * HOUR + 1, 25 * HOUR])('treats a repetition after %i s as a theft', async (seconds) => {
      const second = await next(first);
      await subject.ageRotation(first, seconds);
      await expectReuse(first);
      expect(await rotate(second)).toEqual({ outcome: 'invalid' });
    });

    it('does not give a successor that has expired', async () => {
      const second = await next(first);
      await subject.ageToken(second, 7_210);
      expect(await rotate(second)).toEqual({ outcome: 'invalid' });
      await expectReuse(first);
    });

    it('treats a repetition after the successor was refreshed as a theft', async () => {
      const third = await next(await next(first));
      await expectReuse(first);
      expect(await rotate(third)).toEqual({ outcome: 'invalid' });
    });

    it('treats a repetition after a stored use of the successor as a theft', async () => {
      const successorId = await successorOf(first);
      const second = await next(first);
      await subject.sessions.storeUses([successorId]);
      expect(await subject.isSealed(first)).toBe(false);
      await expectReuse(first);
      expect(await rotate(second)).toEqual({ outcome: 'invalid' });
    });

    it('stores uses of any successors, again too, and those of no others', async () => {
      const other = await subject.sessions.openSession(userId, LAPTOP);
      const [one, two] = [await successorOf(first), await successorOf(other.refreshToken)];
      const second = await next(first);
      for (const ids of [[], ['', 'x', '💥', '\0'], [two], [two, 'x', two]]) {
        await subject.sessions.storeUses(ids);
        expect(await next(first)).toBe(second);
        expect(await subject.isSealed(other.refreshToken)).toBe(!ids.includes(two));
      }
      await Promise.all(Array.from({ length: 10 }, () => subject.sessions.storeUses([one, two])));
      expect(await subject.isSealed(first)).toBe(false);
      const third = await next(second);
      await subject.sessions.storeUses([one, two]);
      expect(await next(second)).toBe(third);
    });

    it('recognises the theft of a token, however old it is', async () => {
      let latest = first;
      for (let step = 0; step < 5; step += 1) latest = await next(latest);
      await subject.ageToken(first, 30 * 86_400);
      await subject.ageRotation(first, 30 * 86_400);
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

    it.each<[string, () => Promise<unknown>]>([
      ['a logout', () => subject.sessions.endSession(session.id, userId)],
      ['the end of all sessions', () => subject.sessions.endAllSessions(userId)],
      [
        'its maximum age',
        async () => {
          await subject.ageBirth(session.id, MAX_AGE);
          await rotate(first);
        },
      ],
    ])('erases the kept successor with the end of the session: %s', async (_cause, end) => {
      await next(first);
      expect(await subject.isSealed(first)).toBe(true);
      await end();
      expect(await subject.isSealed(first)).toBe(false);
    });

    it('erases the kept successor of a session that ends for a theft', async () => {
      const second = await next(first);
      await next(second);
      await expectReuse(first);
      expect(await subject.isSealed(second)).toBe(false);
    });
  });
}
