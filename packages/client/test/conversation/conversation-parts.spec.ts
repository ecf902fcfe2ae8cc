import { describe, expect, it } from 'vitest';
import { createDrafts } from '../../src/conversation/create-drafts.ts';
import { createReads } from '../../src/conversation/create-reads.ts';
import { createTyping } from '../../src/conversation/create-typing.ts';
import { memoryStorage } from '../../src/defaults/memory-storage.ts';
import { settle } from '../support/fake-clock.ts';
import { type Answers, conversationOf, fakeScope, ME, messageOf } from '../support/fake-scope.ts';

describe('typing', () => {
  it('ends by itself, with the message, and never shows oneself', async () => {
    const { scope, clock, tell } = fakeScope();
    const { users } = createTyping(scope);
    const store = users.of('c1');
    tell('typing', { conversationId: 'c1', userId: ME, isTyping: true });
    expect(store.getSnapshot()).toEqual([]);
    tell('typing', { conversationId: 'c1', userId: 'bob', isTyping: true });
    const first = store.getSnapshot();
    await clock.pass(5_000);
    tell('typing', { conversationId: 'c1', userId: 'bob', isTyping: true });
    expect(store.getSnapshot()).toBe(first);
    await clock.pass(5_999);
    expect(store.getSnapshot()).toEqual([{ userId: 'bob' }]);
    await clock.pass(1);
    expect(store.getSnapshot()).toEqual([]);
    tell('typing', { conversationId: 'c1', userId: 'bob', isTyping: true });
    tell('new_message', messageOf(1));
    expect(store.getSnapshot()).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('is sent every three seconds at most, and ended after a pause', async () => {
    const { scope, clock, calls } = fakeScope({ typing: () => ({}) });
    const typing = createTyping(scope);
    for (let times = 0; times < 7; times += 1) {
      typing.notify('c1');
      await clock.pass(1_000);
    }
    expect(calls).toHaveLength(3);
    await clock.pass(5_000);
    expect(calls.at(-1)?.input).toEqual({ conversationId: 'c1', isTyping: false });
    typing.notify('c1');
    typing.end('c1');
    expect(clock.pending).toBe(0);
  });
});

describe('drafts', () => {
  it('are kept after 300 ms, and shared by tabs, whose own text is not lost', async () => {
    const storage = memoryStorage();
    const [one, two] = [fakeScope({}, storage), fakeScope({}, storage)];
    const [mine, theirs] = [createDrafts(one.scope), createDrafts(two.scope)];
    mine.load(null, false);
    theirs.load(null, false);
    await settle();
    mine.set('c1', 'hello');
    theirs.set('c2', 'typed here');
    await one.clock.pass(299);
    expect(theirs.texts.getSnapshot().get('c1')).toBeUndefined();
    await one.clock.pass(1);
    expect(Object.fromEntries(theirs.texts.getSnapshot())).toEqual({ c1: 'hello', c2: 'typed here' });
    mine.set('c1', '');
    await one.clock.pass(300);
    expect(theirs.texts.getSnapshot().has('c1')).toBe(false);
    mine.load('me', false);
    await settle();
    expect(mine.texts.getSnapshot().size).toBe(0);
  });

  it('survive a session that ends while somebody is writing', async () => {
    const { scope, clock } = fakeScope();
    let userId: string | null = ME;
    const drafts = createDrafts({
      ...scope,
      userId: () => userId,
      key: (name, user = userId ?? '') => `${user}:${name}`,
    });
    drafts.load(null, false);
    await settle();
    drafts.set('c1', 'half a sent');
    userId = null;
    drafts.load(null, false);
    expect(drafts.texts.getSnapshot().size).toBe(0);
    await clock.pass(300);
    userId = ME;
    drafts.load(null, false);
    await settle();
    expect(Object.fromEntries(drafts.texts.getSnapshot())).toEqual({ c1: 'half a sent' });
    // Nothing is kept of what was written before a logout.
    drafts.set('c1', 'half a sentence');
    userId = null;
    drafts.load(ME, false);
    await clock.pass(300);
    expect(await scope.storage.get(`${ME}:drafts`)).toBeNull();
  });

  it('are texts, whatever somebody else has written in the storage', async () => {
    const { scope } = fakeScope();
    const rows = [
      ['c1', { a: 1 }],
      ['c2', 5],
      ['c3', null],
      ['__proto__', 'x'],
      ['c4', 'a text'],
    ];
    await scope.storage.set(`${ME}:drafts`, JSON.stringify(rows));
    const drafts = createDrafts(scope);
    drafts.load(null, false);
    await settle();
    expect([...drafts.texts.getSnapshot()]).toEqual([
      ['__proto__', 'x'],
      ['c4', 'a text'],
    ]);
  });
});

describe('reading', () => {
  it('is sent once a second at most, forward only, and again after a break', async () => {
    const answers: Answers = {
      mark_read: ({ seq }: { seq: number }) => ({
        conversationId: 'c1',
        lastReadSeq: seq,
        unreadCount: 10 - seq,
      }),
    };
    const { scope, clock, calls } = fakeScope(answers);
    scope.directory.put(conversationOf({ lastSeq: 10, me: { ...conversationOf().me, unreadCount: 10 } }));
    const reads = createReads(scope);
    for (const seq of [1, 2, 5, 3, 4]) reads.markRead('c1', seq);
    await settle();
    expect(calls.map(({ input }) => input)).toEqual([{ conversationId: 'c1', seq: 1 }]);
    await clock.pass(1_000);
    expect(calls.at(-1)?.input).toEqual({ conversationId: 'c1', seq: 5 });
    expect(scope.directory.get('c1')?.conversation.me).toMatchObject({ lastReadSeq: 5, unreadCount: 5 });
    await clock.pass(5_000);
    expect(calls).toHaveLength(2);

    const answer = answers['mark_read'];
    delete answers['mark_read'];
    reads.markRead('c1');
    await clock.pass(5_000);
    if (answer) answers['mark_read'] = answer;
    reads.flush();
    await clock.pass(1_000);
    expect(calls.at(-1)?.input).toEqual({ conversationId: 'c1', seq: 10 });
    const sent = calls.length;
    await clock.pass(5_000);
    expect(calls).toHaveLength(sent);
  });

  it('of others only goes forward', () => {
    const { scope, tell } = fakeScope();
    const { others } = createReads(scope);
    tell('message_read', { conversationId: 'c1', userId: 'bob', lastReadSeq: 5 });
    const before = others.of('c1').getSnapshot();
    tell('message_read', { conversationId: 'c1', userId: 'bob', lastReadSeq: 3 });
    tell('message_read', { conversationId: 'c1', userId: ME, lastReadSeq: 9 });
    expect(others.of('c1').getSnapshot()).toBe(before);
    tell('new_message', messageOf(8));
    expect([...others.of('c1').getSnapshot()]).toEqual([['bob', 8]]);
  });
});
