import { memoryStorage } from '@causerie/client';
import { describe, expect } from 'vitest';
import { clientTest as it, online, textsOf, until } from './client-test.js';

const WHOLE = { missing: [], doubled: [], different: [] };
const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => `number ${index}`);

describe('the outbox', () => {
  it('survives a reload, and is sent in order, once', async ({ clientOf, proxy, server, owner }) => {
    const id = await server.createConversation(owner);
    const storage = memoryStorage();
    const before = await online(clientOf(owner, { url: proxy.url, storage }));
    proxy.refuse();
    await until(before.connection, ({ status }) => status === 'offline');
    for (const text of numbers(20)) before.conversation(id).send(text);
    expect(before.conversation(id).timeline.getSnapshot().items).toHaveLength(20);
    // A reload ends the page at any moment: nothing is waited for.
    await before.close();
    proxy.admit();

    const [first, second] = [
      clientOf(owner, { url: proxy.url, storage }),
      clientOf(owner, { url: proxy.url, storage }),
    ];
    await Promise.all([online(first), online(second)]);
    const { timeline } = first.conversation(id);
    await timeline.open();
    await until(timeline, ({ items }) => items.every(({ kind }) => kind === 'message'));
    expect(textsOf(timeline.getSnapshot())).toEqual(numbers(20));
    await until(second.outbox, ({ length }) => length === 0);
    await until(first.outbox, ({ length }) => length === 0);
    expect(await first.conversation(id).verify()).toEqual(WHOLE);
    const third = clientOf(owner, { url: proxy.url, storage });
    await third.session.restore();
    expect(third.outbox.getSnapshot()).toEqual([]);
  });

  it('sends again when the acknowledgement is lost, and the message is stored once', async ({
    clientOf,
    proxy,
    server,
    owner,
  }) => {
    const id = await server.createConversation(owner);
    const client = await online(clientOf(owner, { url: proxy.url }));
    const conversation = client.conversation(id);
    await conversation.timeline.open();
    const other = await online(clientOf(owner));
    await other.conversation(id).timeline.open();
    proxy.swallowAnswers();
    const sending = conversation.send('hello');
    await until(other.conversation(id).timeline, ({ last }) => last === 1);
    proxy.flow();
    expect(await sending.settled).toMatchObject({ seq: 1 });
    await until(client.connection, ({ status }) => status === 'online');
    expect(conversation.timeline.getSnapshot().items).toMatchObject([
      { kind: 'message', key: sending.clientMessageId },
    ]);
    expect(await conversation.verify()).toEqual(WHOLE);
  });

  it('keeps the order of two hundred messages when the server limits them', async ({
    clientOf,
    server,
    owner,
  }) => {
    const id = await server.createConversation(owner);
    const client = await online(clientOf(owner));
    const conversation = client.conversation(id);
    await conversation.timeline.open();
    const sent = await Promise.all(numbers(200).map((text) => conversation.send(text).settled));
    expect(sent.map(({ content }) => content)).toEqual(numbers(200));
    expect(sent.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    expect(await conversation.verify()).toEqual(WHOLE);
  });

  it('says why a message fails, and lets the user decide', async ({ clientOf, server, owner, member }) => {
    const id = await server.createConversation(owner, [member]);
    const [ada, bob] = [await online(clientOf(owner)), await online(clientOf(member))];
    await ada.conversation(id).update({ posting: 'admins' });
    const theirs = bob.conversation(id);
    await theirs.timeline.open();
    await expect(theirs.send('refused').settled).rejects.toMatchObject({ code: 'POSTING_RESTRICTED' });
    const [failed] = bob.outbox.getSnapshot();
    expect(failed).toMatchObject({
      status: 'failed',
      content: 'refused',
      error: { code: 'POSTING_RESTRICTED' },
    });
    expect(textsOf(theirs.timeline.getSnapshot())).toEqual(['(refused)']);
    await ada.conversation(id).update({ posting: 'all' });
    expect(await theirs.send('later').settled).toMatchObject({ seq: 1 });
    theirs.retry(failed?.clientMessageId ?? '');
    await until(theirs.timeline, (state) => textsOf(state).join() === 'later,refused');
    expect(() => theirs.send(' ')).toThrow('blank');
    expect(() => theirs.send('x'.repeat(4_001))).toThrow('too-long');
    expect(bob.outbox.getSnapshot()).toEqual([]);
  });

  it('has no more than its bound, and forgets what is discarded, in all tabs', async ({
    clientOf,
    proxy,
    server,
    owner,
  }) => {
    const id = await server.createConversation(owner);
    const storage = memoryStorage();
    proxy.refuse();
    const [one, two] = [clientOf(owner, { storage, limits: { outbox: 2 } }), clientOf(owner, { storage })];
    await one.session.restore();
    const kept = one.conversation(id).send('kept');
    const gone = one.conversation(id).send('gone');
    expect(() => one.conversation(id).send('too many')).toThrow('Too many');
    await two.session.restore();
    await until(two.outbox, ({ length }) => length === 2);
    one.conversation(id).discard(gone.clientMessageId);
    await expect(gone.settled).rejects.toMatchObject({ code: 'ABORTED' });
    await until(two.outbox, ([row, ...others]) => row?.content === 'kept' && others.length === 0);
    await online(two);
    await until(two.outbox, ({ length }) => length === 0);
    await until(one.outbox, ({ length }) => length === 0);
    await expect(kept.settled).rejects.toMatchObject({ code: 'ABORTED' });
  });
});
