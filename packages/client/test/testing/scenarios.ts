import type { Message, Tokens } from '../../src/contract.ts';
import type { Line, Person, Stage } from './stage.ts';

/** What both servers must answer alike. */
export type Scenario = (stage: Stage) => Promise<void>;

const NOBODY = '0199d0a2-6c1e-7000-8000-00000000dead';

/** Conversations that nobody has, each known from the beginning. */
const unknown = (count: number): Record<string, number> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`0199d0a2-6c1e-7000-8000-0000000000${index + 10}`, 0]),
  );

async function conversation(owner: Person, ...others: readonly Person[]): Promise<string> {
  const body = { title: 'Contract', memberIds: others.map(({ id }) => id) };
  return (await owner.ask<{ id: string }>('POST /chat/conversations', { body })).id;
}

const say = (person: Person, id: string, content: string, more: object = {}): Promise<Message> =>
  person.ask<Message>('POST /chat/conversations/:id/messages', {
    params: { id },
    body: { content, ...more },
  });

const joined = async (person: Person, conversationId: string): Promise<Line> => {
  const line = await person.connect();
  await line.ask('join_room', { conversationId });
  return line;
};

const open = (by: Person, userId: string): Promise<{ id: string }> =>
  by.ask('PUT /chat/conversations/direct/:userId', { params: { userId } });

/** Ada and Bob in a conversation. */
async function pair(stage: Stage): Promise<{ ada: Person; bob: Person; id: string }> {
  const ada = await stage.person('Ada');
  const bob = await stage.person('Bob');
  return { ada, bob, id: await conversation(ada, bob) };
}

const accounts: Record<string, Scenario> = {
  async 'signing up and logging in'(stage) {
    const ada = await stage.person('Ada');
    const ask = (what: string, route: string, body: object) => stage.ask(what, route, { body }, null);
    await ask('a second account', 'POST /auth/signup', {
      email: ada.email.toUpperCase(),
      password: 'correct horse battery',
      displayName: 'A',
    });
    await ask('a short password', 'POST /auth/signup', {
      email: 'x@contract.example',
      password: 'short',
      displayName: 'A',
    });
    await ask('a name of nothing', 'POST /auth/signup', {
      email: 'x@contract.example',
      password: 'correct horse battery',
      displayName: ' ',
    });
    await ask('a login', 'POST /auth/login', { email: ada.email, password: 'correct horse battery' });
    await ask('a wrong password', 'POST /auth/login', { email: ada.email, password: 'wrong' });
    await ask('nobody', 'POST /auth/login', { email: 'nobody@contract.example', password: 'wrong' });
    await stage.ask('no token', 'GET /users/me', {}, null);
    await stage.ask('a bad token', 'GET /users/me', {}, 'nonsense');
    await ada.ask('GET /users/me');
    await ada.ask('GET /nowhere' as 'GET /users/me');
    await ada.ask('GET /users/:id', { params: { id: ada.id } });
    await ada.ask('GET /users/:id', { params: { id: NOBODY } });
    await ada.ask('PUT /users/me', { body: { displayName: 'Ada L.', bio: 'Counts.' } });
    await ada.ask('PUT /users/me', {
      body: { presence: 'nobody', readReceipts: false, addableBy: 'contacts' },
    });
  },
  async 'refreshing, also after a lost answer'(stage) {
    const ada = await stage.person('Ada');
    const refresh = (what: string, refreshToken: string) =>
      stage.ask<Tokens>(what, 'POST /auth/refresh', { body: { refreshToken } }, null);
    const first = ada.tokens.refreshToken;
    const second = await refresh('a refresh', first);
    const again = await refresh('the same again', first);
    stage.transcript.note('the same successor', again.refreshToken === second.refreshToken);
    ada.tokens = await refresh('the next one', again.refreshToken);
    await ada.ask('GET /users/me');
    await refresh('once more', first);
    await ada.ask('GET /users/me');
    await refresh('the successor of an ended session', second.refreshToken);
    await refresh('nonsense', 'nonsense');
  },
  async 'sessions and their ends'(stage) {
    const ada = await stage.person('Ada');
    const line = await ada.connect();
    const body = { email: ada.email, password: 'correct horse battery' };
    const second = await stage.ask<Tokens>('a second device', 'POST /auth/login', { body }, null);
    const { data } = await ada.ask<{ data: { id: string; current: boolean }[] }>('GET /auth/sessions');
    const other = data.find(({ current }) => !current);
    await ada.ask('DELETE /auth/sessions/:id', { params: { id: other?.id ?? '' } });
    await ada.ask('DELETE /auth/sessions/:id', { params: { id: other?.id ?? '' } });
    await stage.ask('the ended one', 'GET /users/me', {}, second.accessToken);
    await ada.ask('POST /auth/logout');
    await line.hear('session_revoked');
    await line.closed();
    await ada.ask('GET /users/me');
    await ada.connect();
    const bob = await stage.person('Bob');
    await bob.ask('POST /auth/change-password', {
      body: { currentPassword: 'wrong', newPassword: 'another good one' },
    });
    await bob.ask('POST /auth/change-password', {
      body: { currentPassword: 'correct horse battery', newPassword: 'another good one' },
    });
    await bob.ask('GET /users/me');
  },
  async handshakes(stage) {
    const ada = await stage.person('Ada');
    await stage.connect('nobody', '');
    await stage.connect('a bad token', 'nonsense');
    const line = await ada.connect();
    await line.hear('ready');
    await line.ask('authenticate', { token: ada.tokens.accessToken });
    await line.ask('authenticate', { token: 'nonsense' });
    await line.hear('error');
    await line.ask('no_such_event', {});
  },
};

