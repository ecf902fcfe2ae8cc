import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { expect } from 'vitest';
import { ChatPublisherPort } from '../../../src/arch/modules/chat/application/ports/chat-publisher.port.js';
import { ProfilePublisherPort } from '../../../src/arch/modules/chat/application/ports/profile-publisher.port.js';
import { chatEvents } from '../../../src/arch/modules/chat/interface/ws/dto/chat-events.js';
import { userUpdatedEvent } from '../../../src/arch/modules/chat/interface/ws/dto/user-events.js';
import { PresencePublisherPort } from '../../../src/arch/modules/presence/application/ports/presence-publisher.port.js';
import { presenceEvent } from '../../../src/arch/modules/presence/interface/ws/dto/presence-events.js';
import { PNG } from '../../fakes/avatar-images.js';
import { PLANTED, plantFields } from '../../support/plant-fields.js';
import { apiTest as it } from '../../support/api-test.js';
import { request } from '../http/support.js';
import { recordHttp } from '../recorded/http-session.js';
import { Recording } from '../recorded/recording.js';
import { recordSocket } from '../recorded/socket-session.js';

const root = resolve(import.meta.dirname, '../../..');
const recorded = (file: string): string => readFileSync(resolve(root, 'test/e2e/recorded', file), 'utf8');

/** Answers with the bytes of an image. */
const WITHOUT_FIELDS = 'GetAvatarQuery';

/** Executed commands and queries with a result, and published events. */
const planted = new Set<string>();

it.beforeAll(({ server }) => {
  plantIntoAnswers(server.app.get(CommandBus));
  plantIntoAnswers(server.app.get(QueryBus));
  const publisher = server.app.get(ChatPublisherPort, { strict: false });
  const publish = publisher.publish.bind(publisher);
  publisher.publish = (event) => {
    planted.add(event.kind);
    publish(plantFields(event));
  };
  const presence = server.app.get(PresencePublisherPort, { strict: false });
  const publishPresence = presence.publishPresence.bind(presence);
  presence.publishPresence = (socketIds, shown) => {
    planted.add(presenceEvent.name);
    publishPresence(socketIds, plantFields(shown));
  };
  const profiles = server.app.get(ProfilePublisherPort, { strict: false });
  const publishProfile = profiles.publishProfile.bind(profiles);
  profiles.publishProfile = (profile, audience) => {
    planted.add(userUpdatedEvent.name);
    publishProfile(plantFields(profile), audience);
  };
});
it.afterEach(async ({ server }) => {
  await server.database.query('truncate users cascade');
});

function plantIntoAnswers(bus: { execute(message: object): Promise<unknown> }): void {
  const execute = bus.execute.bind(bus);
  bus.execute = async (message) => {
    const answer = await execute(message);
    if (answer !== undefined) planted.add(message.constructor.name);
    return plantFields(answer);
  };
}

it('an unknown field of a model is in no answer over HTTP: they are the same to the letter', async ({
  server,
}) => {
  const recording = new Recording(server.url);
  await recordHttp(recording);
  expect(recording.text).not.toContain(PLANTED);
  expect(recording.text).toBe(recorded('http.txt'));
});

it('an unknown field of a model is in no event and no acknowledgement: they are the same to the letter', async ({
  server,
}) => {
  const recording = new Recording(server.url);
  await recordSocket(recording, server, '4.8', 'websocket');
  expect(recording.text).not.toContain(PLANTED);
  expect(recording.text).toBe(recorded('socket.txt'));
});

it('nor is it in the answers that the recordings do not have', async ({ server }) => {
  const { token } = await server.signUp();
  const authorization = `Bearer ${token}`;
  const { body: post } = await server.call('POST', '/posts', { token, body: { title: 'a', content: 'b' } });
  const { body: read } = await server.call('GET', `/posts/${post.id}`);
  expect(read).toEqual(post);
  const image = new FormData();
  image.set('avatar', new Blob([PNG]), 'avatar.png');
  const uploaded = await request(server.url, '/users/me/avatar', {
    method: 'POST',
    headers: { authorization },
    body: image,
  });
  expect(uploaded.status).toBe(200);
  const other = await server.signUp();
  const direct = await server.call('PUT', `/chat/conversations/direct/${other.id}`, { token });
  expect((await server.call('PUT', `/users/me/blocks/${other.id}`, { token })).status).toBe(204);
  const blocks = await server.call('GET', '/users/me/blocks', { token });
  expect([direct.status, blocks.status]).toEqual([201, 200]);
  expect(JSON.stringify([post, read, uploaded.body, direct.body, blocks.body])).not.toContain(PLANTED);
});

it('nor is it in the answers and events of changed and ended memberships', async ({ server, connect }) => {
  const [owner, member, other] = [await server.signUp(), await server.signUp(), await server.signUp()];
  const conversationId = await server.createConversation(owner, [member, other]);
  const sockets = [await connect(owner), await connect(other)];
  for (const socket of sockets) await socket.emit('join_room', { conversationId });
  const call = async (method: string, path: string, body?: object) =>
    (await server.call(method, `/chat/conversations/${conversationId}${path}`, { token: owner.token, body }))
      .body;
  const answers = [
    await call('PATCH', `/members/${member.id}`, { role: 'admin' }),
    await call('PATCH', '', { title: 'New' }),
    await call('PUT', `/bans/${other.id}`, {}),
    await call('GET', '/bans'),
    await call('GET', '/changes?events=true'),
    await call('GET', '/messages/window?before=1&events=true'),
  ];
  const body = { since: { [conversationId]: 0 } };
  answers.push((await server.call('POST', '/chat/changes', { token: owner.token, body })).body.data[0]);
  expect(answers.slice(-3)).toMatchObject([
    { events: { length: 3 } },
    { events: { length: 3 } },
    { events: { length: 3 } },
  ]);
  await Promise.all(sockets.map((socket) => socket.settle()));
  const received = sockets.flatMap((socket) => socket.everything());
  expect(new Set(received.map(({ event }) => event))).toEqual(
    new Set(['ready', 'member_updated', 'conversation_updated', 'member_removed', 'conversation_removed']),
  );
  expect(JSON.stringify([answers, received])).not.toContain(PLANTED);
});

