import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  memberAddition,
  memberRemoval,
  roleChange,
} from '../../src/arch/modules/chat/domain/models/conversation-change.model.js';
import type { ConversationMember } from '../../src/arch/modules/chat/domain/models/conversation-member.model.js';
import { addMember, type ChatSubject, converse, type MakeChatSubject, say, signUp } from './chat-subject.js';

const everywhere = (...expected: number[]) => ({ page: expected, singly: expected, changes: expected });

/** Read receipts that users have switched off, in every reader of positions. */
export function describeReadReceiptsContract(name: string, makeSubject: MakeChatSubject): void {
  describe(`read receipts on ${name}`, () => {
    let subject: ChatSubject;
    let owner: string;
    let hiding: string;
    let third: string;
    let late: string;
    let another: string;
    let yetAnother: string;
    let conversationId: string;
    let messageId: string;

    beforeAll(async () => {
      subject = await makeSubject();
    });
    beforeEach(async () => {
      owner = await signUp(subject);
      hiding = await signUp(subject);
      third = await signUp(subject);
      late = await signUp(subject);
      another = await signUp(subject);
      yetAnother = await signUp(subject);
      conversationId = await converse(subject, owner, hiding, third);
      await say(subject, conversationId, owner, 3);
      const [newest] = (await subject.messages.findRange(conversationId, 3, 3)).data;
      messageId = newest?.id ?? '';
      for (const user of [hiding, third]) await subject.memberships.markRead(conversationId, user, 3);
      // Its row of the log is the reason why lists of members are read.
      await addMember(subject, conversationId, owner, late);
      await subject.setReadReceipts(hiding, false);
    });
    afterAll(() => subject.close());

    const positions = (
      members: readonly ConversationMember[] | null | undefined,
      ids: readonly string[] = [owner, hiding, third],
    ) => ids.map((id) => members?.find(({ userId }) => userId === id)?.lastReadSeq);
    /** What each reader of positions shows to a user. */
    const shown = async (readerId: string) => {
      const one = (id: string) => subject.members.findMember(conversationId, id, readerId);
      const singly = [await one(owner), await one(hiding), await one(third)].flatMap(
        (member) => member ?? [],
      );
      return {
        page: positions((await subject.members.findMemberPage(conversationId, readerId, 100)).data),
        singly: positions(singly),
        changes: positions((await subject.changes.findChanges(conversationId, readerId, 0, 100))?.members),
      };
    };
    const promote = (id: string) =>
      subject.change.change(conversationId, owner, () => [roleChange(id, 'admin')]);
    /** The positions of those who have become admins. */
    const inEvents = async (readerId: string, ids?: readonly string[]) => {
      const events = await subject.timeline.findEvents(conversationId, readerId, 0, 100, 100);
      const members = events.flatMap(({ data }) => ('member' in data ? [data.member] : []));
      return positions(
        members.filter(({ role }) => role === 'admin'),
        ids,
      );
    };
    const inChanges = async (readerId: string) =>
      positions((await subject.timeline.findChanges(conversationId, readerId, 0, 100))?.members);
    const readers = async (userId: string) => {
      const request = { conversationId, messageId, userId, limit: 10 };
      const page = await subject.readers.findReaders(request);
      return [page?.data.map(({ id }) => id), page?.count];
    };
    const marked = async (userId: string) => {
      const changed = await subject.memberships.markRead(conversationId, userId, 4);
      return [changed?.moved, changed?.showsReading, changed?.me.lastReadSeq];
    };

    it('the position of a user who has switched them off is 0 for everybody else', async () => {
      expect(await shown(owner)).toEqual(everywhere(3, 0, 3));
      expect(positions(await subject.members.findMembersByConversation(conversationId))).toEqual([3, 0, 3]);
    });

    it('who has switched them off sees the own position, and 0 for all others', async () => {
      expect(await shown(hiding)).toEqual(everywhere(0, 3, 0));
    });

    it('all are shown as they are once they are on again', async () => {
      await subject.setReadReceipts(hiding, true);
      expect(await shown(owner)).toEqual(everywhere(3, 3, 3));
      expect(await shown(hiding)).toEqual(everywhere(3, 3, 3));
    });

    it('an event of the log shows the position as the list of members does, to each reader', async () => {
      const results = [await promote(hiding), await promote(third)].map(
        ([changed]) => changed?.result.member,
      );
      expect(results.map((member) => member?.lastReadSeq)).toEqual([0, 3]);
      expect(await inEvents(owner)).toEqual([undefined, 0, 3]);
      expect(await inEvents(hiding)).toEqual([undefined, 3, 0]);
    });

    it('who makes a change is shown what it may see of the member, and the member has what is its own', async () => {
      const [own] = await promote(owner);
      const [ofHiding] = await promote(hiding);
      const [byHiding] = await subject.change.change(conversationId, hiding, () => [
        roleChange(owner, 'owner'),
      ]);
      const [added] = await subject.change.change(conversationId, hiding, () => [
        memberAddition(another, 'member'),
      ]);
      const results = [own, ofHiding, byHiding, added].map((change) => {
        const { member, hiddenReadSeq, seenByActor } = change?.result ?? {};
        return [member?.lastReadSeq, hiddenReadSeq, seenByActor?.lastReadSeq];
      });
      expect(results).toEqual([
        [3, undefined, 3],
        [0, 3, 0],
        [3, undefined, 0],
        [3, undefined, 0],
      ]);
    });

    it('of a former member an event shows a position to nobody who is shown none', async () => {
      const add = (id: string) =>
        subject.change.change(conversationId, owner, () => [memberAddition(id, 'admin')]);
      await subject.setReadReceipts(another, false);
      for (const id of [another, yetAnother]) await add(id);
      await subject.change.change(conversationId, owner, () =>
        [another, yetAnother].map((id) => memberRemoval(id, 'left', null)),
      );
      expect(await inEvents(owner, [another, yetAnother])).toEqual([0, 3]);
      expect(await inEvents(hiding, [another, yetAnother])).toEqual([0, 0]);
    });

    it('lists of members that stand for events without a row show the same', async () => {
      await subject.addUnlogged(conversationId, await signUp(subject));
      expect(await inChanges(owner)).toEqual([3, 0, 3]);
      expect(await inChanges(hiding)).toEqual([0, 3, 0]);
    });

    it('who has switched them off is no reader for others, and finds no other reader', async () => {
      expect(await readers(owner)).toEqual([[third], 1]);
      expect(await readers(hiding)).toEqual([[hiding], 1]);
    });

    it('the next position of a user who has switched them off is not for others', async () => {
      await say(subject, conversationId, owner, 1);
      expect(await marked(hiding)).toEqual([true, false, 4]);
      expect(await marked(third)).toEqual([true, true, 4]);
    });
  });
}
