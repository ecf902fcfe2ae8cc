import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CursorInvalidError } from '../../src/arch/common/domain/errors/cursor-invalid.error.js';
import { VERSIONS_MAX } from '../../src/arch/modules/chat/domain/models/message-change.model.js';
import { type ChatSubject, converse, type MakeChatSubject, signUp } from './chat-subject.js';

export function describeMessageVersionsContract(name: string, make: MakeChatSubject): void {
  describe(`MessageVersionsPort on ${name}`, () => {
    let subject: ChatSubject;
    let owner: string;
    let conversationId: string;
    let messageId: string;

    beforeAll(async () => {
      subject = await make();
      owner = await signUp(subject);
      conversationId = await converse(subject, owner);
    });
    beforeEach(async () => {
      const draft = { conversationId, senderId: owner, content: 'text 1' };
      messageId = (await subject.messages.create(draft)).message.id;
    });
    afterAll(() => subject.close());

    const edit = (content: string, keepsEarlier = true) =>
      subject.messageChange.change(conversationId, owner, messageId, () => ({
        kind: 'edited',
        content,
        keepsEarlier,
      }));
    const find = (limit = 100, cursor?: string) => subject.versions.findVersions(messageId, limit, cursor);
    const contents = async () => (await find()).data.map(({ content }) => content);

    it('a message that was not edited has none, nor has one that is not there', async () => {
      expect(await find()).toEqual({ data: [], nextCursor: null });
      expect(await subject.versions.findVersions(randomUUID(), 10)).toEqual({ data: [], nextCursor: null });
    });

    it('has what the message said before each edit, newest first, until when it was edited', async () => {
      const { editedAt: first } = await edit('text 2');
      const { editedAt: second } = await edit('text 3');
      expect(await find()).toEqual({
        data: [
          { version: 2, content: 'text 2', validUntil: second },
          { version: 1, content: 'text 1', validUntil: first },
        ],
        nextCursor: null,
      });
    });

    it('has the metadata that the message had', async () => {
      const found = await subject.messages.findMessage(conversationId, messageId, 1);
      await subject.decorate(conversationId, found?.seq ?? 0, { metadata: { colour: 'blue' } });
      await edit('text 2');
      expect((await find()).data).toMatchObject([{ content: 'text 1', metadata: { colour: 'blue' } }]);
    });

    it('an edit that is not to keep it keeps nothing', async () => {
      await edit('text 2', false);
      expect(await contents()).toEqual([]);
    });

    it('a deleted message has none', async () => {
      await edit('text 2');
      await subject.messageChange.change(conversationId, owner, messageId, () => ({ kind: 'deleted' }));
      expect(await contents()).toEqual([]);
    });

    it('keeps the newest ones, and their numbers', async () => {
      for (let text = 2; text <= VERSIONS_MAX + 3; text += 1) await edit(`text ${text}`);
      const { data } = await find();
      expect(data).toHaveLength(VERSIONS_MAX);
      expect(data.at(0)).toMatchObject({ version: VERSIONS_MAX + 2, content: `text ${VERSIONS_MAX + 2}` });
      expect(data.at(-1)).toMatchObject({ version: 3, content: 'text 3' });
    });

    it('pages through all of them, each once', async () => {
      for (let text = 2; text <= 6; text += 1) await edit(`text ${text}`);
      const versions: number[][] = [];
      let cursor: string | undefined;
      for (let pages = 1; pages <= 3; pages += 1) {
        const page = await find(2, cursor);
        versions.push(page.data.map(({ version }) => version));
        cursor = page.nextCursor ?? undefined;
      }
      expect(cursor).toBeUndefined();
      expect(versions).toEqual([[5, 4], [3, 2], [1]]);
    });

    it('a page ends at 1 MiB of JSON', async () => {
      const long = '\u0001'.repeat(4_000);
      for (let text = 0; text < 60; text += 1) await edit(`${text}${long}`.slice(0, 4_000));
      const page = await find();
      expect(JSON.stringify(page).length).toBeLessThan(1_048_576);
      const rest = await find(100, page.nextCursor ?? '');
      expect(page.data.length + rest.data.length).toBe(60);
    });

    it.each(['', 'x', 'djF8MQ', '💥'])('refuses the cursor %j', async (cursor) => {
      await expect(find(2, cursor)).rejects.toThrow(CursorInvalidError);
    });
  });
}
