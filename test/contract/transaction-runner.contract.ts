import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ChatSubject, converse, type MakeChatSubject, signUp } from './chat-subject.js';

class Regret extends Error {}

export function describeTransactionRunnerContract(name: string, makeSubject: MakeChatSubject): void {
  describe(`TransactionRunnerPort on ${name}`, () => {
    let subject: ChatSubject;
    let owner: string;

    beforeAll(async () => {
      subject = await makeSubject();
      owner = await signUp(subject);
    });
    afterAll(() => subject.close());

    const start = () => subject.conversations.create({ createdBy: owner, title: null, memberCount: 1 });
    const mine = async () => (await subject.members.findConversationsByUser(owner, 100)).data.length;

    it('commits when the work resolves, and returns its result', async () => {
      const id = await subject.transactions.runInTransaction(async () => {
        const created = await start();
        await subject.members.addFirstMembers(created.id, [owner]);
        return created.id;
      });
      expect(await subject.conversations.findById(id)).toMatchObject({ id });
      expect(await subject.members.isMember(id, owner)).toBe(true);
    });

    it('rolls back when the work rejects, and rejects with the same error', async () => {
      const before = await mine();
      let id = '';
      const work = async () => {
        ({ id } = await start());
        await subject.members.addFirstMembers(id, [owner]);
        await signUp(subject);
        throw new Regret();
      };
      await expect(subject.transactions.runInTransaction(work)).rejects.toThrow(Regret);
      expect(await subject.conversations.findById(id)).toBeNull();
      expect(await subject.members.isMember(id, owner)).toBe(false);
      expect(await mine()).toBe(before);
    });

    it('sees its own writes', async () => {
      await subject.transactions.runInTransaction(async () => {
        const id = await converse(subject, owner);
        expect(await subject.conversations.findById(id)).not.toBeNull();
        expect(await subject.members.isMember(id, owner)).toBe(true);
        expect(await subject.members.findConversationOfUser(owner, id)).not.toBeNull();
      });
    });

    it('joins the open transaction', async () => {
      let inner = '';
      const work = async () => {
        await subject.transactions.runInTransaction(async () => {
          ({ id: inner } = await start());
        });
        expect(await subject.conversations.findById(inner)).not.toBeNull();
        throw new Regret();
      };
      await expect(subject.transactions.runInTransaction(work)).rejects.toThrow(Regret);
      expect(await subject.conversations.findById(inner)).toBeNull();
    });

    it('commits a nested transaction when the outer one resolves', async () => {
      const { id } = await subject.transactions.runInTransaction(() =>
        subject.transactions.runInTransaction(start),
      );
      expect(await subject.conversations.findById(id)).not.toBeNull();
    });

    it('a transaction that fails does not affect another one', async () => {
      const failing = subject.transactions.runInTransaction(async () => {
        await start();
        throw new Regret();
      });
      const [failed, kept] = await Promise.allSettled([
        failing,
        subject.transactions.runInTransaction(start),
      ]);
      expect(failed.status).toBe('rejected');
      const id = kept.status === 'fulfilled' ? kept.value.id : '';
      expect(await subject.conversations.findById(id)).not.toBeNull();
    });

    describe('publishes', () => {
      let published: string[];
      const later = (word: string) =>
        subject.transactions.afterCommit({
          publish: () => void published.push(word),
          isStored: async () => true,
        });
      beforeEach(() => {
        published = [];
      });

      it('in order, after the commit and before it resolves', async () => {
        let id = '';
        await subject.transactions.runInTransaction(async () => {
          later('one');
          ({ id } = await start());
          later('two');
          expect(published).toEqual([]);
        });
        expect(published).toEqual(['one', 'two']);
        expect(await subject.conversations.findById(id)).not.toBeNull();
      });

      it('nothing when it is rolled back', async () => {
        const work = async () => {
          later('never');
          throw new Regret();
        };
        await expect(subject.transactions.runInTransaction(work)).rejects.toThrow(Regret);
        expect(published).toEqual([]);
      });

      it('what a nested transaction has registered when the outermost is committed, or never', async () => {
        const nested = () => subject.transactions.runInTransaction(async () => later('nested'));
        await subject.transactions.runInTransaction(async () => {
          await nested();
          expect(published).toEqual([]);
        });
        expect(published).toEqual(['nested']);
        const work = async () => {
          await nested();
          throw new Regret();
        };
        await expect(subject.transactions.runInTransaction(work)).rejects.toThrow(Regret);
        expect(published).toEqual(['nested']);
      });

      it('at once where there is no transaction', () => {
        later('now');
        expect(published).toEqual(['now']);
      });
    });
  });
}
