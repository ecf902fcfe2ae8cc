import { describe, expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import type { TestUser } from '../../support/test-server.js';
import { refusal, storedHead, UNKNOWN_ID } from './support.js';

const it = apiTest
  .extend('conversationId', ({ server, owner, member }) => server.createConversation(owner, [member]))
  .extend('steps', PER_FILE, ({ server }) => ({
    invite: (conversationId: string, { token }: TestUser, body: object = {}) =>
      server.call('POST', `/chat/conversations/${conversationId}/invites`, { token, body }),
    list: (conversationId: string, { token }: TestUser) =>
      server.call('GET', `/chat/conversations/${conversationId}/invites`, { token }),
    revoke: (conversationId: string, { token }: TestUser, inviteId: string) =>
      server.call('DELETE', `/chat/conversations/${conversationId}/invites/${inviteId}`, { token }),
    look: (invite: string, { token }: TestUser) => server.call('GET', `/chat/invites/${invite}`, { token }),
    join: (invite: string, { token }: TestUser) =>
      server.call('POST', `/chat/invites/${invite}/join`, { token }),
    say: (conversationId: string, { token }: TestUser, content: string) =>
      server.call('POST', `/chat/conversations/${conversationId}/messages`, { token, body: { content } }),
    setRole: (conversationId: string, { token }: TestUser, userId: string, role: string) =>
      server.call('PATCH', `/chat/conversations/${conversationId}/members/${userId}`, {
        token,
        body: { role },
      }),
    remove: (conversationId: string, { token }: TestUser, userId: string) =>
      server.call('DELETE', `/chat/conversations/${conversationId}/members/${userId}`, { token }),
  }))
  .extend('maker', PER_FILE, ({ server }) => server.signUp('Maker'))
  /** A conversation with an invite of its admin, and another one of its owner. */
  .extend('invited', async ({ server, steps, owner, maker }) => {
    const id = await server.createConversation(owner, [maker]);
    await steps.setRole(id, owner, maker.id, 'admin');
    const made = (await steps.invite(id, maker)).body;
    const other = (await steps.invite(id, owner)).body;
    return { id, inviteId: made.id, token: made.token, other: other.token };
  })
  .extend('answers', PER_FILE, ({ steps, stranger }) => async (token: string) => {
    const answers = [await steps.look(token, stranger), await steps.join(token, stranger)];
    return answers.map((answer) => (answer.status === 200 ? '200' : refusal(answer)));
  });

const ENDED = ['404 INVITE_NOT_FOUND', '404 INVITE_NOT_FOUND'];

describe('an invite', () => {
  it('lasts a week and has 5,000 uses unless its maker decides otherwise; its token is shown once', async ({
    steps,
    owner,
    conversationId,
  }) => {
    const { status, body } = await steps.invite(conversationId, owner);
    expect(status).toBe(201);
    const { token, ...listed } = body;
    expect(token).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(listed).toMatchObject({ createdBy: owner.id, maxUses: 5_000, uses: 0, history: 'all' });
    expect(Date.parse(listed.expiresAt) - Date.parse(listed.createdAt)).toBe(604_800_000);
    const other = await steps.invite(conversationId, owner, {
      expiresInSeconds: 60,
      maxUses: 1,
      history: 'none',
    });
    expect(Date.parse(other.body.expiresAt) - Date.parse(other.body.createdAt)).toBe(60_000);
    const { data } = (await steps.list(conversationId, owner)).body;
    expect(data).toEqual([{ ...other.body, token: undefined }, listed]);
    expect(data.some((shown) => 'token' in shown)).toBe(false);
  });

  it.for([
    [{ expiresInSeconds: 0 }, 'expiresInSeconds'],
    [{ expiresInSeconds: 2_592_001 }, 'expiresInSeconds'],
    [{ expiresInSeconds: 1.5 }, 'expiresInSeconds'],
    [{ maxUses: 0 }, 'maxUses'],
    [{ maxUses: 5_001 }, 'maxUses'],
    [{ history: 'some' }, 'history'],
    [{ uses: 0 }, 'uses'],
  ] as const)('is refused with %j', async ([body, path], { steps, owner, conversationId }) => {
    const answer = await steps.invite(conversationId, owner, body);
    expect(answer.body).toMatchObject({ code: 'VALIDATION_FAILED', details: [{ path }] });
  });

  it('is stored as a hash: its token is in no column of any table', async ({
    steps,
    server,
    owner,
    stranger,
    conversationId,
  }) => {
    const { token } = (await steps.invite(conversationId, owner)).body;
    await steps.join(token, stranger);
    const tables = await server.database.query<{ name: string }>(
      "select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public'",
    );
    expect(tables.length).toBeGreaterThan(15);
    for (const { name } of tables) {
      const found = await server.database.query(
        `select from ${name} t where t::text like '%' || $1 || '%' or t::text like '%' || $2 || '%'`,
        [token, Buffer.from(token).toString('hex')],
      );
      expect({ name, found }).toEqual({ name, found: [] });
    }
  });

  it('shows the conversation from outside: the title, the number of members, and whether one is a member', async ({
    steps,
    server,
    owner,
    stranger,
    member,
    conversationId,
  }) => {
    await server.call('PATCH', `/chat/conversations/${conversationId}`, {
      token: owner.token,
      body: { title: 'Title' },
    });
    const { token } = (await steps.invite(conversationId, owner)).body;
    expect((await steps.look(token, stranger)).body).toEqual({
      title: 'Title',
      memberCount: 2,
      member: false,
    });
    expect((await steps.look(token, member)).body).toMatchObject({ member: true });
    expect((await steps.list(conversationId, owner)).body.data).toMatchObject([{ uses: 0 }]);
  });
});

describe('joining by an invite', () => {
  it('adds a member, tells the room and the own sockets, and answers the conversation', async ({
    steps,
    server,
    connect,
    owner,
    conversationId,
  }) => {
    const guest = await server.signUp('Guest');
    await steps.say(conversationId, owner, 'before');
    const [inRoom, own] = [await connect(owner), await connect(guest)];
    await inRoom.emit('join_room', { conversationId });
    const { token } = (await steps.invite(conversationId, owner)).body;
    const { status, body } = await steps.join(token, guest);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: conversationId,
      memberCount: 3,
      lastMessage: { content: 'before' },
      me: { role: 'member', unreadCount: 0 },
    });
    await Promise.all([inRoom, own].map((socket) => socket.settle()));
    expect(inRoom.all('member_added')).toMatchObject([
      { conversationId, rev: 2, via: 'invite', member: { userId: guest.id, displayName: 'Guest' } },
    ]);
    expect(own.all('conversation_added')).toEqual([body]);
    expect((await steps.say(conversationId, guest, 'after')).status).toBe(201);
  });

  it('is harmless to repeat, also with the last use: no rev, no event, no use, the same answer', async ({
    steps,
    server,
    connect,
    owner,
    conversationId,
  }) => {
    const [guest, late] = [await server.signUp(), await server.signUp()];
    const socket = await connect(owner);
    await socket.emit('join_room', { conversationId });
    const { token } = (await steps.invite(conversationId, owner, { maxUses: 1 })).body;
    const first = await steps.join(token, guest);
    const again = await steps.join(token, guest);
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect((await steps.join(token, owner)).status).toBe(200);
    expect((await steps.look(token, guest)).body.member).toBe(true);
    await socket.settle();
    expect(socket.all('member_added')).toHaveLength(1);
    expect(await storedHead(server, conversationId)).toMatchObject({ rev: 1, memberCount: 3, rows: 3 });
    expect(refusal(await steps.join(token, late))).toBe('404 INVITE_NOT_FOUND');
    expect(refusal(await steps.look(token, late))).toBe('404 INVITE_NOT_FOUND');
    expect((await steps.list(conversationId, owner)).body.data).toEqual([]);
  });

  it('without history shows nothing that was said before, in no answer and no event', async ({
    steps,
    server,
    connect,
    owner,
    conversationId,
  }) => {
    const guest = await server.signUp();
    await steps.say(conversationId, owner, 'a hidden canary');
    const socket = await connect(guest);
    const { token } = (await steps.invite(conversationId, owner, { history: 'none' })).body;
    const answers = [await steps.look(token, guest), await steps.join(token, guest)];
    await socket.emit('join_room', { conversationId });
    await steps.say(conversationId, owner, 'a visible one');
    for (const path of [
      '',
      '/messages',
      '/messages/window?around=1',
      '/messages/window?around=2',
      '/changes',
      '/changes?events=true',
    ])
      answers.push(
        await server.call('GET', `/chat/conversations/${conversationId}${path}`, { token: guest.token }),
      );
    await socket.settle();
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    const shown = JSON.stringify([answers.map(({ body }) => body as unknown), socket.everything()]);
    expect(shown).toContain('a visible one');
    expect(shown).not.toContain('a hidden canary');
  });
});

