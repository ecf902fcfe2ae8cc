import { describe, expect, it, vi } from 'vitest';
import type { ClientEvents, Message } from '../../src/contract.ts';
import { memoryStorage } from '../../src/defaults/memory-storage.ts';
import { CauserieError } from '../../src/errors/causerie-error.ts';
import { contentProblem } from '../../src/outbox/content-problem.ts';
import { createOutbox } from '../../src/outbox/create-outbox.ts';
import type { Scope } from '../../src/sync/scope.ts';
import { settle } from '../support/fake-clock.ts';
import { type Answers, fakeScope, ME, messageOf } from '../support/fake-scope.ts';

type Sent = ClientEvents['send_message']['payload'];

/** A server that answers when the test says so. */
function world(answers: Answers = {}, storage = memoryStorage(), parts: Partial<Scope> = {}) {
  const open: { readonly sent: Sent; accept(): void; refuse(error: CauserieError): void }[] = [];
  let seq = 0;
  const send_message = (sent: Sent) =>
    new Promise((resolve, reject) => {
      const fields = { conversationId: sent.conversationId, content: sent.content, senderId: ME };
      const message = (): Message =>
        messageOf((seq += 1), { ...fields, clientMessageId: sent.clientMessageId ?? null });
      open.push({ sent, accept: () => resolve({ message: message(), duplicate: false }), refuse: reject });
    });
  const fake = fakeScope({ send_message, ...answers }, storage);
  const stored: string[] = [];
  const outbox = createOutbox({ ...fake.scope, ...parts }, (message) => {
    stored.push(message.content);
    outbox.settle(message);
  });
  const texts = (): string[] => open.map(({ sent }) => sent.content);
  return { ...fake, outbox, open, stored, texts, storage };
}

const refused = (code: ConstructorParameters<typeof CauserieError>[0], retryAfterMs: number | null = null) =>
  new CauserieError(code, code, { retryAfterMs });

