import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/arch/modules/chat/domain/models/conversation-settings.model.js';
import { type ChatSubject, type MakeChatSubject, signUp } from './chat-subject.js';

export function describeConversationRepositoryContract(name: string, makeSubject: MakeChatSubject): void {
  describe(`ConversationRepositoryPort on ${name}`, () => {
    let subject: ChatSubject;
    let createdBy: string;

    beforeAll(async () => {
      subject = await makeSubject();
      createdBy = await signUp(subject);
    });
    afterAll(() => subject.close());

    const create = () => subject.conversations.create({ createdBy, title: null, memberCount: 1 });
    const exist = (...ids: string[]) => Promise.all(ids.map((id) => subject.conversations.exists(id)));

    it('creates a conversation without changes and finds it again', async () => {
      const title = 'Déjà "vu" 👩‍👩‍👧';
      const earliest = Date.now() - 1;
      const created = await subject.conversations.create({ createdBy, title, memberCount: 3 });
      expect(created).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
        ...DEFAULT_SETTINGS,
        type: 'group',
        createdBy,
        title,
        createdAt: expect.any(Date),
        updatedAt: created.createdAt,
        lastSeq: 0,
        rev: 0,
        memberCount: 3,
      });
      expect(created.createdAt.getTime()).toBeGreaterThan(earliest);
      expect(created.createdAt.getTime()).toBeLessThanOrEqual(Date.now());
      expect(await subject.conversations.findById(created.id)).toEqual(created);
    });

    it('stores a missing title as missing', async () => {
      const { id } = await subject.conversations.create({ createdBy, title: null, memberCount: 1 });
      expect((await subject.conversations.findById(id))?.title).toBeNull();
    });

    it('gives every conversation another id', async () => {
      const twice = { createdBy, title: 'Same', memberCount: 1 };
      const [one, two] = await Promise.all([
        subject.conversations.create(twice),
        subject.conversations.create(twice),
      ]);
      expect(one.id).not.toBe(two.id);
    });

    it('finds nothing under an unknown id', async () => {
      expect(await subject.conversations.findById(randomUUID())).toBeNull();
    });

    it('knows which conversations exist, in single, repeated and simultaneous look-ups', async () => {
      const { id: one } = await create();
      const { id: two } = await create();
      const unknown = randomUUID();
      expect(await exist(one)).toEqual([true]);
      expect(await exist(unknown, one, two, unknown, two)).toEqual([false, true, true, false, true]);
      expect(await exist(one, two)).toEqual([true, true]);
    });

    it('does not cache a conversation whose creation was rolled back', async () => {
      let id = '';
      const work = subject.transactions.runInTransaction(async () => {
        ({ id } = await subject.conversations.create({ createdBy, title: null, memberCount: 1 }));
        expect(await subject.conversations.exists(id)).toBe(true);
        throw new Error('regret');
      });
      await expect(work).rejects.toThrow('regret');
      expect(await subject.conversations.exists(id)).toBe(false);
    });

    it('knows whether a conversation is stored whose creation may have been rolled back', async () => {
      const kept = await create();
      expect(await subject.conversations.isStored(kept)).toBe(true);
      expect(await subject.conversations.isStored({ ...kept, id: randomUUID() })).toBe(false);
    });

    it('starts with no member change', async () => {
      const { id } = await subject.conversations.create({ createdBy, title: null, memberCount: 1 });
      expect(await subject.membersRev(id)).toBe(0);
    });
  });
}