describe('an invite ends, and whoever comes later is answered 404 INVITE_NOT_FOUND,', () => {
  it('when it is revoked, by whomever', async ({ steps, answers, invited, owner }) => {
    for (let n = 0; n < 2; n += 1)
      expect((await steps.revoke(invited.id, owner, invited.inviteId)).status).toBe(204);
    expect((await steps.revoke(invited.id, owner, UNKNOWN_ID)).status).toBe(204);
    expect(await answers(invited.token)).toEqual(ENDED);
    expect((await steps.list(invited.id, owner)).body.data).toHaveLength(1);
  });

  it('when it expires', async ({ server, steps, answers, invited, owner }) => {
    await server.database.query(
      "update conversation_invites set expires_at = now() - interval '1 ms' where id = $1",
      [invited.inviteId],
    );
    expect(await answers(invited.token)).toEqual(ENDED);
    expect((await steps.list(invited.id, owner)).body.data).toHaveLength(1);
  });

  it('when its maker is no admin any more, and does not come back', async ({
    steps,
    answers,
    invited,
    owner,
    maker,
  }) => {
    await steps.setRole(invited.id, owner, maker.id, 'member');
    expect(await answers(invited.token)).toEqual(ENDED);
    await steps.setRole(invited.id, owner, maker.id, 'admin');
    expect(await answers(invited.token)).toEqual(ENDED);
    expect((await steps.list(invited.id, owner)).body.data).toHaveLength(1);
  });

  it('when its maker leaves', async ({ steps, answers, invited, maker }) => {
    await steps.remove(invited.id, maker, maker.id);
    expect(await answers(invited.token)).toEqual(ENDED);
  });

  it('when its maker is removed, also when added again', async ({
    server,
    steps,
    answers,
    invited,
    owner,
    maker,
  }) => {
    await steps.remove(invited.id, owner, maker.id);
    expect(await answers(invited.token)).toEqual(ENDED);
    await server.call('POST', `/chat/conversations/${invited.id}/members`, {
      token: owner.token,
      body: { userId: maker.id },
    });
    await steps.setRole(invited.id, owner, maker.id, 'admin');
    expect(await answers(invited.token)).toEqual(ENDED);
  });

  it('when its maker is banned', async ({ server, answers, invited, owner, maker }) => {
    await server.call('PUT', `/chat/conversations/${invited.id}/bans/${maker.id}`, {
      token: owner.token,
      body: {},
    });
    expect(await answers(invited.token)).toEqual(ENDED);
  });

  it('when the account of its maker is deleted', async ({ server, steps, answers, owner }) => {
    const leaver = await server.signUp();
    const id = await server.createConversation(leaver, [owner]);
    const { token } = (await steps.invite(id, leaver)).body;
    await server.call('DELETE', '/users/me', {
      token: leaver.token,
      body: { password: 'correct horse battery' },
    });
    expect(await answers(token)).toEqual(ENDED);
  });

  it('when the conversation is deleted, by its owner or with its last member', async ({
    server,
    steps,
    answers,
    invited,
    owner,
    maker,
  }) => {
    await server.call('DELETE', `/chat/conversations/${invited.id}`, { token: owner.token });
    expect(await answers(invited.other)).toEqual(ENDED);
    const id = await server.createConversation(maker);
    const { token } = (await steps.invite(id, maker)).body;
    await steps.remove(id, maker, maker.id);
    expect(await answers(token)).toEqual(ENDED);
  });

  it('but stays when the ownership is transferred, for the old owner is an admin', async ({
    steps,
    answers,
    invited,
    owner,
    maker,
  }) => {
    await steps.setRole(invited.id, owner, maker.id, 'owner');
    for (const token of [invited.token, invited.other]) expect(await answers(token)).toEqual(['200', '200']);
  });
});

it('keeps out who is banned, who sees no more of the conversation either, until the ban is lifted', async ({
  server,
  steps,
  owner,
  conversationId,
}) => {
  const guest = await server.signUp();
  const { token } = (await steps.invite(conversationId, owner)).body;
  const ban = `/chat/conversations/${conversationId}/bans/${guest.id}`;
  await server.call('PUT', ban, { token: owner.token, body: {} });
  expect(refusal(await steps.look(token, guest))).toBe('403 MEMBER_BANNED');
  expect(refusal(await steps.join(token, guest))).toBe('403 MEMBER_BANNED');
  const added = await server.call('POST', `/chat/conversations/${conversationId}/members`, {
    token: owner.token,
    body: { userId: guest.id },
  });
  expect(refusal(added)).toBe('403 MEMBER_BANNED');
  expect((await steps.list(conversationId, owner)).body.data).toMatchObject([{ uses: 0 }]);
  await server.call('DELETE', ban, { token: owner.token });
  expect((await steps.join(token, guest)).status).toBe(200);
});