const conversations: Record<string, Scenario> = {
  async 'creating, listing and reading conversations'(stage) {
    const { ada, bob, id } = await pair(stage);
    const line = await bob.connect();
    await conversation(ada, bob);
    await line.hear('conversation_added');
    await ada.ask('POST /chat/conversations', { body: { memberIds: [bob.id, NOBODY] } });
    await ada.ask('POST /chat/conversations', { body: { memberIds: [], title: ' ' } });
    await say(ada, id, 'up again');
    const first = await bob.ask<{ nextCursor: string }>('GET /chat/conversations', { query: { limit: 1 } });
    await bob.ask('GET /chat/conversations', { query: { limit: 1, cursor: first.nextCursor } });
    await bob.ask('GET /chat/conversations', { query: { cursor: 'nonsense' } });
    await bob.ask('GET /chat/conversations', { query: { limit: 0 } });
    await bob.ask('GET /chat/conversations', { query: { type: 'direct' } });
    await bob.ask('GET /chat/conversations/:id', { params: { id } });
    await bob.ask('GET /chat/conversations/:id', { params: { id: NOBODY } });
    await bob.ask('GET /chat/conversations/:id', { params: { id: 'nonsense' } });
    const eve = await stage.person('Eve');
    await eve.ask('GET /chat/conversations/:id', { params: { id } });
    await line.ask('join_all');
  },
  async 'members, roles and removals'(stage) {
    const { ada, bob, id } = await pair(stage);
    const cy = await stage.person('Cy');
    const line = await joined(ada, id);
    const others = await joined(bob, id);
    await say(ada, id, 'before Cy');
    const add = (by: Person, userId: string, history?: string) =>
      by.ask('POST /chat/conversations/:id/members', { params: { id }, body: { userId, history } });
    await add(bob, cy.id);
    await add(ada, cy.id, 'none');
    await line.hear('member_added');
    await add(ada, cy.id);
    await add(ada, NOBODY);
    await cy.ask('GET /chat/conversations/:id', { params: { id } });
    await cy.ask('GET /chat/conversations/:id/messages', { params: { id } });
    const role = (by: Person, userId: string, to: string) =>
      by.ask('PATCH /chat/conversations/:id/members/:userId', { params: { id, userId }, body: { role: to } });
    await role(bob, cy.id, 'admin');
    await role(ada, bob.id, 'admin');
    await line.hear('member_updated');
    await role(ada, ada.id, 'member');
    await role(ada, NOBODY, 'admin');
    await role(ada, bob.id, 'owner');
    await line.hear('member_updated', 3);
    const remove = (by: Person, userId: string) =>
      by.ask('DELETE /chat/conversations/:id/members/:userId', { params: { id, userId } });
    await remove(cy, bob.id);
    await remove(ada, bob.id);
    await remove(ada, cy.id);
    await line.hear('member_removed');
    await cy.ask('GET /chat/conversations/:id', { params: { id } });
    await remove(bob, bob.id);
    await others.hear('conversation_removed');
    await line.hear('member_removed', 2);
    await ada.ask('GET /chat/conversations/:id/members', { params: { id } });
    await ada.ask('GET /chat/conversations/:id/changes', {
      params: { id },
      query: { since: 0, events: true },
    });
    await ada.ask('GET /chat/conversations/:id/changes', { params: { id }, query: { since: 0 } });
    await ada.ask('DELETE /chat/conversations/:id', { params: { id } });
    await line.hear('conversation_removed');
    await ada.ask('GET /chat/conversations/:id', { params: { id } });
  },
  async settings(stage) {
    const { ada, bob, id } = await pair(stage);
    const line = await joined(bob, id);
    const change = (by: Person, body: object) =>
      by.ask('PATCH /chat/conversations/:id', { params: { id }, body });
    await change(bob, { title: 'Mine' });
    await change(ada, { title: 'Ours', metadata: { colour: 'blue' } });
    await line.hear('conversation_updated');
    await change(ada, { title: 'Ours' });
    await change(ada, { posting: 'admins', adding: 'all', slowModeSeconds: 30 });
    await line.hear('conversation_updated', 2);
    await say(bob, id, 'not here');
    await change(ada, { posting: 'all', title: null, metadata: null });
    await line.hear('conversation_updated', 3);
    await say(bob, id, 'now');
    const { code } = (await say(bob, id, 'too fast')) as unknown as { code: string };
    stage.transcript.note('slow', code);
    await bob.ask('DELETE /chat/conversations/:id', { params: { id } });
    await bob.ask('GET /chat/conversations/:id/changes', { params: { id }, query: { events: true } });
  },
  async 'direct conversations and blocks'(stage) {
    const ada = await stage.person('Ada');
    const bob = await stage.person('Bob');
    const line = await bob.connect();
    const { id } = await open(ada, bob.id);
    await open(ada, bob.id);
    await open(ada, NOBODY);
    await bob.ask('GET /chat/conversations');
    await say(ada, id, 'hello');
    await line.hear('conversation_added');
    await bob.ask('GET /chat/conversations');
    await ada.ask('POST /chat/conversations/:id/members', { params: { id }, body: { userId: bob.id } });
    await ada.ask('PATCH /chat/conversations/:id', { params: { id }, body: { title: 'No' } });
    await bob.ask('PUT /users/me/blocks/:userId', { params: { userId: ada.id } });
    await line.hear('user_blocked');
    await bob.ask('GET /users/me/blocks');
    await say(ada, id, 'still there?');
    await open(ada, bob.id);
    await ada.ask('POST /chat/conversations', { body: { memberIds: [bob.id] } });
    await bob.ask('DELETE /users/me/blocks/:userId', { params: { userId: ada.id } });
    await say(ada, id, 'there you are');
  },
  async 'invites and bans'(stage) {
    const ada = await stage.person('Ada');
    const bob = await stage.person('Bob');
    const id = await conversation(ada);
    const line = await joined(ada, id);
    const { id: inviteId, token } = await ada.ask<{ id: string; token: string }>(
      'POST /chat/conversations/:id/invites',
      { params: { id }, body: { maxUses: 2 } },
    );
    await bob.ask('GET /chat/invites/:token', { params: { token } });
    await bob.ask('POST /chat/invites/:token/join', { params: { token } });
    await line.hear('member_added');
    await bob.ask('POST /chat/invites/:token/join', { params: { token } });
    await ada.ask('GET /chat/conversations/:id/invites', { params: { id } });
    await bob.ask('GET /chat/conversations/:id/invites', { params: { id } });
    await bob.ask('PUT /chat/conversations/:id/bans/:userId', { params: { id, userId: ada.id }, body: {} });
    await ada.ask('PUT /chat/conversations/:id/bans/:userId', {
      params: { id, userId: bob.id },
      body: { reason: 'Rude' },
    });
    await line.hear('member_removed');
    await ada.ask('GET /chat/conversations/:id/bans', { params: { id } });
    await bob.ask('POST /chat/invites/:token/join', { params: { token } });
    await ada.ask('DELETE /chat/conversations/:id/bans/:userId', { params: { id, userId: bob.id } });
    await ada.ask('DELETE /chat/conversations/:id/invites/:inviteId', { params: { id, inviteId } });
    await bob.ask('POST /chat/invites/:token/join', { params: { token } });
    await bob.ask('GET /chat/invites/:token', { params: { token: 'nonsense' } });
  },
};

