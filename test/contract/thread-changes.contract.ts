import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type {
  LockedMessage,
  MessageChange,
} from '../../src/arch/modules/chat/domain/models/message-change.model.js';
import { toReactionKind } from '../../src/arch/modules/chat/domain/models/reaction.model.js';
import {
  type ChatSubject,
  converse,
  type MakeChatSubject,
  openDirect,
  openThread,
  say,
  signUp,
} from './chat-subject.js';

/** `done`, or the code. */
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => error.code ?? error,
  );

const edit = (mentions?: readonly string[]): MessageChange => ({
  kind: 'edited',
  content: 'edited',
  keepsEarlier: false,
  ...(mentions && { extras: { mentions } }),
});

export function describeThreadChangesContract(name: string, makeSubject: MakeChatSubject): void {
  describe(`changes of messages in a thread on ${name}`, () => {
    let subject: ChatSubject;
    let owner: string;
    let member: string;
    let stranger: string;
    let parentId: string;
    /** Begins at the second message of the parent; has two replies of the member. */
    let threadId: string;

    beforeAll(async () => {
      subject = await makeSubject();
      [owner, member, stranger] = [await signUp(subject), await signUp(subject), await signUp(subject)];
    });
    beforeEach(async () => {
      parentId = await converse(subject, owner, member);
      await say(subject, parentId, owner, 2);
      threadId = await openThread(subject, parentId, 2, owner);
      await say(subject, threadId, member, 2);
    });
    afterAll(() => subject.close());

    const reply = async (seq = 1) => {
      const [found] = (await subject.messages.findRange(threadId, seq, seq)).data;
      if (!found) throw new Error('There is no such reply.');
      return found;
    };
    const change = async (actorId: string, made: MessageChange | null, seq = 1) => {
      let found: LockedMessage | undefined;
      const message = await subject.messageChange.change(
        threadId,
        actorId,
        (await reply(seq)).id,
        (locked) => {
          found = locked;
          return made;
        },
      );
      return { message, found };
    };
    const react = async (actorId: string, added = true, userId = actorId) => {
      const messageId = (await reply()).id;
      const draft = { conversationId: threadId, messageId, actorId, userId, added, ...toReactionKind('👍') };
      return subject.reactions.react(draft, false);
    };
    const revs = async () => {
      const [thread, parent] = await Promise.all(
        [threadId, parentId].map((id) => subject.conversations.findById(id)),
      );
      return [thread?.rev, parent?.rev];
    };

    it('take the numbers of the thread, and none of the parent', async () => {
      expect(await revs()).toEqual([2, 5]);
      expect((await change(member, edit())).message).toMatchObject({ content: 'edited', seq: 1, rev: 3 });
      expect((await change(owner, { kind: 'pinned' })).message).toMatchObject({ rev: 4, pinnedBy: owner });
      expect((await change(owner, { kind: 'unpinned' })).message.rev).toBe(5);
      expect(await react(member)).toMatchObject({ rev: 6, ownReactions: ['👍'] });
      expect(await react(owner, false, member)).toMatchObject({ rev: 7 });
      expect((await change(owner, { kind: 'deleted' }, 2)).message).toMatchObject({
        rev: 8,
        deletedBy: owner,
      });
      expect(await revs()).toEqual([8, 5]);
    });

    it('are decided by the rules and the role of the parent', async () => {
      await subject.restrict(parentId, { posting: 'admins' });
      const { found } = await change(member, null);
      expect(found).toMatchObject({ actorRole: 'member', isBlocked: false });
      expect(found?.conversation).toMatchObject({ type: 'group', posting: 'admins' });
      expect((await change(owner, null)).found?.actorRole).toBe('owner');
      expect(await outcome(react(member))).toBe('POSTING_RESTRICTED');
      expect(await outcome(react(owner))).toBe('done');
    });

    it('are decided by a block between the two of a direct conversation', async () => {
      const [one, two] = [await signUp(subject), await signUp(subject)];
      parentId = await openDirect(subject, one, two);
      await say(subject, parentId, one, 1);
      threadId = await openThread(subject, parentId, 1, one);
      await say(subject, threadId, one, 1);
      expect((await change(one, null)).found).toMatchObject({
        isBlocked: false,
        conversation: { type: 'direct' },
      });
      await subject.blockUser(two, one);
      expect((await change(one, null)).found?.isBlocked).toBe(true);
      expect(await outcome(react(two))).toBe('USER_NOT_REACHABLE');
    });

    it('show all of the thread to who sees its root, and nothing to who does not', async () => {
      await subject.hideBefore(parentId, member, 2);
      expect((await change(member, edit())).message.rev).toBe(3);
      expect(await outcome(react(member))).toBe('done');
      await subject.hideBefore(parentId, member, 3);
      expect(await outcome(change(member, edit()))).toBe('CONVERSATION_NOT_FOUND');
      expect(await outcome(react(member))).toBe('CONVERSATION_NOT_FOUND');
      expect(await revs()).toEqual([4, 5]);
    });

    it('are not for others', async () => {
      const { id } = await reply();
      let found: LockedMessage | undefined;
      const work = subject.messageChange.change(threadId, stranger, id, (locked) => {
        found = locked;
        return null;
      });
      expect(await outcome(work)).toBe('MESSAGE_NOT_FOUND');
      expect(found).toMatchObject({ actorRole: null, message: null });
      expect(await outcome(react(stranger))).toBe('NOT_CONVERSATION_MEMBER');
      const [root] = (await subject.messages.findRange(parentId, 2, 2)).data;
      expect(await outcome(subject.messageChange.change(threadId, owner, root?.id ?? '', () => edit()))).toBe(
        'MESSAGE_NOT_FOUND',
      );
    });

    it('mention members of the parent who see the root, and make them follow', async () => {
      const [seeing, hidden] = [await signUp(subject), await signUp(subject)];
      parentId = await converse(subject, owner, member, seeing, hidden);
      await say(subject, parentId, owner, 2);
      threadId = await openThread(subject, parentId, 1, owner);
      await say(subject, threadId, member, 2);
      await subject.hideBefore(parentId, hidden, 2);
      const { message } = await change(member, edit([hidden, stranger, seeing]), 2);
      expect(message.mentions).toEqual([seeing]);
      expect(await subject.followersOf(threadId)).toEqual({ [owner]: 0, [member]: 0, [seeing]: 1 });
      expect((await subject.mentions.findPage(seeing, 10)).data).toEqual([message]);
      await change(member, edit([]), 2);
      expect((await subject.mentions.findPage(seeing, 10)).data).toEqual([]);
    });

    it('are refused to who has left the parent', async () => {
      await subject.removeMember(parentId, member);
      expect(await outcome(react(member))).toBe('NOT_CONVERSATION_MEMBER');
      expect((await change(owner, null)).message.seq).toBe(1);
    });
  });
}
