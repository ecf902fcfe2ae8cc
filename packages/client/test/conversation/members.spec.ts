import { describe, expect, it } from 'vitest';
import { createMembers } from '../../src/conversation/create-members.ts';
import { settle } from '../support/fake-clock.ts';
import { fakeScope } from '../support/fake-scope.ts';

const ROUTE = 'GET /chat/conversations/:id/members';

/** A server that has one member, who has read up to a position. */
function world() {
  let lastReadSeq = 1;
  const read: number[] = [];
  const answer = () => ({ data: [{ userId: 'bob', lastReadSeq }], nextCursor: null });
  const fake = fakeScope({ [ROUTE]: answer });
  const members = createMembers(fake.scope, (_, found) => read.push(...found.map((one) => one.lastReadSeq)));
  return {
    ...fake,
    members,
    read,
    advance: () => (lastReadSeq += 1),
    refuse: () => delete fake.answers[ROUTE],
    admit: () => (fake.answers[ROUTE] = answer),
  };
}

describe('read positions of members', () => {
  it('that are observed, and cannot be read, are read again', async () => {
    const { members, clock, calls, read, refuse, admit } = world();
    refuse();
    members.observe('c1');
    await clock.pass(10_000);
    expect(calls.length).toBeGreaterThan(1);
    expect(calls.length).toBeLessThan(6);
    admit();
    await clock.pass(15_000);
    expect(read).toEqual([1]);
    expect(members.of('c1').getSnapshot()).toMatchObject({ status: 'ready', error: null });
    expect(clock.pending).toBe(0);
  });

  it('that cannot be read after a break are read again', async () => {
    const { members, clock, read, advance, refuse, admit } = world();
    members.observe('c1');
    await settle();
    advance();
    refuse();
    void members.refresh('c1');
    await settle();
    void members.refresh('c1');
    await settle();
    admit();
    await clock.pass(5_000);
    expect(read).toEqual([1, 2]);
    expect(clock.pending).toBe(0);
  });

  it('are read again after a break although an earlier answer is on its way', async () => {
    const { members, read, answers, advance, admit } = world();
    const { promise, resolve } = Promise.withResolvers<unknown>();
    answers[ROUTE] = () => promise;
    members.observe('c1');
    await settle();
    advance();
    void members.refresh('c1');
    admit();
    resolve({ data: [{ userId: 'bob', lastReadSeq: 1 }], nextCursor: null });
    await settle();
    expect(read).toEqual([1, 2]);
  });

  it('are not read any more when the client is another user’s', async () => {
    const { members, clock, calls, refuse } = world();
    refuse();
    members.observe('c1');
    void members.refresh('c1');
    await settle();
    const before = calls.length;
    members.clear();
    await clock.pass(60_000);
    expect(calls).toHaveLength(before);
  });
});

describe('a list of members', () => {
  it('has what was told while an older answer was on its way', async () => {
    const { members, answers, tell } = world();
    const { promise, resolve } = Promise.withResolvers<unknown>();
    answers[ROUTE] = () => promise;
    members.observe('c1');
    await settle();
    tell('member_added', { conversationId: 'c1', rev: 2, member: { userId: 'eve' } });
    tell('member_removed', { conversationId: 'c1', rev: 3, userId: 'bob' });
    resolve({ data: [{ userId: 'ada' }, { userId: 'bob' }], nextCursor: null });
    await settle();
    const { items } = members.of('c1').getSnapshot();
    expect(items.map(({ userId }) => userId)).toEqual(['ada', 'eve']);
  });

  it('shows nobody before the first answer', async () => {
    const { members, answers, tell, refuse, clock } = world();
    const { promise, reject } = Promise.withResolvers<unknown>();
    answers[ROUTE] = () => promise;
    members.observe('c1');
    await settle();
    tell('member_added', { conversationId: 'c1', rev: 2, member: { userId: 'eve' } });
    expect(members.of('c1').getSnapshot().items).toEqual([]);
    refuse();
    reject(new Error('cut'));
    await clock.pass(0);
    tell('member_added', { conversationId: 'c1', rev: 3, member: { userId: 'eve' } });
    expect(members.of('c1').getSnapshot()).toMatchObject({ status: 'failed', items: [] });
  });

  it('is nothing that was asked for by another user', async () => {
    const { members, answers, admit, read } = world();
    const { promise, resolve } = Promise.withResolvers<unknown>();
    answers[ROUTE] = () => promise;
    members.observe('c1');
    await settle();
    members.clear();
    admit();
    members.observe('c1');
    await settle();
    resolve({ data: [{ userId: 'ada', lastReadSeq: 7 }], nextCursor: 'more' });
    await settle();
    expect(members.of('c1').getSnapshot()).toMatchObject({ status: 'ready', hasMore: false });
    expect(
      members
        .of('c1')
        .getSnapshot()
        .items.map(({ userId }) => userId),
    ).toEqual(['bob']);
    expect(read).toEqual([1]);
  });

  it('has not failed because another user could not read it', async () => {
    const { members, answers } = world();
    const { promise, reject } = Promise.withResolvers<unknown>();
    answers[ROUTE] = () => promise;
    members.observe('c1');
    await settle();
    members.clear();
    reject(new Error('cut'));
    await settle();
    expect(members.of('c1').getSnapshot()).toMatchObject({ status: 'idle', error: null });
  });

  it('begins with its first page, whatever another user has read', async () => {
    const { members, answers, calls } = world();
    answers[ROUTE] = () => ({ data: [], nextCursor: 'more' });
    await members.of('c1').load();
    members.clear();
    await members.of('c1').loadMore();
    expect(calls.at(-1)?.input).toMatchObject({ query: { cursor: undefined } });
  });
});
