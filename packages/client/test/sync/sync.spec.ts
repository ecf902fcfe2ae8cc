import { describe, expect, it, vi } from 'vitest';
import { CauserieError } from '../../src/errors/causerie-error.ts';
import { createRooms } from '../../src/sync/create-rooms.ts';
import { createSync } from '../../src/sync/create-sync.ts';
import { createTracks } from '../../src/sync/create-tracks.ts';
import { settle } from '../support/fake-clock.ts';
import { type Answers, conversationOf, fakeScope, ME, messageOf } from '../support/fake-scope.ts';

const WINDOW = 'GET /chat/conversations/:id/messages/window';
const CHANGES = 'GET /chat/conversations/:id/changes';
const ONE = 'GET /chat/conversations/:id';

function world(answers: Answers = {}) {
  const fake = fakeScope({
    join_room: () => ({ conversationId: 'c1', lastSeq: 3, rev: 3, epoch: 'e1' }),
    [WINDOW]: () => ({
      data: [3, 2, 1].map((seq) => messageOf(seq)),
      hasMoreBefore: false,
      hasMoreAfter: false,
    }),
    ...answers,
  });
  const { scope } = fake;
  const rooms = createRooms(scope);
  const removed: string[] = [];
  const told: number[] = [];
  const tracks = createTracks(scope, rooms, {
    onChanges: (page) => sync.onChanges(page),
    onMessages: (messages) => told.push(...messages.map(({ seq }) => seq)),
  });
  const refreshList = vi.fn<(changed: ReadonlySet<string>) => Promise<void>>(() => Promise.resolve());
  const sync = createSync(scope, rooms, tracks, {
    refreshList,
    onRemoved: (id) => removed.push(id),
    onBack: () => undefined,
    onReady: () => undefined,
  });
  const track = tracks.of('c1');
  const seqs = (): number[] => track.state.getSnapshot().rows.map(({ message }) => message.seq);
  const requests = (name: string): unknown[] => fake.calls.filter((call) => call.name === name);
  return { ...fake, told, rooms, tracks, sync, track, seqs, requests, removed, refreshList };
}

const changesOf = (seqs: readonly number[], rev = seqs.at(-1) ?? 0) => ({
  data: seqs.map((seq) => messageOf(seq)),
  conversation: conversationOf({ rev, lastSeq: rev }),
  rev,
  hasMore: false,
  epoch: 'e1',
});
const headsOf = (epoch: string, ...revs: readonly number[]) => ({
  conversations: revs.map((rev) => ({ conversationId: 'c1', lastSeq: rev, rev, unreadCount: 0 })),
  truncated: false,
  epoch,
});

it('tells of the messages of each page, and of the changes, which settle what waits to be sent', async () => {
  const { track, told, clock } = world({ [CHANGES]: () => changesOf([4]) });
  await track.place('latest');
  track.apply({ kind: 'heard', rev: 4 });
  await clock.pass(1_000);
  expect(told).toEqual([3, 2, 1, 4]);
});