const messages: Record<string, Scenario> = {
  async 'sending over both ways'(stage) {
    const { ada, bob, id: conversationId } = await pair(stage);
    const line = await joined(ada, conversationId);
    const other = await joined(bob, conversationId);
    const message = { conversationId, content: 'Hello!', clientMessageId: 'one', metadata: { a: 1 } };
    await line.ask('send_message', message);
    await line.ask('send_message', message);
    await line.ask('send_message', { ...message, content: 'Another' });
    await line.hear('error');
    await other.hear('new_message');
    await say(ada, conversationId, 'Hello!', { clientMessageId: 'one', metadata: { a: 1 } });
    const { id } = await say(bob, conversationId, 'by HTTP');
    await line.hear('new_message', 2);
    await line.ask('send_message', { conversationId, content: ' ' });
    await line.ask('send_message', { conversationId, content: 'x'.repeat(4_001) });
    await line.ask('send_message', { conversationId: NOBODY, content: 'x' });
    await line.ask('send_message', { conversationId, content: 'a reply', replyToId: id });
    await line.ask('send_message', { conversationId, content: 'a reply', replyToId: NOBODY });
    await other.hear('new_message', 3);
    await say(ada, conversationId, 'for Bob', { mentions: [bob.id, NOBODY], mentionsAll: true });
    await other.hear('new_message', 4);
    await say(bob, conversationId, 'for all', { mentionsAll: true });
    await bob.ask('GET /chat/mentions');
    await bob.ask('GET /chat/unread');
    const eve = await stage.person('Eve');
    await say(eve, conversationId, 'me too');
    const stranger = await eve.connect();
    await stranger.ask('join_room', { conversationId });
    await other.ask('leave_room', { conversationId });
    await other.ask('join_room', { conversationId });
  },
  async 'pages and windows'(stage) {
    const { ada, bob, id } = await pair(stage);
    for (let index = 1; index <= 9; index += 1) await say(index % 2 ? ada : bob, id, `message ${index}`);
    for (const page of [1, 2, 4])
      await ada.ask('GET /chat/conversations/:id/messages', { params: { id }, query: { page, limit: 4 } });
    const windows = [
      { before: 1 },
      { before: 5 },
      { before: 99 },
      { after: 0 },
      { after: 7 },
      { after: 99 },
      { around: 1 },
      { around: 5 },
      { around: 9 },
      { around: 99 },
    ];
    for (const place of windows) {
      await bob.ask('GET /chat/conversations/:id/messages/window', {
        params: { id },
        query: { ...place, limit: 3 },
      });
    }
    await bob.ask('GET /chat/conversations/:id/messages/window', {
      params: { id },
      query: { limit: 101, before: 3 },
    });
    await bob.ask('GET /chat/conversations/:id/messages/window', { params: { id } });
    await bob.ask('GET /chat/conversations/:id/messages/window', {
      params: { id },
      query: { before: 3, after: 1 },
    });
    for (const route of ['messages', 'messages/window'] as const) {
      const place = route === 'messages' ? {} : { before: 3 };
      const query = { ...place, limit: 1, rev: true };
      await ada.ask(`GET /chat/conversations/:id/${route}`, { params: { id }, query });
    }
    const cy = await stage.person('Cy');
    await ada.ask('POST /chat/conversations/:id/members', {
      params: { id },
      body: { userId: cy.id, history: 'none' },
    });
    await cy.ask('GET /chat/conversations/:id/messages/window', { params: { id }, query: { before: 99 } });
    await say(ada, id, 'after Cy');
    for (const place of [{ before: 99 }, { around: 2 }, { after: 3 }]) {
      await cy.ask('GET /chat/conversations/:id/messages/window', {
        params: { id },
        query: { ...place, events: true },
      });
    }
    await ada.ask('GET /chat/conversations/:id/messages/window', {
      params: { id },
      query: { before: 99, events: true },
    });
  },
  async changes(stage) {
    const { ada, bob, id } = await pair(stage);
    const first = await say(ada, id, 'one');
    await say(bob, id, 'two');
    await ada.ask('PATCH /chat/conversations/:id/messages/:messageId', {
      params: { id, messageId: first.id },
      body: { content: 'one!' },
    });
    await ada.ask('PATCH /chat/conversations/:id', { params: { id }, body: { title: 'Renamed' } });
    await say(bob, id, 'three');
    const changes = (query: object) =>
      bob.ask<{ epoch: string }>('GET /chat/conversations/:id/changes', {
        params: { id },
        query: { ...query },
      });
    const { epoch } = await changes({});
    await changes({ since: 2, epoch });
    await changes({ since: 0, limit: 1 });
    await changes({ since: 0, limit: 2, events: true });
    await changes({ since: 1, events: true });
    await changes({ since: 5 });
    await changes({ since: 6 });
    await changes({ since: 0, epoch: 'another' });
    await changes({ since: 0, limit: 501 });
  },
  async 'changes of several conversations'(stage) {
    const { ada, bob, id } = await pair(stage);
    const [quiet, other, ended] = [
      await conversation(ada, bob),
      await conversation(ada, bob),
      await conversation(ada, bob),
    ];
    const alone = await conversation(ada);
    const changes = (since: unknown, more: object = {}) =>
      bob.ask<{ epoch: string }>('POST /chat/changes', { body: { since, ...more } });
    await say(ada, id, 'one');
    await ada.ask('PATCH /chat/conversations/:id', { params: { id: other }, body: { title: 'Renamed' } });
    await ada.ask('DELETE /chat/conversations/:id/members/:userId', {
      params: { id: ended, userId: bob.id },
    });
    const { epoch } = await changes({ [id]: 0, [quiet]: 0, [ended]: 0, [other]: 0 });
    await changes({ [other]: 9, [NOBODY]: 0, [alone]: 0, [id]: 1 }, { epoch });
    await changes({ [id]: 1, [id.toUpperCase()]: 0 });
    await changes({});
    await changes({ [id]: 0 }, { epoch: 'another' });
    for (const since of [undefined, null, [], { nonsense: 0 }, { [id]: -1 }, { [id]: 0.5 }, { [id]: '0' }]) {
      await changes(since);
    }
    await changes(unknown(50));
    await changes(unknown(51));
  },
  async 'changes of several conversations that do not fit into one answer'(stage) {
    const { ada, bob, id } = await pair(stage);
    const [other, third] = [await conversation(ada, bob), await conversation(ada, bob)];
    for (let count = 0; count < 300; count += 1) await say(ada, id, 'first');
    for (let count = 0; count < 250; count += 1) await say(ada, other, 'second');
    await say(ada, third, 'third');
    const changes = (since: object) => bob.ask('POST /chat/changes', { body: { since } });
    await changes({ [id]: 0, [other]: 0, [third]: 0 });
    await changes({ [id]: 300, [other]: 200, [third]: 0 });
    await changes({ [third]: 0, [other]: 0, [id]: 0 });
  },
  async 'edits, deletions and pins'(stage) {
    const { ada, bob, id } = await pair(stage);
    const line = await joined(bob, id);
    const { id: messageId, rev } = await say(ada, id, 'first');
    const params = { id, messageId };
    const edit = (by: Person, body: object) =>
      by.ask('PATCH /chat/conversations/:id/messages/:messageId', { params, body });
    await edit(bob, { content: 'mine' });
    await edit(ada, { content: 'second', expectedRev: rev });
    await line.hear('message_updated');
    await edit(ada, { content: 'third', expectedRev: rev });
    await edit(ada, { content: 'second' });
    await edit(ada, { content: ' ' });
    await edit(ada, { mentions: [bob.id] });
    await line.hear('message_updated', 2);
    await ada.ask('GET /chat/conversations/:id/messages/:messageId/versions', { params });
    await bob.ask('GET /chat/conversations/:id/messages/:messageId/versions', { params });
    await bob.ask('PUT /chat/conversations/:id/messages/:messageId/pin', { params });
    await ada.ask('PUT /chat/conversations/:id/messages/:messageId/pin', { params });
    await line.hear('message_updated', 3);
    await bob.ask('GET /chat/conversations/:id/pins', { params });
    await ada.ask('DELETE /chat/conversations/:id/messages/:messageId/pin', { params });
    await line.hear('message_updated', 4);
    await bob.ask('DELETE /chat/conversations/:id/messages/:messageId', { params });
    await ada.ask('DELETE /chat/conversations/:id/messages/:messageId', { params });
    await line.hear('message_updated', 5);
    await ada.ask('DELETE /chat/conversations/:id/messages/:messageId', { params });
    await edit(ada, { content: 'too late' });
    await ada.ask('PUT /chat/conversations/:id/messages/:messageId/pin', { params });
    await bob.ask('GET /chat/conversations/:id/messages/:messageId', { params });
    await bob.ask('GET /chat/conversations/:id/messages/:messageId', { params: { id, messageId: NOBODY } });
    await bob.ask('GET /chat/conversations/:id/messages', { params });
  },
  async reactions(stage) {
    const { ada, bob, id } = await pair(stage);
    const line = await joined(ada, id);
    const { id: messageId } = await say(ada, id, 'react');
    const params = { id, messageId };
    const place = '/chat/conversations/:id/messages/:messageId/reactions/:emoji' as const;
    await bob.ask(`PUT ${place}`, { params: { ...params, emoji: '👍' } });
    await line.hear('message_updated');
    await bob.ask(`PUT ${place}`, { params: { ...params, emoji: '👍' } });
    await ada.ask(`PUT ${place}`, { params: { ...params, emoji: '❤️' } });
    await line.hear('message_updated', 2);
    await ada.ask(`PUT ${place}`, { params: { ...params, emoji: 'two words' } });
    await bob.ask('GET /chat/conversations/:id/messages/:messageId/reactions', { params });
    await bob.ask('GET /chat/conversations/:id/messages', { params });
    await bob.ask(`DELETE ${place}`, { params: { ...params, emoji: '👍' } });
    await line.hear('message_updated', 3);
    await bob.ask(`DELETE ${place}`, { params: { ...params, emoji: '👍' } });
    await bob.ask(`DELETE ${place}/:userId`, { params: { ...params, emoji: '❤️', userId: ada.id } });
    await ada.ask('DELETE /chat/conversations/:id/messages/:messageId', { params });
    await ada.ask(`PUT ${place}`, { params: { ...params, emoji: '👍' } });
  },
  async 'reading and what is one’s own'(stage) {
    const { ada, bob, id } = await pair(stage);
    const line = await joined(bob, id);
    const other = await joined(ada, id);
    for (const content of ['one', 'two', 'three']) await say(ada, id, content);
    await line.ask('mark_read', { conversationId: id, seq: 2 });
    await other.hear('message_read');
    await line.ask('mark_read', { conversationId: id, seq: 1 });
    await line.ask('mark_read', { conversationId: NOBODY, seq: 1 });
    const me = (body: object) => bob.ask('PATCH /chat/conversations/:id/me', { params: { id }, body });
    await me({ lastReadSeq: 0 });
    await line.hear('me_updated');
    await me({ notify: 'mentions', pinned: true });
    await me({ archived: true, mutedUntil: '2999-01-01T00:00:00.000Z' });
    await bob.ask('GET /chat/unread');
    await bob.ask('GET /chat/conversations', { query: { archived: true } });
    await me({ notify: 'all', pinned: false, archived: false, mutedUntil: null });
    await me({ lastReadSeq: 99 });
    await bob.ask('POST /chat/conversations/:id/clear', { params: { id } });
    await bob.ask('GET /chat/conversations/:id', { params: { id } });
    await bob.ask('GET /chat/conversations/:id/messages', { params: { id } });
    await say(ada, id, 'four');
    await line.hear('new_message', 4);
    await bob.ask('GET /chat/conversations/:id/changes', { params: { id }, query: { events: true } });
    await ada.ask('GET /chat/conversations/:id/members', { params: { id } });
    await line.ask('typing', { conversationId: id, isTyping: true });
    await other.hear('typing');
    await line.ask('leave_room', { conversationId: id });
    await line.ask('typing', { conversationId: id, isTyping: true });
    await line.ask('subscribe_presence', { userIds: [ada.id, NOBODY] });
  },
  async 'changes of what is hidden'(stage) {
    const { ada, bob, id } = await pair(stage);
    const { id: messageId } = await say(ada, id, 'before Cy');
    const cy = await stage.person('Cy');
    const body = { userId: cy.id, history: 'none' };
    await ada.ask('POST /chat/conversations/:id/members', { params: { id }, body });
    const line = await joined(cy, id);
    const edit = { params: { id, messageId }, body: { content: 'edited' } };
    await ada.ask('PATCH /chat/conversations/:id/messages/:messageId', edit);
    await bob.ask('POST /chat/conversations/:id/messages', {
      params: { id },
      body: { content: 'a reply', replyToId: messageId },
    });
    await line.hear('new_message');
    await cy.ask('GET /chat/conversations/:id/messages/:messageId', { params: { id, messageId } });
    await cy.ask('GET /chat/conversations/:id/changes', { params: { id }, query: { events: true } });
    await cy.ask('GET /chat/conversations/:id/changes', {
      params: { id },
      query: { since: 2, events: true },
    });
  },
  async 'readers, and who hides reading'(stage) {
    const { ada, bob, id } = await pair(stage);
    const line = await joined(bob, id);
    const { id: messageId } = await say(ada, id, 'read me');
    const readers = (by: Person) =>
      by.ask('GET /chat/conversations/:id/messages/:messageId/readers', { params: { id, messageId } });
    await readers(ada);
    await line.ask('mark_read', { conversationId: id, seq: 1 });
    await readers(ada);
    await bob.ask('PUT /users/me', { body: { readReceipts: false } });
    await readers(ada);
    await ada.ask('GET /chat/conversations/:id/members', { params: { id } });
    await bob.ask('GET /chat/conversations/:id/members', { params: { id } });
  },
  async 'read positions that have moved'(stage) {
    const { ada, bob, id } = await pair(stage);
    const line = await joined(bob, id);
    await say(ada, id, 'one');
    const { id: messageId } = await say(ada, id, 'two');
    const moved = (by: Person, query: object, of = id) =>
      by.ask('GET /chat/conversations/:id/changes', {
        params: { id: of },
        query: { reads: 'true', ...query },
      });
    await moved(ada, { since: 2 });
    await line.ask('mark_read', { conversationId: id, seq: 1 });
    await moved(ada, { since: 2 });
    await moved(ada, { since: 0, limit: 1, events: 'true' });
    await moved(bob, { since: 2 });
    await say(bob, id, 'three');
    await moved(ada, { since: 3 });
    const thread = await ada.ask<{ id: string }>('PUT /chat/conversations/:id/messages/:messageId/thread', {
      params: { id, messageId },
    });
    await moved(ada, {}, thread.id);
    await bob.ask('PUT /users/me', { body: { readReceipts: false } });
    await moved(ada, { since: 3 });
    await moved(bob, { since: 3 });
  },
  async 'a name that changes'(stage) {
    const { ada, bob, id } = await pair(stage);
    const line = await joined(bob, id);
    await ada.ask('PUT /users/me', { body: { displayName: 'Ada Lovelace' } });
    await line.hear('user_updated');
    await say(ada, id, 'by another name');
    await line.hear('new_message');
    await bob.ask('GET /chat/conversations/:id', { params: { id } });
    await bob.ask('GET /users', { query: { search: 'ada love', limit: 1 } });
  },
  async threads(stage) {
    const { ada, bob, id } = await pair(stage);
    const line = await joined(ada, id);
    const root = await say(ada, id, 'root');
    const params = { id, messageId: root.id };
    const thread = await bob.ask<{ id: string }>('PUT /chat/conversations/:id/messages/:messageId/thread', {
      params,
    });
    await line.hear('message_updated');
    await bob.ask('PUT /chat/conversations/:id/messages/:messageId/thread', { params });
    await line.ask('join_room', { conversationId: thread.id });
    await say(bob, thread.id, 'reply');
    await line.hear('new_message', 2);
    await line.hear('message_updated', 2);
    await ada.ask('GET /chat/threads');
    await bob.ask('GET /chat/conversations/:id/threads', { params: { id } });
    await ada.ask('GET /chat/unread');
    await ada.ask('GET /chat/conversations/:id', { params: { id: thread.id } });
    await ada.ask('GET /chat/conversations/:id/messages', { params: { id: thread.id } });
    await line.ask('mark_read', { conversationId: thread.id, seq: 1 });
    await ada.ask('PATCH /chat/conversations/:id', { params: { id: thread.id }, body: { title: 'No' } });
    await ada.ask('DELETE /chat/conversations/:id/follow', { params: { id: thread.id } });
    await ada.ask('PUT /chat/conversations/:id/follow', { params: { id: thread.id } });
    await ada.ask('GET /chat/threads');
    await line.ask('join_all');
  },
};

export const scenarios: Readonly<Record<string, Scenario>> = { ...accounts, ...conversations, ...messages };
