import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CursorInvalidError } from '../../src/arch/common/domain/errors/cursor-invalid.error.js';
import type { MentionsPort } from '../../src/arch/modules/chat/application/ports/mentions.port.js';
import { conversationDeletion } from '../../src/arch/modules/chat/domain/models/conversation-change.model.js';
import type {
  ExtrasChange,
  MessageExtras,
} from '../../src/arch/modules/chat/domain/models/message-extras.model.js';
import {
  addMember,
  type ChatSubject,
  converse,
  type MakeChatSubject,
  openThread,
  say,
  signUp,
} from './chat-subject.js';

const PAST_EVERYTHING = Number.MAX_SAFE_INTEGER;

export function describeMentionsContract(name: string, makeSubject: MakeChatSubject): void {
  describe(`MentionsPort on ${name}`, () => {
    let subject: ChatSubject;
    let mentions: MentionsPort;
    let owner: string;
    let me: string;
    let conversationId: string;

    beforeAll(async () => {
      subject = await makeSubject();
      ({ mentions } = subject);
    });
    beforeEach(async () => {
      [owner, me] = [await signUp(subject), await signUp(subject)];
      conversationId = await converse(subject, owner, me);
    });
    afterAll(() => subject.close());

    const send = async (extras?: MessageExtras, to = conversationId, senderId = owner) => {
      const draft = { conversationId: to, senderId, content: 'Hello!', extras };
      return (await subject.messages.create(draft)).message;
    };
    /** The count in the list, in the conversation's summary, in its head and of the total, which never differ. */
    const count = async () => {
      const [list, changes, heads, total, marked] = await Promise.all([
        subject.members.findConversationsByUser(me, 100),
        subject.changes.findChanges(conversationId, me, 0, 1),
        subject.heads.findHeads(me, [conversationId]),
        subject.heads.countUnread(me),
        subject.memberships.markRead(conversationId, me, 0),
      ]);
      const listed = list.data.find(({ id }) => id === conversationId);
      const all = [
        listed?.me.mentionCount,
        changes?.conversation.me.mentionCount,
        heads[0]?.mentionCount,
        total.mentions,
        marked?.me.mentionCount,
      ];
      expect(new Set(all).size).toBe(1);
      return total.mentions;
    };
    const pages = async (limit: number) => {
      const found: string[] = [];
      let cursor: string | undefined;
      for (let page = 1; page <= 10; page += 1) {
        const { data, nextCursor } = await mentions.findPage(me, limit, cursor);
        found.push(...data.map(({ conversationId: id, seq }) => `${id} ${seq}`));
        if (nextCursor === null) break;
        cursor = nextCursor;
      }
      return found;
    };
    const listed = () => pages(100);
    const seqs = async () => (await mentions.findPage(me, 100)).data.map(({ seq }) => seq);

    it('counts and lists what mentions the user or everybody, each message once', async () => {
      const other = await signUp(subject);
      await addMember(subject, conversationId, owner, other);
      await send();
      await send({ mentions: [me] });
      await send({ mentions: [other, owner] });
      await send({ mentionsAll: true });
      await send({ mentions: [me, other], mentionsAll: true });
      expect(await count()).toBe(3);
      expect(await seqs()).toEqual([5, 4, 2]);
    });

    it('lists whole messages, as the user sees them', async () => {
      const target = await send();
      const sent = await send({ mentions: [me], replyToId: target.id, metadata: { a: 1 } });
      expect((await mentions.findPage(me, 1)).data).toEqual([sent]);
    });

    it('counts nothing up to the read position, nor before a message that was marked as unread', async () => {
      for (let time = 1; time <= 4; time += 1) await send({ mentions: [me] });
      await subject.memberships.markRead(conversationId, me, 3);
      expect(await count()).toBe(1);
      await subject.memberships.changeMembership(conversationId, me, { lastReadSeq: 1 });
      expect(await count()).toBe(3);
      await send(undefined, conversationId, me);
      expect(await count()).toBe(0);
      expect(await seqs()).toEqual([4, 3, 2, 1]);
    });

    it('whatever the user is notified of', async () => {
      await send({ mentions: [me] });
      await subject.memberships.changeMembership(conversationId, me, { notify: 'none' });
      expect(await count()).toBe(1);
      const mutedUntil = new Date(Date.now() + 60_000);
      const muted = await subject.memberships.changeMembership(conversationId, me, { mutedUntil });
      expect(muted?.me.mentionCount).toBe(1);
      // For the badge, a muted conversation counts for nothing.
      expect((await subject.heads.countUnread(me)).mentions).toBe(0);
    });

    it('counts 100 at most, in each conversation', async () => {
      const elsewhere = await converse(subject, owner, me);
      for (let time = 1; time <= 101; time += 1)
        await send(time % 2 === 0 ? { mentions: [me], mentionsAll: true } : { mentionsAll: true });
      expect(await count()).toBe(100);
      await send({ mentions: [me] }, elsewhere);
      expect((await subject.heads.countUnread(me)).mentions).toBe(101);
    });

    it('hides what was said before the user came, and what it has cleared', async () => {
      await send({ mentionsAll: true });
      const { message: target } = await subject.messages.create({
        conversationId,
        senderId: owner,
        content: 'x',
      });
      await subject.memberships.clearHistory(conversationId, me);
      expect([await count(), await seqs()]).toEqual([0, []]);
      const sent = await send({ mentionsAll: true, replyToId: target.id });
      await send({ mentions: [me] });
      await subject.memberships.changeMembership(conversationId, me, { lastReadSeq: 0 });
      expect([await count(), await seqs()]).toEqual([2, [4, 3]]);
      const [, shown] = (await mentions.findPage(me, 2)).data;
      expect(shown).toEqual({ ...sent, replyTo: { id: target.id, seq: 2 } });
    });

    it('shows nothing of conversations in which the user is no longer, and all of it once it is back', async () => {
      await send({ mentions: [me] });
      const gone = await converse(subject, owner, me);
      await send({ mentionsAll: true }, gone);
      await subject.removeMember(conversationId, me);
      await subject.change.change(gone, owner, () => [conversationDeletion([owner, me])]);
      expect(await seqs()).toEqual([]);
      expect((await subject.heads.countUnread(me)).mentions).toBe(0);
      await addMember(subject, conversationId, owner, me);
      expect(await seqs()).toEqual([1]);
    });

    it('an edit says anew who is mentioned, and a deletion mentions nobody', async () => {
      const other = await signUp(subject);
      await addMember(subject, conversationId, owner, other);
      const { id } = await send({ mentions: [me, owner], metadata: { a: 1 } });
      await send({ mentions: [me] });
      const edit = (extras: ExtrasChange) =>
        subject.messageChange.change(conversationId, owner, id, () => ({
          kind: 'edited',
          content: 'Edited',
          keepsEarlier: false,
          extras,
        }));
      const edited = await edit({ mentions: [other, await signUp(subject), owner] });
      expect(edited).toMatchObject({ content: 'Edited', mentions: [other, owner], metadata: { a: 1 } });
      expect([await count(), await seqs()]).toEqual([1, [2]]);
      expect((await mentions.findPage(other, 10)).data).toEqual([edited]);
      expect((await mentions.findPage(owner, 10)).data).toEqual([edited]);
      const all = await edit({ mentionsAll: true, metadata: { b: 2 } });
      expect(all).toMatchObject({ mentions: [other, owner], mentionsAll: true, metadata: { b: 2 } });
      expect([await count(), await seqs()]).toEqual([2, [2, 1]]);
      const plain = await edit({ mentions: [], mentionsAll: false, metadata: {} });
      for (const detail of ['mentions', 'mentionsAll', 'metadata']) expect(plain).not.toHaveProperty(detail);
      expect([await count(), await seqs()]).toEqual([1, [2]]);
      expect((await mentions.findPage(other, 10)).data).toEqual([]);
      await edit({ mentions: [me], mentionsAll: true });
      expect(await count()).toBe(2);
      await subject.messageChange.change(conversationId, owner, id, () => ({ kind: 'deleted' }));
      expect([await count(), await seqs()]).toEqual([1, [2]]);
    });

    it('lists by pages across conversations, newest first, though messages come meanwhile', async () => {
      const rooms = [conversationId, await converse(subject, owner, me), await converse(subject, owner, me)];
      const sent: string[] = [];
      for (let index = 0; index < 20; index += 1) {
        const extras = index % 4 === 0 ? { mentionsAll: true, mentions: [me] } : { mentions: [me] };
        sent.unshift((await send(extras, rooms[index % 3])).id);
        if (index % 2 === 0) await say(subject, rooms[index % 3] as string, owner, 1);
      }
      const found: string[] = [];
      let cursor: string | undefined;
      for (let page = 1; page <= 7; page += 1) {
        const { data, nextCursor } = await mentions.findPage(me, 3, cursor);
        found.push(...data.map(({ id }) => id));
        expect([data.length, nextCursor === null]).toEqual(page < 7 ? [3, false] : [2, true]);
        cursor = nextCursor ?? undefined;
        await send({ mentionsAll: true }, rooms[page % 3]);
      }
      expect(found).toEqual(sent);
    });

    it('has one order for messages of one moment', async () => {
      const rooms = [conversationId, await converse(subject, owner, me)];
      for (const id of rooms) {
        await subject.setActivity(id, (Date.now() + 86_400_000) * 1_000);
        await send({ mentions: [me] }, id);
        await send({ mentions: [me] }, id);
      }
      const found = new Set<string>();
      let cursor: string | undefined;
      for (let page = 1; page <= 4; page += 1) {
        const { data, nextCursor } = await mentions.findPage(me, 1, cursor);
        for (const { id } of data) found.add(id);
        expect(nextCursor === null).toBe(page === 4);
        cursor = nextCursor ?? undefined;
      }
      expect(found.size).toBe(4);
    });

    it.each(['made up', '', 'bTA'])('refuses the cursor %j', async (cursor) => {
      await expect(mentions.findPage(me, 1, cursor)).rejects.toThrow(CursorInvalidError);
    });

    it('forgets the mentions of a user, and no others', async () => {
      await send({ mentions: [me, owner] });
      await subject.memberships.markRead(conversationId, me, PAST_EVERYTHING);
      await mentions.eraseMentions(me);
      await mentions.eraseMentions(me);
      expect(await seqs()).toEqual([]);
      expect((await mentions.findPage(owner, 10)).data).toHaveLength(1);
    });

    it('lists those of threads that the user follows, while it sees their roots', async () => {
      await send();
      const threadId = await openThread(subject, conversationId, 1, owner);
      await send({ mentionsAll: true }, threadId);
      expect(await listed()).toEqual([]);
      await send({ mentions: [me] });
      await send({ mentions: [me] }, threadId);
      await send({ mentions: [me], mentionsAll: true }, threadId);
      await send({ mentions: [owner] }, threadId);
      const all = [`${threadId} 3`, `${threadId} 2`, `${conversationId} 2`, `${threadId} 1`];
      expect(await listed()).toEqual(all);
      expect(await pages(1)).toEqual(all);
      await subject.hideBefore(conversationId, me, 2);
      expect(await listed()).toEqual([`${conversationId} 2`]);
      await subject.removeMember(conversationId, me);
      expect(await listed()).toEqual([]);
    });
  });
}