it('nor is it in what is shown of who is online', async ({ server, connect }) => {
  const [ada, bob] = [await server.signUp('Ada'), await server.signUp('Bob')];
  await server.createConversation(ada, [bob]);
  const watching = await connect(ada);
  const subscribed = await watching.emit('subscribe_presence', { userIds: [bob.id] });
  await connect(bob);
  const emitted = await watching.waitFor('presence', 1);
  const { body } = await server.call('GET', `/users/presence?ids=${bob.id}`, { token: ada.token });
  expect(body).toEqual({ presence: emitted });
  expect(JSON.stringify([subscribed, emitted, body])).not.toContain(PLANTED);
});

it('nor is it in a changed profile', async ({ server, connect }) => {
  const ada = await server.signUp('Ada');
  const socket = await connect(ada);
  await server.call('PUT', '/users/me', { token: ada.token, body: { displayName: 'Ada L.' } });
  expect(JSON.stringify(await socket.waitFor('user_updated', 1))).not.toContain(PLANTED);
});

it("nor in what is a member's alone, in totals and in readers", async ({ server, connect }) => {
  const [ada, bob] = [await server.signUp('Ada'), await server.signUp('Bob')];
  const socket = await connect(bob);
  const conversationId = await server.createConversation(ada, [bob]);
  const path = `/chat/conversations/${conversationId}`;
  const { body: message } = await server.call('POST', `${path}/messages`, {
    token: ada.token,
    body: { content: 'Hello!', mentions: [bob.id] },
  });
  const answers = [
    await server.call('PATCH', `${path}/me`, { token: bob.token, body: { pinned: true, lastReadSeq: 1 } }),
    await server.call('GET', `${path}/messages/${message.id}/readers`, { token: ada.token }),
    await server.call('GET', '/chat/unread', { token: bob.token }),
    await server.call('GET', '/chat/mentions', { token: bob.token }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const heard = await socket.waitFor('me_updated', 1);
  expect(JSON.stringify([answers.map(({ body }) => body), heard])).not.toContain(PLANTED);
});

it('nor is it in messages that change, alone and in lists, in their versions, and in the event', async ({
  server,
  connect,
}) => {
  const { token, ...owner } = await server.signUp();
  const conversationId = await server.createConversation({ ...owner, token });
  const path = `/chat/conversations/${conversationId}`;
  const call = (method: string, place: string, body?: object) =>
    server.call(method, path + place, { token, ...(body && { body }) });
  const { body: message } = await call('POST', '/messages', { content: 'Hello!' });
  const socket = await connect({ ...owner, token });
  await socket.emit('join_room', { conversationId });
  const place = `/messages/${message.id}`;
  const answers = [
    await call('PATCH', place, { content: 'New' }),
    await call('PUT', `${place}/pin`),
    await call('GET', place),
    await call('GET', `${place}/versions`),
    await call('GET', '/pins'),
    await call('PUT', `${place}/thread`),
    await call('GET', '/threads'),
    await server.call('GET', '/chat/threads', { token }),
    await call('PUT', `${place}/reactions/x`),
    await call('GET', `${place}/reactions`),
    await call('DELETE', place),
  ];
  expect(answers.map(({ status }) => status)).toEqual([
    200, 200, 200, 200, 200, 201, 200, 200, 200, 200, 204,
  ]);
  await socket.waitFor('message_updated', 5);
  expect(JSON.stringify([answers.map(({ body }) => body), socket.everything()])).not.toContain(PLANTED);
});

it('nor is it in what invites answer', async ({ server }) => {
  const [owner, guest] = [await server.signUp(), await server.signUp()];
  const conversationId = await server.createConversation(owner);
  const invites = `/chat/conversations/${conversationId}/invites`;
  const created = await server.call('POST', invites, { token: owner.token, body: {} });
  const link = `/chat/invites/${created.body.token}`;
  const answers = [
    created,
    await server.call('GET', invites, { token: owner.token }),
    await server.call('GET', link, { token: guest.token }),
    await server.call('POST', `${link}/join`, { token: guest.token }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 200]);
  expect(JSON.stringify(answers.map(({ body }) => body as unknown))).not.toContain(PLANTED);
});

it('every kind of event, and every command and query that answers something, has had one', () => {
  const answering = globSync('src/arch/modules/*/application/{commands,queries}/*.ts', { cwd: root })
    .flatMap((file) => [
      ...readFileSync(resolve(root, file), 'utf8').matchAll(
        /class (\w+) extends (?:Command|Query)<(?!void)/g,
      ),
    ])
    .map(([, name = '']) => name);
  expect(answering.length).toBeGreaterThan(15);
  const expected = [
    ...answering,
    ...Object.keys(chatEvents),
    userUpdatedEvent.name,
    presenceEvent.name,
  ].filter((name) => name !== WITHOUT_FIELDS);
  expect([...planted].toSorted()).toEqual(expected.toSorted());
});
