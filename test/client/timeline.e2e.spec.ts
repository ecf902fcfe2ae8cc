import { describe, expect } from 'vitest';
import { clientTest as it, online, textsOf, until } from './client-test.js';

describe('a timeline', () => {
  it('shows what is sent at once, and the same row when it is stored', async ({
    clientOf,
    server,
    owner,
    member,
  }) => {
    const id = await server.createConversation(owner, [member]);
    const [ada, bob] = [await online(clientOf(owner)), await online(clientOf(member))];
    const [mine, theirs] = [ada.conversation(id), bob.conversation(id)];
    await Promise.all([mine.timeline.open(), theirs.timeline.open()]);

    const sending = mine.send('Hello');
    expect(textsOf(mine.timeline.getSnapshot())).toEqual(['(Hello)']);
    const [key] = mine.timeline.getSnapshot().items.map((item) => item.key);
    const message = await sending.settled;
    expect(message).toMatchObject({ content: 'Hello', seq: 1 });
    expect(textsOf(mine.timeline.getSnapshot())).toEqual(['Hello']);
    expect(mine.timeline.getSnapshot().items[0]?.key).toBe(key);
    await until(theirs.timeline, (state) => textsOf(state).join() === 'Hello');
    expect(ada.outbox.getSnapshot()).toEqual([]);
    expect(await theirs.verify()).toEqual({ missing: [], doubled: [], different: [] });
  });

  it('keeps the order of what is sent together', async ({ clientOf, server, owner }) => {
    const id = await server.createConversation(owner);
    const client = await online(clientOf(owner));
    const own = client.conversation(id);
    await own.timeline.open();
    const texts = Array.from({ length: 20 }, (_, index) => `${index}`);
    await Promise.all(texts.map((text) => own.send(text).settled));
    expect(textsOf(own.timeline.getSnapshot())).toEqual(texts);
  });
});

describe('before it is known who is signed in', () => {
  it('one can open, list, write and send', async ({ clientOf, server, owner, member }) => {
    const id = await server.createConversation(owner, [member]);
    await (await online(clientOf(member))).conversation(id).send('hello').settled;
    const client = clientOf(owner);
    const { timeline, members, draft } = client.conversation(id);
    const sending = client.conversation(id).send('early');
    client.conversation(id).setDraft('half');
    await Promise.all([timeline.open('unread'), client.conversations.load(), members.load()]);
    expect(textsOf(timeline.getSnapshot())).toEqual(['hello', '(early)']);
    const { items, status } = client.conversations.getSnapshot();
    expect([status, items.find((item) => item.id === id)?.draft]).toEqual(['ready', 'half']);
    expect(members.getSnapshot().items).toHaveLength(2);
    await online(client);
    await sending.settled;
    expect(textsOf(timeline.getSnapshot())).toEqual(['hello', 'early']);
    expect(draft.getSnapshot()).toBe('half');
  });
});