describe('a gap', () => {
  it('waits 150 ms for events that have been overtaken', async () => {
    const { track, tell, seqs, clock, requests } = world();
    await track.place('latest');
    tell('new_message', messageOf(5));
    await clock.pass(149);
    tell('new_message', messageOf(4));
    await clock.pass(1_000);
    expect(seqs()).toEqual([1, 2, 3, 4, 5]);
    expect(requests(CHANGES)).toEqual([]);
  });

  it('is asked for once, and nothing is shown beyond it until then', async () => {
    const { track, tell, seqs, clock, requests } = world({ [CHANGES]: () => changesOf([4, 5, 6]) });
    await track.place('latest');
    tell('new_message', messageOf(5));
    tell('new_message', messageOf(6));
    expect(seqs()).toEqual([1, 2, 3]);
    await clock.pass(150);
    expect(seqs()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(requests(CHANGES)).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it('is asked for again after a failure, and not without a pause', async () => {
    const { track, tell, seqs, clock, requests, answers } = world();
    await track.place('latest');
    tell('new_message', messageOf(5));
    await clock.pass(160);
    expect(requests(CHANGES)).toHaveLength(1);
    answers[CHANGES] = () => changesOf([4, 5]);
    await clock.pass(1_600);
    expect(requests(CHANGES)).toHaveLength(2);
    expect(seqs()).toEqual([1, 2, 3, 4, 5]);
  });

  it('of a conversation without messages reads its settings', async () => {
    const { scope, tell, clock, requests } = world({ [ONE]: () => conversationOf({ rev: 9, title: 'new' }) });
    scope.directory.put(conversationOf({ rev: 3 }));
    tell('member_added', { conversationId: 'c1', rev: 9, member: {} });
    tell('conversation_updated', { conversationId: 'c1', rev: 8, changed: {} });
    await clock.pass(150);
    expect(requests(ONE)).toHaveLength(1);
    expect(scope.directory.get('c1')?.conversation.title).toBe('new');
  });

  it('in events that this version does not know is asked for', async () => {
    const { track, tell, clock, requests } = world({ [CHANGES]: () => changesOf([], 4) });
    await track.place('latest');
    tell('something_new', { conversationId: 'c1', rev: 4 });
    tell('something_else', 'text');
    tell('something_else', null);
    await clock.pass(150);
    expect(requests(CHANGES)).toHaveLength(1);
  });
});

describe('a place', () => {
  it('is asked for again when joining makes its page void, and the later one wins', async () => {
    const { track, comeOnline, seqs, requests } = world();
    const opening = track.place('latest', 'opening');
    await comeOnline(headsOf('e1', 3));
    await opening;
    expect(seqs()).toEqual([1, 2, 3]);
    const around = track.place(1, 'jump');
    await Promise.all([around, track.place('latest', 'jump')]);
    expect(track.loading.getSnapshot()).toEqual({ busy: null, error: null });
    expect(requests(WINDOW).length).toBeLessThanOrEqual(4);
  });

  it('at the end reads on when messages have been stored while its page was read', async () => {
    const pages = [
      { data: [], hasMoreBefore: false, hasMoreAfter: true, rev: 1 },
      { data: [messageOf(1)], hasMoreBefore: false, hasMoreAfter: true, rev: 2 },
      { data: [messageOf(2)], hasMoreBefore: true, hasMoreAfter: true, rev: 3 },
      { data: [messageOf(3)], hasMoreBefore: true, hasMoreAfter: false, rev: 3 },
    ];
    const { track, seqs, requests } = world({ [WINDOW]: () => pages.shift() });
    await track.place('latest', 'opening');
    expect(seqs()).toEqual([1, 2, 3]);
    expect(track.state.getSnapshot().follows).toBe(true);
    expect(requests(WINDOW)).toHaveLength(4);
  });

  it('that cannot be opened is opened when there is a connection', async () => {
    const { track, comeOnline, seqs, answers } = world();
    const window = answers[WINDOW];
    delete answers[WINDOW];
    await expect(track.place('latest', 'opening')).rejects.toMatchObject({ code: 'NETWORK' });
    expect(track.loading.getSnapshot()).toMatchObject({ busy: null, error: { code: 'NETWORK' } });
    if (window) answers[WINDOW] = window;
    await comeOnline(headsOf('e1', 3));
    expect(seqs()).toEqual([1, 2, 3]);
  });

  it('leaves what is held when it cannot be read', async () => {
    const { track, seqs, answers } = world();
    await track.place('latest');
    delete answers[WINDOW];
    await expect(track.place(1, 'jump')).rejects.toMatchObject({ code: 'NETWORK' });
    expect(seqs()).toEqual([1, 2, 3]);
  });

  it('that was used least is forgotten when there are too many, unless somebody observes it', async () => {
    const { tracks } = world();
    const end = tracks.observe('t0');
    for (let index = 0; index < 32; index += 1) {
      tracks.use(`t${index}`);
      await tracks.of(`t${index}`).place('latest');
    }
    tracks.use('t31');
    expect(tracks.open()).toHaveLength(30);
    expect(tracks.of('t0').isOpen()).toBe(true);
    expect(tracks.of('t1').isOpen()).toBe(false);
    end();
    expect(tracks.isObserved('t0')).toBe(false);
  });
});

describe('a connection', () => {
  it('with another epoch drops what is held, and opens anew what is observed', async () => {
    const { track, tracks, comeOnline, seqs, answers, scope, refreshList } = world();
    await comeOnline(headsOf('e1', 3));
    await track.place('latest');
    const other = tracks.of('c2');
    await other.place('latest');
    tracks.observe('c1');
    answers[WINDOW] = () => ({ data: [messageOf(1)], hasMoreBefore: false, hasMoreAfter: false });
    scope.directory.put(conversationOf({ rev: 3 }));
    await comeOnline(headsOf('e2', 1));
    await settle();
    expect(seqs()).toEqual([1]);
    expect(other.isOpen()).toBe(false);
    expect(refreshList).toHaveBeenCalledTimes(2);
  });

  it('with another epoch does not ask again for what was in flight', async () => {
    const { track, comeOnline, answers, requests } = world();
    await comeOnline(headsOf('e1', 3));
    await track.place('latest');
    answers[CHANGES] = () => new Promise(() => undefined);
    const before = comeOnline(headsOf('e1', 4));
    await settle();
    await comeOnline(headsOf('e2', 9));
    await before;
    expect(requests(CHANGES)).toHaveLength(1);
  });

  it('drops what this user is no longer a member of, with its threads', async () => {
    const { scope, comeOnline, removed } = world();
    const parent = { conversationId: 'gone', messageId: 'm', seq: 1 };
    scope.directory.put(
      conversationOf(),
      conversationOf({ id: 'gone' }),
      conversationOf({ id: 'thread', type: 'thread', parent }),
      conversationOf({ id: 'kept', type: 'thread', parent: { ...parent, conversationId: 'c1' } }),
    );
    await comeOnline(headsOf('e1', 3));
    expect([...scope.directory.rows.getSnapshot().keys()]).toEqual(['c1', 'kept']);
    expect(new Set(removed)).toEqual(new Set(['gone', 'thread']));
  });

  it('keeps what this user was added to while all rooms were being joined', async () => {
    const { scope, comeOnline, tell, removed } = world();
    tell('ready', {});
    tell('conversation_added', conversationOf({ id: 'new' }));
    await comeOnline(headsOf('e1', 3));
    expect(scope.directory.get('new')).toBeDefined();
    tell('ready', {});
    await comeOnline(headsOf('e1', 3));
    expect(removed).toEqual(['new']);
  });

  it('says which conversations have messages that are not known', async () => {
    const { scope, comeOnline, refreshList } = world();
    scope.directory.put(conversationOf({ lastSeq: 3, rev: 3 }));
    await comeOnline(headsOf('e1', 3));
    await comeOnline(headsOf('e1', 5));
    expect(refreshList.mock.calls.map(([changed]) => [...changed])).toEqual([[], ['c1']]);
    expect(scope.directory.get('c1')?.conversation).toMatchObject({ lastSeq: 5, me: { lastReadSeq: 5 } });
  });

  it('goes on with what could not be read when it began, until there is another', async () => {
    const { scope, clock, comeOnline, requests, refreshList } = world();
    scope.directory.put(conversationOf({ lastSeq: 3, rev: 3 }));
    refreshList.mockRejectedValueOnce(new CauserieError('UNAVAILABLE'));
    await comeOnline(headsOf('e1', 5));
    await clock.pass(10_000);
    expect(refreshList.mock.calls.map(([changed]) => [...changed])).toEqual([['c1'], ['c1']]);
    expect(requests(ONE).length).toBeGreaterThan(2);

    refreshList.mockRejectedValue(new CauserieError('UNAVAILABLE'));
    await comeOnline(headsOf('e1', 7));
    await comeOnline(headsOf('e1', 7));
    // The list does not have what the connection before has told of.
    expect([...(refreshList.mock.lastCall?.[0] ?? [])]).toEqual(['c1']);
    const before = requests(ONE).length;
    await clock.pass(1_600);
    expect(requests(ONE)).toHaveLength(before + 1);
  });

  it('shows the role that this user is given, and the one that is inherited', () => {
    const { scope, tell } = world();
    const role = () => scope.directory.get('c1')?.conversation.me.role;
    const member = { userId: ME, displayName: 'Me', avatarUrl: null, joinedAt: '', lastReadSeq: 0 };
    scope.directory.put(conversationOf());
    tell('member_updated', {
      conversationId: 'c1',
      rev: 1,
      member: { ...member, userId: 'bob', role: 'admin' },
    });
    tell('member_removed', { conversationId: 'c1', rev: 2, userId: 'eve', reason: 'left' });
    expect(role()).toBe('member');
    tell('member_updated', { conversationId: 'c1', rev: 3, member: { ...member, role: 'admin' } });
    expect(role()).toBe('admin');
    tell('member_removed', { conversationId: 'c1', rev: 4, userId: 'bob', reason: 'left', heirId: ME });
    expect(role()).toBe('owner');
  });

  it('begins a later membership anew', async () => {
    const { scope, track, tracks, tell, seqs, answers } = world();
    await track.place('latest');
    tracks.observe('c1');
    scope.directory.put(conversationOf({ rev: 3 }));
    answers[WINDOW] = () => ({ data: [messageOf(3)], hasMoreBefore: false, hasMoreAfter: false });
    const me = { ...conversationOf().me, joinedAt: '2027-01-01T00:00:00.000Z', visibleFromSeq: 3 };
    tell('conversation_added', conversationOf({ rev: 5, lastSeq: 3, me }));
    await settle();
    expect(seqs()).toEqual([3]);
  });
});
