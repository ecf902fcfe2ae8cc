import { memoryStorage } from '@causerie/client';
import { describe, expect } from 'vitest';
import { addMessages, clientTest as it, online, textsOf, until } from './client-test.js';

const ADD_MEMBERS = `
with added as (
  insert into users (email, password_hash, display_name)
  select gen_random_uuid() || '@test.example', 'none', 'Somebody' from generate_series(1, $2::int)
  returning id
), members as (
  insert into conversation_members (conversation_id, user_id) select $1, id from added
)
update conversations set member_count = member_count + $2::int where id = $1`;
const WHOLE = { missing: [], doubled: [], different: [] };

describe('a conversation', () => {
  it('shows who types and how far the others have read, and counts what is unread', async ({
    clientOf,
    server,
    owner,
    member,
  }) => {
    const id = await server.createConversation(owner, [member]);
    const [ada, bob] = [await online(clientOf(owner)), await online(clientOf(member))];
    const [mine, theirs] = [ada.conversation(id), bob.conversation(id)];
    await Promise.all([ada.conversations.load(), bob.conversations.load(), mine.timeline.open('unread')]);
    theirs.notifyTyping();
    await until(mine.typing, ([user]) => user?.userId === member.id);
    const { seq } = await theirs.send('hello').settled;
    await until(mine.typing, ({ length }) => length === 0);
    await until(mine.summary, (summary) => summary?.unreadCount === 1);
    expect(ada.totals.getSnapshot()).toEqual({ conversations: 1, messages: 1, mentions: 0, threads: 0 });
    const visit = mine.visit();
    expect(visit.dividerSeq).toBe(0);
    mine.markRead();
    expect(mine.read.getSnapshot().lastReadSeq).toBe(seq);
    expect(mine.visit().dividerSeq).toBe(0);
    await until(theirs.read, ({ byUser }) => byUser.get(owner.id) === seq);
    await mine.markUnread(0);
    expect(mine.summary.getSnapshot()).toMatchObject({ unreadCount: 1, lastReadSeq: 0 });
  });

  it('counts what is unread also where it is not loaded', async ({ clientOf, server, stranger, member }) => {
    const far = await server.createConversation(stranger, [member]);
    await Promise.all(Array.from({ length: 100 }, () => server.createConversation(stranger, [member])));
    await addMessages(server, far, member.id, 2);
    await server.database.query(`update conversations set updated_at = '2020-01-01' where id = $1`, [far]);
    const ada = await online(clientOf(stranger));
    await ada.conversations.load();
    await until(ada.totals, ({ messages }) => messages === 2);
    expect(ada.conversations.getSnapshot().items.map(({ id }) => id)).not.toContain(far);
    expect(ada.totals.getSnapshot()).toEqual({ conversations: 1, messages: 2, mentions: 0, threads: 0 });
  });

  it('takes changes of messages, reactions, pins and deletion', async ({
    clientOf,
    server,
    owner,
    member,
  }) => {
    const id = await server.createConversation(owner, [member]);
    const [ada, bob] = [await online(clientOf(owner)), await online(clientOf(member))];
    const [mine, theirs] = [ada.conversation(id), bob.conversation(id)];
    await Promise.all([mine.timeline.open(), theirs.timeline.open()]);
    const message = await mine.send('hello').settled;
    await mine.edit(message.id, { content: 'hullo' });
    expect(textsOf(mine.timeline.getSnapshot())).toEqual(['hullo']);
    await mine.react(message.id, '👍');
    expect(mine.timeline.getSnapshot().items[0]).toMatchObject({ own: ['👍'] });
    await mine.pin(message.id);
    await until(
      theirs.timeline,
      ({ items: [item] }) => item?.kind === 'message' && item.message.pinnedBy === owner.id,
    );
    expect(theirs.timeline.getSnapshot().items[0]).toMatchObject({
      own: [],
      message: { content: 'hullo', reactions: [{ emoji: '👍', count: 1 }] },
    });
    await mine.unpin(message.id);
    await mine.unreact(message.id, '👍');
    await mine.deleteMessage(message.id);
    await until(
      theirs.timeline,
      ({ items: [item] }) => item?.kind === 'message' && item.message.deletedAt !== null,
    );
    await until(
      mine.timeline,
      ({ items: [item] }) => item?.kind === 'message' && item.message.deletedAt !== null,
    );
    expect([await mine.verify(), await theirs.verify()]).toEqual([WHOLE, WHOLE]);
  });

  it('opens threads, which are there again after a break', async ({
    clientOf,
    proxy,
    server,
    owner,
    member,
  }) => {
    const id = await server.createConversation(owner, [member]);
    const ada = await online(clientOf(owner, { url: proxy.url }));
    const bob = await online(clientOf(member));
    const root = await ada.conversation(id).send('root').settled;
    const mine = await ada.conversation(id).openThread(root.id);
    const theirs = bob.conversation(mine.id);
    await Promise.all([mine.timeline.open(), theirs.timeline.open()]);
    await theirs.send('first').settled;
    await until(mine.timeline, (state) => textsOf(state).join() === 'first');
    proxy.refuse();
    await until(ada.connection, ({ status }) => status === 'offline');
    await theirs.send('missed').settled;
    proxy.admit();
    await until(mine.timeline, (state) => textsOf(state).join() === 'first,missed');
    await theirs.send('live').settled;
    await until(mine.timeline, (state) => textsOf(state).join() === 'first,missed,live');
    expect(ada.conversations.getSnapshot().items.some((item) => item.id === mine.id)).toBe(false);
    expect(await mine.verify()).toEqual(WHOLE);
  });

  it('knows after a break how far members have read who are on no page that was read again, and keeps the pages', async ({
    clientOf,
    proxy,
    server,
    owner,
    member,
  }) => {
    const id = await server.createConversation(owner, []);
    await server.database.query(ADD_MEMBERS, [id, 120]);
    await server.call('POST', `/chat/conversations/${id}/members`, {
      token: owner.token,
      body: { userId: member.id },
    });
    const ada = await online(clientOf(owner, { url: proxy.url }));
    const bob = await online(clientOf(member));
    const [mine, theirs] = [ada.conversation(id), bob.conversation(id)];
    await Promise.all([mine.timeline.open(), bob.conversations.load(), mine.members.load()]);
    mine.timeline.subscribe(() => undefined);
    await mine.members.loadMore();
    const { seq } = await mine.send('hello').settled;
    await until(theirs.summary, (summary) => summary?.unreadCount === 1);
    proxy.refuse();
    await until(ada.connection, ({ status }) => status === 'offline');
    const position = { token: member.token, body: { lastReadSeq: seq } };
    await server.call('PATCH', `/chat/conversations/${id}/me`, position);
    proxy.admit();
    await until(mine.read, ({ byUser }) => byUser.get(member.id) === seq);
    expect(mine.members.getSnapshot().items).toHaveLength(122);
  });

  it('leaves nothing when the membership ends', async ({ clientOf, server, owner, member }) => {
    const id = await server.createConversation(owner, [member]);
    const storage = memoryStorage();
    const [ada, bob] = [await online(clientOf(owner)), await online(clientOf(member, { storage }))];
    const theirs = bob.conversation(id);
    await Promise.all([theirs.timeline.open(), bob.conversations.load()]);
    await ada.conversation(id).send('hello').settled;
    await until(theirs.timeline, ({ items }) => items.length === 1);
    theirs.setDraft('half');
    await ada.conversation(id).removeMember(member.id);
    await until(theirs.timeline, ({ items }) => items.length === 0);
    await until(theirs.draft, (text) => text === '');
    expect(bob.conversations.getSnapshot().items.some((item) => item.id === id)).toBe(false);
    const refused = theirs.send('too late');
    await expect(refused.settled).rejects.toMatchObject({ code: 'NOT_CONVERSATION_MEMBER' });
    await until(bob.outbox, ({ length }) => length === 0);
  });

  it('loads older messages, jumps, and comes back to the end', async ({
    clientOf,
    server,
    owner,
    member,
  }) => {
    const id = await server.createConversation(owner, [member]);
    await addMessages(server, id, member.id, 500);
    const ada = await online(clientOf(owner, { limits: { windowRows: 120 } }));
    const conversation = ada.conversation(id);
    const { timeline } = conversation;
    await timeline.open();
    expect(timeline.getSnapshot()).toMatchObject({ first: 451, last: 500, atEnd: true, atStart: false });
    await Promise.all([timeline.loadOlder(), timeline.loadOlder()]);
    expect(timeline.getSnapshot()).toMatchObject({ first: 401, last: 500, atEnd: true });
    await timeline.loadOlder();
    expect(timeline.getSnapshot()).toMatchObject({ first: 351, last: 470, atEnd: false });
    await timeline.jumpTo(20);
    expect(
      timeline.getSnapshot().items.some((item) => item.kind === 'message' && item.message.seq === 20),
    ).toBe(true);
    await timeline.loadOlder();
    expect(timeline.getSnapshot()).toMatchObject({ first: 1, atStart: true });
    await timeline.loadNewer();
    await timeline.jumpTo('latest');
    expect(timeline.getSnapshot()).toMatchObject({ last: 500, atEnd: true, lastSeq: 500, stale: false });
    expect(await conversation.verify()).toEqual(WHOLE);
    await timeline.open('unread');
    expect(timeline.getSnapshot()).toMatchObject({ first: 1, atStart: true });
  });
});
