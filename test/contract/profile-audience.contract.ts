import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ChatSubject, converse, type MakeChatSubject, say, signUp } from './chat-subject.js';

export function describeProfileAudienceContract(name: string, makeSubject: MakeChatSubject): void {
  describe(`ProfileAudiencePort on ${name}`, () => {
    let subject: ChatSubject;
    let ada: string;
    let bob: string;
    let eve: string;

    beforeAll(async () => {
      subject = await makeSubject();
    });
    beforeEach(async () => {
      [ada, bob, eve] = [await signUp(subject), await signUp(subject), await signUp(subject)];
    });
    afterAll(() => subject.close());

    const audience = async () => {
      const { conversationIds, blockedIds } = await subject.audiences.findAudience(ada);
      return [conversationIds.toSorted(), [...blockedIds].toSorted()];
    };

    it('is the conversations of which the user is a member', async () => {
      expect(await audience()).toEqual([[], []]);
      const [one, other] = [await converse(subject, ada, bob), await converse(subject, eve, ada)];
      await converse(subject, bob, eve);
      expect(await audience()).toEqual([[one, other].toSorted(), []]);
      await subject.removeMember(one, ada);
      expect(await audience()).toEqual([[other], []]);
    });

    it('names whom the user has blocked, and who has blocked the user', async () => {
      await subject.blockUser(ada, bob);
      await subject.blockUser(eve, ada);
      await subject.blockUser(bob, eve);
      expect(await audience()).toEqual([[], [bob, eve].toSorted()]);
    });

    it('finds where a user has written, whether or not it is a member', async () => {
      const [one, other] = [await converse(subject, ada, bob), await converse(subject, ada, bob)];
      await say(subject, one, ada, 2);
      await say(subject, other, bob, 2);
      const elsewhere = await converse(subject, ada);
      await say(subject, elsewhere, ada, 1);
      await subject.removeMember(one, ada);
      const rooms = [one, other, randomUUID()];
      expect(await subject.audiences.findWritten(ada, rooms)).toEqual([one]);
      expect(await subject.audiences.findWritten(ada, [])).toEqual([]);
    });
  });
}
