import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CursorInvalidError } from '../../src/arch/common/domain/errors/cursor-invalid.error.js';
import type { PinPage } from '../../src/arch/modules/chat/domain/models/pin-page.model.js';
import { type ChatSubject, converse, type MakeChatSubject, say, signUp } from './chat-subject.js';

const seqsOf = ({ data }: PinPage) => data.map(({ seq }) => seq);

export function describeMessagePinsContract(name: string, make: MakeChatSubject): void {
  describe(`MessagePinsPort on ${name}`, () => {
    let subject: ChatSubject;
    let owner: string;
    let conversationId: string;

    beforeAll(async () => {
      subject = await make();
      owner = await signUp(subject);
    });
    beforeEach(async () => {
      conversationId = await converse(subject, owner);
      await say(subject, conversationId, owner, 5);
    });
    afterAll(() => subject.close());

    const change = async (seq: number, kind: 'pinned' | 'unpinned' | 'deleted') => {
      const [message] = (await subject.messages.findRange(conversationId, seq, seq)).data;
      await subject.messageChange.change(conversationId, owner, message?.id ?? '', () => ({ kind }));
    };
    const pin = async (...seqs: number[]) => {
      for (const seq of seqs) await change(seq, 'pinned');
    };
    const find = (more: { limit?: number; cursor?: string | undefined; visibleFrom?: number } = {}) =>
      subject.pins.findPins({ conversationId, readerId: owner, visibleFrom: 1, limit: 20, ...more });

    it('a conversation has none at first', async () => {
      expect(await find()).toEqual({ data: [], nextCursor: null });
      expect(await subject.pins.countPins(conversationId)).toBe(0);
    });

    it('lists pinned messages as they are, the last pinned first', async () => {
      await pin(4, 1, 3);
      const page = await find();
      expect(seqsOf(page)).toEqual([3, 1, 4]);
      expect(page.nextCursor).toBeNull();
      const [message] = (await subject.messages.findRange(conversationId, 3, 3)).data;
      expect(page.data[0]).toEqual(message);
      expect(await subject.pins.countPins(conversationId)).toBe(3);
      const elsewhere = await converse(subject, owner);
      expect(await subject.pins.countPins(elsewhere)).toBe(0);
    });

    it('an unpinned and a deleted message are not among them; pinned again, one comes first', async () => {
      await pin(1, 2, 3);
      await change(2, 'deleted');
      await change(1, 'unpinned');
      expect(seqsOf(await find())).toEqual([3]);
      await pin(1);
      expect(seqsOf(await find())).toEqual([1, 3]);
      expect(await subject.pins.countPins(conversationId)).toBe(2);
    });

    it('pages through all of them, each once', async () => {
      await pin(1, 2, 3, 4, 5);
      const seqs: number[][] = [];
      let cursor: string | undefined;
      for (let pages = 1; pages <= 3; pages += 1) {
        const page = await find({ limit: 2, cursor });
        seqs.push(seqsOf(page));
        cursor = page.nextCursor ?? undefined;
      }
      expect(cursor).toBeUndefined();
      expect(seqs).toEqual([[5, 4], [3, 2], [1]]);
    });

    it('leaves out what the reader does not see, and counts it', async () => {
      await pin(1, 2, 3);
      expect(seqsOf(await find({ visibleFrom: 3 }))).toEqual([3]);
      expect(await subject.pins.countPins(conversationId)).toBe(3);
    });

    it('a reply to a hidden message shows the place of that alone', async () => {
      await subject.decorate(conversationId, 3, { replyToSeq: 1 });
      await pin(3);
      const [whole] = (await find()).data;
      expect(whole?.replyTo).toMatchObject({ seq: 1, excerpt: '1' });
      const [shown] = (await find({ visibleFrom: 2 })).data;
      expect(shown?.replyTo).toEqual({ id: whole?.replyTo?.id, seq: 1 });
    });

    it.each(['', 'x', 'cDF8MXwx', '💥'])('refuses the cursor %j', async (cursor) => {
      await expect(find({ cursor })).rejects.toThrow(CursorInvalidError);
    });
  });
}