describe('the outbox', () => {
  it('sends the messages of a conversation one after another, and four conversations at once', async () => {
    const { outbox, open, texts, stored } = world();
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      outbox.send(id, { content: `${id}1` });
      outbox.send(id, { content: `${id}2` });
    }
    await settle();
    expect(texts()).toEqual(['a1', 'b1', 'c1', 'd1']);
    open[1]?.accept();
    await settle();
    expect(texts()).toEqual(['a1', 'b1', 'c1', 'd1', 'b2']);
    for (let index = 0; index < 10; index += 1) {
      open[index]?.accept();
      await settle();
    }
    expect(stored).toHaveLength(10);
    expect(outbox.rows.getSnapshot()).toEqual([]);
  });

  it('waits as long as the server says, and lets nothing overtake', async () => {
    const { outbox, open, texts, clock } = world();
    outbox.send('a', { content: 'first' });
    outbox.send('a', { content: 'second' });
    await settle();
    open[0]?.refuse(refused('SLOW_MODE', 8_000));
    await clock.pass(7_999);
    expect(texts()).toEqual(['first']);
    expect(outbox.rows.getSnapshot()[0]).toMatchObject({ status: 'queued', error: { code: 'SLOW_MODE' } });
    await clock.pass(4_001);
    expect(texts()).toEqual(['first', 'first']);
  });

  it('lets other conversations send while four wait', async () => {
    const { outbox, open, texts } = world();
    for (const id of ['a', 'b', 'c', 'd', 'e']) outbox.send(id, { content: id });
    await settle();
    for (const one of open) one.refuse(refused('SLOW_MODE', 60_000));
    await settle();
    expect(texts()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('takes an internal error for passing three times, and goes on with the next message', async () => {
    const { outbox, open, texts, clock } = world();
    const sending = outbox.send('a', { content: 'bad' });
    outbox.send('a', { content: 'good' });
    for (let times = 0; times < 3; times += 1) {
      await clock.pass(10_000);
      open[times]?.refuse(refused('INTERNAL'));
    }
    await expect(sending.settled).rejects.toMatchObject({ code: 'INTERNAL' });
    await settle();
    expect(texts()).toEqual(['bad', 'bad', 'bad', 'good']);
    expect(outbox.rows.getSnapshot()[0]).toMatchObject({ content: 'bad', status: 'failed', attempts: 3 });
  });

  it('waits for a connection without counting attempts', async () => {
    const { outbox, open, clock } = world();
    outbox.send('a', { content: 'later' });
    for (let times = 0; times < 5; times += 1) {
      await settle();
      open[times]?.refuse(refused('NETWORK'));
      await clock.pass(60_000);
      expect(open).toHaveLength(times + 1);
      outbox.flush();
    }
    await settle();
    open.at(-1)?.accept();
    await settle();
    expect(outbox.rows.getSnapshot()).toEqual([]);
  });

  it('is settled by an event while the acknowledgement is on its way', async () => {
    const { outbox, open } = world();
    const sending = outbox.send('a', { content: 'x', clientMessageId: 'mine' });
    await settle();
    outbox.settle(messageOf(1, { conversationId: 'a', clientMessageId: 'mine' }));
    expect(outbox.rows.getSnapshot()).toHaveLength(1);
    const message = messageOf(1, { conversationId: 'a', senderId: ME, clientMessageId: 'mine' });
    outbox.settle(message);
    expect(outbox.rows.getSnapshot()).toEqual([]);
    expect(await sending.settled).toBe(message);
    open[0]?.accept();
    await settle();
    expect(open).toHaveLength(1);
  });

  it('is in the storage before it is sent, and is read from there', async () => {
    const storage = memoryStorage();
    const writing = Promise.withResolvers<undefined>();
    const slow = {
      ...storage,
      set: async (key: string, value: string) => (await writing.promise, storage.set(key, value)),
    };
    const first = world({}, slow);
    first.outbox.load(null, false);
    first.outbox.send('a', { content: 'kept' });
    await settle();
    expect(first.open).toEqual([]);
    writing.resolve(undefined);
    await settle();
    expect(first.texts()).toEqual(['kept']);
    const second = world({}, storage);
    second.outbox.load(null, false);
    await settle();
    expect(second.texts()).toEqual(['kept']);
    expect(second.open[0]?.sent.clientMessageId).toBe(first.open[0]?.sent.clientMessageId);
    second.outbox.load(ME, false);
    await settle();
    expect(second.outbox.rows.getSnapshot()).toEqual([]);
    expect(await storage.get('me:outbox')).toBeNull();
  });

  it('is in a synchronous storage before `send` returns, while another tab has the lock', async () => {
    const storage = memoryStorage();
    const locks = { withLock: () => new Promise<never>(() => undefined) };
    const tabs = [world({}, storage, { locks }), world({}, storage, { locks })];
    for (const { outbox } of tabs) outbox.load(null, false);
    const sendings = tabs.map(({ outbox }, tab) =>
      outbox.send('a', { content: `of tab ${tab}`, clientMessageId: `${tab}` }),
    );
    const after = world({}, storage);
    after.outbox.load(null, false);
    await Promise.all(sendings.map(({ stored }) => stored));
    await settle();
    const texts = after.outbox.rows.getSnapshot().map(({ content }) => content);
    expect(texts.toSorted()).toEqual(['of tab 0', 'of tab 1']);
    after.open[0]?.accept();
    await settle();
    after.open[1]?.accept();
    await settle();
    for (let place = 0; place < 8; place += 1) expect(await storage.get(`me:outbox:${place}`)).toBeNull();
    expect(await storage.get('me:outbox')).toBeNull();
  });

  it('says when it is in an asynchronous storage', async () => {
    const storage = memoryStorage();
    const writing = Promise.withResolvers<undefined>();
    const slow = {
      ...storage,
      get: (key: string) => Promise.resolve(storage.get(key)),
      set: async (key: string, value: string) => (await writing.promise, storage.set(key, value)),
    };
    const { outbox } = world({}, slow);
    outbox.load(null, false);
    await settle();
    const onStored = vi.fn<() => void>();
    void outbox.send('a', { content: 'kept' }).stored.then(onStored);
    await settle();
    expect(onStored).not.toHaveBeenCalled();
    writing.resolve(undefined);
    await settle();
    expect(onStored).toHaveBeenCalled();
    expect(await storage.get('me:outbox')).toContain('kept');
  });

  it('is kept when it is known for whom, and for nobody else', async () => {
    const storage = memoryStorage();
    let user: string | null = null;
    const key = (name: string, userId = user ?? ''): string => `${userId}:${name}`;
    const { outbox } = world({}, storage, { userId: () => user, key });
    const sending = outbox.send('a', { content: 'early' });
    await settle();
    expect(await storage.get(':outbox')).toBeNull();
    user = ME;
    outbox.load(null, true);
    await sending.stored;
    await settle();
    expect(await storage.get('me:outbox')).toContain('early');
    outbox.discard(sending.clientMessageId);
    await settle();
    expect(await storage.get('me:outbox')).toBeNull();
  });

  it('reads what it can of a storage that somebody else has written', async () => {
    const storage = memoryStorage();
    const good = {
      clientMessageId: 'good',
      conversationId: 'a',
      content: 'good',
      status: 'queued',
      attempts: 0,
    };
    const rows = [
      ['null', null],
      ['number', 3],
      ['empty', {}],
      ['half', { content: 3 }],
      ['good', good],
    ];
    await storage.set('me:outbox', JSON.stringify(rows));
    const { outbox, texts, open } = world({}, storage);
    outbox.load(null, false);
    await settle();
    expect(texts()).toEqual(['good']);
    open[0]?.accept();
    await settle();
    expect(await storage.get('me:outbox')).toBeNull();
  });

  it('a failed message that is sent again is sent after a reload, too', async () => {
    const storage = memoryStorage();
    const { outbox, open } = world({}, storage);
    outbox.load(null, false);
    const { clientMessageId } = outbox.send('a', { content: 'again' });
    await settle();
    open[0]?.refuse(refused('POSTING_RESTRICTED'));
    await settle();
    outbox.retry(clientMessageId);
    await settle();
    const second = world({}, storage);
    second.outbox.load(null, false);
    await settle();
    expect(second.texts()).toEqual(['again']);
  });

  it('an id that waits since before a reload is sent once', async () => {
    const storage = memoryStorage();
    const first = world({}, storage);
    first.outbox.load(null, false);
    first.outbox.send('a', { content: 'x', clientMessageId: 'mine' });
    await settle();
    const { outbox, open, texts } = world({}, storage);
    outbox.load(null, false);
    await settle();
    const sending = outbox.send('a', { content: 'x', clientMessageId: 'mine' });
    expect(outbox.rows.getSnapshot()).toHaveLength(1);
    open[0]?.accept();
    expect(await sending.settled).toMatchObject({ clientMessageId: 'mine' });
    expect([outbox.rows.getSnapshot(), texts()]).toEqual([[], ['x']]);
  });

  it('two tabs that send the same message do no harm', async () => {
    const storage = memoryStorage();
    const tabs = [world({}, storage), world({}, storage)];
    tabs[0]?.outbox.send('a', { content: 'same', clientMessageId: 'mine' });
    await settle();
    for (const { outbox } of tabs) outbox.load(null, true);
    await settle();
    expect(tabs.map(({ texts }) => texts())).toEqual([['same'], ['same']]);
    expect(tabs.map(({ outbox }) => outbox.rows.getSnapshot().length)).toEqual([1, 1]);
    for (const { open } of tabs) open[0]?.accept();
    await settle();
    expect(tabs.map(({ outbox }) => outbox.rows.getSnapshot())).toEqual([[], []]);
    expect(await storage.get('me:outbox')).toBeNull();
  });

  it('knows of what other tabs have not sent yet, and of nothing that has just been sent', async () => {
    const storage = memoryStorage();
    const [mine, theirs] = [world({}, storage), world({}, storage)];
    for (const { outbox } of [mine, theirs]) outbox.load(null, false);
    await settle();
    const { settled } = theirs.outbox.send('a', { content: 'unsent' });
    await settle();
    expect(await mine.outbox.hasUnsent()).toBe(true);
    theirs.open[0]?.accept();
    await settled;
    expect(await theirs.outbox.hasUnsent()).toBe(false);
    expect(await mine.outbox.hasUnsent()).toBe(false);
  });

  it('drops the messages of a conversation that is gone', async () => {
    const { outbox, open, gone } = world();
    const [first, second] = [outbox.send('a', { content: '1' }), outbox.send('a', { content: '2' })];
    await settle();
    open[0]?.refuse(refused('NOT_CONVERSATION_MEMBER'));
    await settle();
    expect(gone).toEqual(['a']);
    outbox.drop('a', refused('NOT_CONVERSATION_MEMBER'));
    await expect(first.settled).rejects.toMatchObject({ code: 'NOT_CONVERSATION_MEMBER' });
    await expect(second.settled).rejects.toMatchObject({ code: 'NOT_CONVERSATION_MEMBER' });
  });

  it('answers the same promise for the same id', () => {
    const { outbox } = world();
    const onChange = vi.fn<() => void>();
    outbox.rows.subscribe(onChange);
    const one = outbox.send('a', { content: 'x', clientMessageId: 'mine' });
    expect(outbox.send('a', { content: 'x', clientMessageId: 'mine' }).settled).toBe(one.settled);
    expect(outbox.rows.getSnapshot()).toHaveLength(1);
  });
});

describe('contentProblem', () => {
  it.each([
    ['', 'blank'],
    [' \n\u200b', 'blank'],
    ['\ud800', 'malformed'],
    ['a\0', 'malformed'],
    ['👩'.repeat(4_001), 'too-long'],
    ['👩'.repeat(4_000), null],
    [' a ', null],
  ])('%j: %s', (text, problem) => expect(contentProblem(text)).toBe(problem));
});
