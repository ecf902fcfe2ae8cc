import { beforeEach, expect, it } from 'vitest';
import { FakeChat } from '../../../../../../test/fakes/fake-chat.js';
import { PAGE_BYTES } from '../../../../common/domain/page-bytes.js';
import { ListSeveralChangesHandler, ListSeveralChangesQuery } from './list-several-changes.query.js';

/** 24,000 bytes of JSON. */
const LONG = '\u0001'.repeat(4_000);
let chat: FakeChat;
let owner: string;

beforeEach(async () => {
  chat = new FakeChat();
  owner = await chat.signUp('Ada');
});

const converse = async (contents: readonly string[]) => {
  const conversationId = await chat.converse(owner);
  for (const content of contents) await chat.messages.create({ conversationId, senderId: owner, content });
  return conversationId;
};

const ask = (ids: readonly string[]) =>
  new ListSeveralChangesHandler(chat.timeline, chat.epoch).execute(
    new ListSeveralChangesQuery(
      owner,
      ids.map((conversationId) => ({ conversationId, since: 0 })),
    ),
  );

it('after what does not fit nothing that has changed is answered, though it were smaller', async () => {
  const many = Array.from({ length: 37 }, () => LONG);
  const ids = [await converse([...many, 'short']), await converse([LONG]), await converse(['short'])];
  const silent = await converse([]);
  const { conversations } = await ask([...ids, silent]);
  expect(conversations.map(({ outcome }) => outcome)).toEqual(['page', 'unread', 'unread', 'page']);
  const later = await ask(ids.slice(1));
  expect(later.conversations.map(({ outcome }) => outcome)).toEqual(['page', 'page']);
});

it('a page that is full has room for those of which nothing is read', async () => {
  const others = [];
  for (let n = 0; n < 49; n += 1) others.push(await converse(['hello']));
  for (let length = 1_800; length < 1_820; length += 1) {
    const full = await converse(Array.from({ length: 500 }, () => 'x'.repeat(length)));
    const { conversations } = await ask([full, ...others]);
    expect(conversations[0]).toMatchObject({ page: { hasMore: true } });
    expect(Buffer.byteLength(JSON.stringify(conversations))).toBeLessThanOrEqual(PAGE_BYTES);
  }
});
