import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CursorInvalidError } from '../../src/arch/common/domain/errors/cursor-invalid.error.js';
import { MAX_SESSIONS } from '../../src/arch/modules/auth/domain/models/session.model.js';
import {
  LAPTOP,
  MAX_AGE,
  type MakeSessionSubject,
  PHONE,
  type SessionSubject,
  succeed,
} from './session-subject.js';

export function describeSessionRepositoryContract(name: string, makeSubject: MakeSessionSubject): void {
  describe(`SessionRepositoryPort on ${name}`, () => {
    let subject: SessionSubject;
    let userId: string;
    let otherId: string;

    beforeAll(async () => {
      subject = await makeSubject();
    });
    beforeEach(async () => {
      [userId, otherId] = [await subject.signUp(), await subject.signUp()];
    });
    afterAll(() => subject.close());

    const open = (owner = userId, device = LAPTOP) => subject.sessions.openSession(owner, device);
    const listed = async (owner: string) => (await subject.sessions.findPage(owner, 100)).data;
    const idsOf = async (owner: string) => (await listed(owner)).map(({ id }) => id);

    it('opens a session of the user with a refresh token of 256 bits', async () => {
      const session = await open();
      expect(session).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
        secondsLeft: MAX_AGE,
        refreshToken: expect.stringMatching(/^[\w-]{43}$/),
        displaced: [],
      });
      expect(await subject.ownerOf(session.id)).toBe(userId);
    });

    it('opens another session with another token each time', async () => {
      const opened = await Promise.all(Array.from({ length: 20 }, () => open()));
      expect(new Set(opened.map(({ id }) => id)).size).toBe(20);
      expect(new Set(opened.map(({ refreshToken }) => refreshToken)).size).toBe(20);
    });

    it("lists a user's own sessions with their devices", async () => {
      const { id } = await open();
      await open(otherId);
      const [session, ...others] = await listed(userId);
      expect(session).toEqual({
        id,
        createdAt: expect.any(Date),
        lastUsedAt: session?.createdAt,
        ...LAPTOP,
      });
      expect(others).toEqual([]);
      expect(await idsOf(randomUUID())).toEqual([]);
    });

    it('lists the last used session first, opened or refreshed from any address', async () => {
      const [one, two, three] = [await open(), await open(), await open()];
      for (const [index, { id }] of [one, two, three].entries())
        await subject.ageSession(id, 30 - index * 10);
      expect(await idsOf(userId)).toEqual([three.id, two.id, one.id]);
      await subject.sessions.rotateToken(one.refreshToken, PHONE);
      expect(await idsOf(userId)).toEqual([one.id, three.id, two.id]);
      const [latest] = await listed(userId);
      expect(latest).toMatchObject(PHONE);
    });

    it('does not list a session that nobody can refresh any more', async () => {
      const { id } = await open();
      await subject.ageSession(id, 7_190);
      expect(await idsOf(userId)).toEqual([id]);
      await subject.ageSession(id, 20);
      expect(await idsOf(userId)).toEqual([]);
    });

    it('does not list a session beyond the maximum age', async () => {
      const { id } = await open();
      await subject.ageBirth(id, MAX_AGE - 10);
      expect(await idsOf(userId)).toEqual([id]);
      await subject.ageBirth(id, 20);
      expect(await idsOf(userId)).toEqual([]);
    });

    it('lists in pages that together are the list, also of sessions opened at once', async () => {
      const opened = await Promise.all(Array.from({ length: 7 }, () => open()));
      const seen: string[] = [];
      let cursor: string | undefined;
      for (const size of [3, 3, 1]) {
        const page = await subject.sessions.findPage(userId, 3, cursor);
        expect(page.data).toHaveLength(size);
        expect(page.nextCursor === null).toBe(size === 1);
        seen.push(...page.data.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      }
      expect(seen).toEqual(await idsOf(userId));
      expect(seen.toSorted()).toEqual(opened.map(({ id }) => id).toSorted());
      await expect(subject.sessions.findPage(userId, 3, 'none of ours')).rejects.toThrow(CursorInvalidError);
    });

    it('ends the least recently used one when a 51st is opened, and only one of its user', async () => {
      await open(otherId);
      const [first, second, third] = [await open(), await open(), await open()];
      for (let n = 3; n < MAX_SESSIONS; n += 1) expect((await open()).displaced).toEqual([]);
      await subject.sessions.rotateToken(first.refreshToken, PHONE);
      await subject.ageSession(third.id, 60);
      await subject.ageSession(second.id, 30);
      expect((await open()).displaced).toEqual([third.id]);
      expect((await open()).displaced).toEqual([second.id]);
      expect(await idsOf(userId)).toHaveLength(MAX_SESSIONS);
      expect(await idsOf(otherId)).toHaveLength(1);
      expect(await subject.sessions.rotateToken(third.refreshToken, PHONE)).toEqual({ outcome: 'invalid' });
    });

    it('has no more than 50 also after logins at once, and names each that ended once', async () => {
      for (let n = 0; n < MAX_SESSIONS - 2; n += 1) await open();
      const opened = await Promise.all(Array.from({ length: 8 }, () => open()));
      expect(await idsOf(userId)).toHaveLength(MAX_SESSIONS);
      const displaced = opened.flatMap((session) => session.displaced);
      expect(new Set(displaced).size).toBe(6);
      expect(displaced).toHaveLength(6);
    });

    it('ends a session once, and only for its user', async () => {
      const [one, two] = [await open(), await open()];
      expect(await subject.sessions.endSession(one.id, otherId)).toBe(false);
      expect(await subject.sessions.endSession(randomUUID(), userId)).toBe(false);
      expect(await idsOf(userId)).toHaveLength(2);
      expect(await subject.sessions.endSession(one.id, userId)).toBe(true);
      expect(await subject.sessions.endSession(one.id, userId)).toBe(false);
      expect(await idsOf(userId)).toEqual([two.id]);
    });

    it('returns to one of ten parallel calls that it has ended the session', async () => {
      const { id } = await open();
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => subject.sessions.endSession(id, userId)),
      );
      expect(answers.filter(Boolean)).toHaveLength(1);
    });

    it('ends all sessions of a user, and returns those that were active', async () => {
      const [one, two, three] = [await open(), await open(), await open()];
      const other = await open(otherId);
      await subject.sessions.endSession(two.id, userId);
      const ended = await subject.sessions.endAllSessions(userId);
      expect(ended.toSorted()).toEqual([one.id, three.id].toSorted());
      expect(await subject.sessions.endAllSessions(userId)).toEqual([]);
      expect(await idsOf(userId)).toEqual([]);
      expect(await idsOf(otherId)).toEqual([other.id]);
    });

    it('erases the addresses, user agents and tokens of the sessions of a deleted account', async () => {
      const [gone, other] = [await open(), await open(otherId)];
      await subject.sessions.eraseDevices(userId);
      expect(await subject.sessions.rotateToken(gone.refreshToken, LAPTOP)).toEqual({ outcome: 'invalid' });
      expect(await listed(userId)).toEqual([
        expect.objectContaining({ id: gone.id, ip: null, userAgent: null }),
      ]);
      expect(await listed(otherId)).toEqual([expect.objectContaining(LAPTOP)]);
      expect(await subject.sessions.rotateToken(other.refreshToken, LAPTOP)).toMatchObject({
        outcome: 'rotated',
      });
    });

    it('finds the sessions that ended lately, in whatever way', async () => {
      const [logout, all, reuse, going] = [await open(), await open(otherId), await open(), await open()];
      await subject.sessions.endSession(logout.id, userId);
      await subject.sessions.endAllSessions(otherId);
      await succeed(subject, await succeed(subject, reuse.refreshToken));
      await subject.sessions.rotateToken(reuse.refreshToken, LAPTOP);
      const within = await subject.sessions.findEndedWithin(60);
      expect(within).toEqual(expect.arrayContaining([logout.id, all.id, reuse.id]));
      expect(within).not.toContain(going.id);
      const named = [logout.id, going.id, randomUUID()];
      expect(await subject.sessions.findEndedAmong(named)).toEqual([logout.id]);
      expect(await subject.sessions.findEndedAmong([])).toEqual([]);
      await subject.ageSession(logout.id, 61);
      expect(await subject.sessions.findEndedWithin(60)).not.toContain(logout.id);
      expect(await subject.sessions.findEndedWithin(120)).toContain(logout.id);
    });
  });
}
