import { type ClientChanges, memoryStorage } from '@causerie/client';
import { describe, expect } from 'vitest';
import { addMessages, clientTest as it, online, until } from './client-test.js';

/** What a listener is told, in order. */
function told(): {
  readonly texts: string[];
  readonly listen: (change: ClientChanges['message']) => void;
  readonly have: (count: number) => Promise<void>;
} {
  const texts: string[] = [];
  const waiting: (() => void)[] = [];
  return {
    texts,
    listen({ message, isNew }) {
      texts.push(`${isNew ? '' : 'again '}${message.content}`);
      for (const check of waiting) check();
    },
    have: (count) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (texts.length >= count) resolve();
        };
        waiting.push(check);
        check();
      }),
  };
}

describe('the changes that a bot is told of', () => {
  it('come once and in order, live, after a break and after a restart', async ({
    clientOf,
    proxy,
    server,
    owner,
    member,
  }) => {
    const id = await server.createConversation(owner, [member]);
    const storage = memoryStorage();
    const bot = await online(clientOf(owner, { url: proxy.url, storage }));
    const { texts, listen, have } = told();
    bot.on('message', listen);
    const theirs = (await online(clientOf(member))).conversation(id);
    const first = await theirs.send('one').settled;
    await have(1);

    proxy.refuse();
    await until(bot.connection, ({ status }) => status === 'offline');
    await theirs.send('two').settled;
    await theirs.edit(first.id, { content: 'edited' });
    const third = await theirs.send('three').settled;
    await theirs.edit(third.id, { content: 'four' });
    proxy.admit();
    await have(4);
    expect(texts).toEqual(['one', 'two', 'again edited', 'four']);
    await bot.close();

    await theirs.send('five').settled;
    await addMessages(server, id, member.id, 1_200);
    const other = told();
    const restarted = clientOf(owner, { url: proxy.url, storage });
    restarted.on('message', other.listen);
    await online(restarted);
    await theirs.send('last').settled;
    await other.have(1_202);
    expect(other.texts).toEqual([
      'five',
      ...Array.from({ length: 1_200 }, (_, index) => `number ${index + 1}`),
      'last',
    ]);
  });

  it('include conversations that are new since, and the end of a membership', async ({
    clientOf,
    proxy,
    owner,
    member,
  }) => {
    const storage = memoryStorage();
    const bot = await online(clientOf(member, { url: proxy.url, storage }));
    const { texts, listen, have } = told();
    bot.on('message', listen);
    const removals: ClientChanges['removed'][] = [];
    const removed = new Promise<void>((resolve) =>
      bot.on('removed', (change) => {
        removals.push(change);
        resolve();
      }),
    );
    const ada = await online(clientOf(owner));
    const live = await ada.conversations.openDirect(member.id);
    await live.send('hello').settled;
    await have(1);
    proxy.refuse();
    await until(bot.connection, ({ status }) => status === 'offline');
    const group = await ada.conversations.create({ memberIds: [member.id] });
    await group.send('welcome').settled;
    proxy.admit();
    await have(2);
    expect(texts).toEqual(['hello', 'welcome']);
    await group.removeMember(member.id);
    await removed;
    expect(removals).toEqual([{ conversationId: group.id, reason: 'removed' }]);
  });
});

describe('a bot that is closed', () => {
  it('while a conversation is announced to it fails nowhere', async ({ clientOf, owner, member }) => {
    const [ada, bot] = [await online(clientOf(owner)), await online(clientOf(member))];
    bot.on('message', () => undefined);
    await bot.conversations.load();
    const failures: unknown[] = [];
    const note = (error: unknown): void => void failures.push(error);
    process.on('unhandledRejection', note);
    const announced = until(bot.conversations, ({ items }) => items.length > 0).then(() => bot.close());
    await ada.conversations.create({ memberIds: [member.id] });
    await announced;
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', note);
    expect(failures).toEqual([]);
  });
});

describe('members and settings that a bot is told of', () => {
  it('come in their place among the messages', async ({ clientOf, server, owner, member, stranger }) => {
    const id = await server.createConversation(owner, [member]);
    const [ada, bot] = [await online(clientOf(owner)), await online(clientOf(member))];
    const kinds: string[] = [];
    const done = new Promise<void>((resolve) => {
      bot.on('message', async ({ message }) => {
        // The next change waits for this one.
        await Promise.resolve();
        kinds.push(message.content);
        if (message.content === 'after') resolve();
      });
    });
    bot.on('change', ({ event }) => void kinds.push(event.kind));
    const conversation = ada.conversation(id);
    await conversation.send('before').settled;
    await conversation.addMember(stranger.id);
    await conversation.update({ title: 'Renamed' });
    await conversation.send('after').settled;
    await done;
    expect(kinds).toEqual(['before', 'member_added', 'conversation_updated', 'after']);
    await bot.conversations.load();
    const { summary } = bot.conversation(id);
    expect(summary.getSnapshot()).toMatchObject({ title: 'Renamed', memberCount: 3, role: 'member' });
  });
});
