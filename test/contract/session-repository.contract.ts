import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LAPTOP, type MakeSessionSubject, PHONE, type SessionSubject, succeed } from './session-subject.js';

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

    const open = (owner = userId, device = LAPTOP) => subject.sessions.open(owner, device);
    const idsOf = async (owner: string) => (await subject.sessions.findByUser(owner)).map(({ id }) => id);

    it('opens a session of the user with a refresh token of 256 bits', async () => {
      const session = await open();
      expect(session).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
        refreshToken: expect.stringMatching(/^[\w-]{43}$/),
      });
      expect(await subject.ownerOf(session.id)).toBe(userId);
    });

    it('opens another session with another token each time', async () => {
      const opened = await Promise.all(Array.from({ length: 20 }, () => open()));
      expect(new Set(opened.map(({ id }) => id)).size).toBe(20);
      expect(new Set(opened.map(({ refreshToken }) => refreshToken)).size).toBe(20);
    });

    it("lists a user's own sessions with what is known of them", async () => {
      const { id } = await open();
      await open(otherId);
      const [session, ...others] = await subject.sessions.findByUser(userId);
      expect(session).toEqual({
        id,
        createdAt: expect.any(Date),
        lastUsedAt: session?.createdAt,
        ...LAPTOP,
      });
      expect(others).toEqual([]);
      expect(await idsOf(randomUUID())).toEqual([]);
    });

    it('lists what was used last first: opened, or refreshed, from wherever that was', async () => {
      const [one, two, three] = [await open(), await open(), await open()];
      for (const [index, { id }] of [one, two, three].entries())
        await subject.ageSession(id, 30 - index * 10);
      expect(await idsOf(userId)).toEqual([three.id, two.id, one.id]);
      await subject.sessions.rotate(one.refreshToken, PHONE);
      expect(await idsOf(userId)).toEqual([one.id, three.id, two.id]);
      const [latest] = await subject.sessions.findByUser(userId);
      expect(latest).toMatchObject(PHONE);
    });

    it('does not list a session that nobody can refresh any more', async () => {
      const { id } = await open();
      await subject.ageSession(id, 7_190);
      expect(await idsOf(userId)).toEqual([id]);
      await subject.ageSession(id, 20);
      expect(await idsOf(userId)).toEqual([]);
    });

    it('ends a session once, and only for its user', async () => {
      const [one, two] = [await open(), await open()];
      expect(await subject.sessions.end(one.id, otherId)).toBe(false);
      expect(await subject.sessions.end(randomUUID(), userId)).toBe(false);
      expect(await idsOf(userId)).toHaveLength(2);
      expect(await subject.sessions.end(one.id, userId)).toBe(true);
      expect(await subject.sessions.end(one.id, userId)).toBe(false);
      expect(await idsOf(userId)).toEqual([two.id]);
    });

    it('says to one of ten parallel calls that it has ended the session', async () => {
      const { id } = await open();
      const answers = await Promise.all(Array.from({ length: 10 }, () => subject.sessions.end(id, userId)));
      expect(answers.filter(Boolean)).toHaveLength(1);
    });

    it('ends all sessions of a user and names those that went on', async () => {
      const [one, two, three] = [await open(), await open(), await open()];
      const other = await open(otherId);
      await subject.sessions.end(two.id, userId);
      const ended = await subject.sessions.endAll(userId);
      expect(ended.toSorted()).toEqual([one.id, three.id].toSorted());
      expect(await subject.sessions.endAll(userId)).toEqual([]);
      expect(await idsOf(userId)).toEqual([]);
      expect(await idsOf(otherId)).toEqual([other.id]);
    });

    it('finds the sessions that ended lately, in whatever way', async () => {
      const [logout, all, reuse, going] = [await open(), await open(otherId), await open(), await open()];
      await subject.sessions.end(logout.id, userId);
      await subject.sessions.endAll(otherId);
      await succeed(subject, await succeed(subject, reuse.refreshToken));
      await subject.sessions.rotate(reuse.refreshToken, LAPTOP);
      const within = await subject.sessions.findEndedWithin(60);
      expect(within).toEqual(expect.arrayContaining([logout.id, all.id, reuse.id]));
      expect(within).not.toContain(going.id);
      await subject.ageSession(logout.id, 61);
      expect(await subject.sessions.findEndedWithin(60)).not.toContain(logout.id);
      expect(await subject.sessions.findEndedWithin(120)).toContain(logout.id);
    });
  });
}
