import { describe, expect } from 'vitest';
import { addMessages, clientTest as it, online, textsOf, until } from './client-test.js';

const WHOLE = { missing: [], doubled: [], different: [] };

describe('after a break', () => {
  it('a timeline has what was missed, and the outbox is sent', async ({
    clientOf,
    proxy,
    server,
    owner,
    member,
  }) => {
    const id = await server.createConversation(owner, [member]);
    const ada = await online(clientOf(owner, { url: proxy.url }));
    const bob = await online(clientOf(member));
    const [mine, theirs] = [ada.conversation(id), bob.conversation(id)];
    await Promise.all([mine.timeline.open(), theirs.timeline.open(), ada.conversations.load()]);
    const first = await theirs.send('first').settled;

    proxy.refuse();
    await until(ada.connection, ({ status }) => status === 'offline');
    await theirs.edit(first.id, { content: 'edited' });
    for (const text of ['second', 'third']) await theirs.send(text).settled;
    const unsent = mine.send('unsent');
    expect(textsOf(mine.timeline.getSnapshot()).at(-1)).toBe('(unsent)');
    expect(ada.conversations.getSnapshot().items[0]?.lastMessage).toMatchObject({ content: 'unsent' });
    proxy.admit();

    await unsent.settled;
    await until(ada.connection, ({ status }) => status === 'online');
    expect(textsOf(mine.timeline.getSnapshot())).toEqual(['edited', 'second', 'third', 'unsent']);
    expect(await mine.verify()).toEqual(WHOLE);
    expect(mine.summary.getSnapshot()).toMatchObject({
      lastSeq: 4,
      unreadCount: 0,
      lastMessage: { content: 'unsent' },
    });
    await until(theirs.timeline, (state) => textsOf(state).includes('unsent'));
    expect(theirs.summary.getSnapshot()).toMatchObject({ lastSeq: 4, unreadCount: 1 });
  });

  it('ten thousand missed messages take four requests at most', async ({
    clientOf,
    proxy,
    server,
    owner,
    member,
  }) => {
    const id = await server.createConversation(owner, [member]);
    const ada = await online(clientOf(owner, { url: proxy.url }));
    const mine = ada.conversation(id);
    await Promise.all([mine.timeline.open(), ada.conversations.load()]);
    proxy.refuse();
    await until(ada.connection, ({ status }) => status === 'offline');
    await addMessages(server, id, member.id, 10_000);
    proxy.requests.length = 0;
    proxy.admit();

    await until(mine.timeline, ({ lastSeq, stale, last }) => lastSeq === 10_000 && last === 10_000 && !stale);
    await until(ada.connection, ({ status }) => status === 'online');
    expect(proxy.requests.filter((line) => line.includes('/chat/')).length).toBeLessThanOrEqual(4);
    expect(await mine.verify()).toEqual(WHOLE);
    expect(mine.summary.getSnapshot()).toMatchObject({ lastSeq: 10_000, unreadCount: 10_000 });
  });

  it.for([
    [30, 2],
    [120, 4],
  ] as const)(
    '%i conversations that are held take %i requests of changes at most',
    async ([count, most], { clientOf, proxy, server, owner, member }) => {
      const ids = await Promise.all(
        Array.from({ length: count }, () => server.createConversation(owner, [member])),
      );
      const ada = await online(clientOf(owner, { url: proxy.url, limits: { timelines: count } }));
      const mine = ids.map((id) => ada.conversation(id));
      await Promise.all([...mine.map(({ timeline }) => timeline.open()), ada.conversations.load()]);
      proxy.refuse();
      await until(ada.connection, ({ status }) => status === 'offline');
      await Promise.all(ids.map((id) => addMessages(server, id, member.id, 3)));
      proxy.requests.length = 0;
      proxy.admit();

      await until(ada.connection, ({ status }) => status === 'online');
      for (const { timeline } of mine)
        expect(timeline.getSnapshot()).toMatchObject({ last: 3, stale: false });
      const changes = proxy.requests.filter((line) => line.includes('/changes'));
      expect(changes.length).toBeLessThanOrEqual(most);
      for (const one of [mine.at(0), mine.at(-1)]) expect(await one?.verify()).toEqual(WHOLE);
    },
  );
});
