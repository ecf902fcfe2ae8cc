import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { RoomEmitterPort } from '../../../src/arch/common/application/ports/room-emitter.port.js';
import { EventQuota } from '../../../src/arch/common/interface/ws/events/event-quota.js';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';
import {
  GatewayOfDisconnects,
  GatewayOfEmptyText,
  GatewayOfNothing,
  GatewayOfPattern,
  GatewayOfSlash,
  GreedyGateway,
  GreedyGatewayWithoutSlash,
  NewsGateway,
  SecondGateway,
  SecondGatewayWithoutSlash,
  withPlanted,
} from './planted-gateways.js';

let server: TestServer;
let ada: TestUser;
let bob: TestUser;
let conversationId: string;
const sockets: TestSocket[] = [];

async function connect({ token }: TestUser, namespace = '/chat'): Promise<TestSocket> {
  const socket = await TestSocket.connect(server.url, token, {}, namespace);
  sockets.push(socket);
  return socket;
}

async function prepare(): Promise<void> {
  [ada, bob] = await Promise.all([server.signUp('Ada'), server.signUp('Bob')]);
  conversationId = await server.createConversation(ada, [bob]);
}

/** Resolves with the reason when the connection is closed. */
const ended = ({ client }: TestSocket): Promise<string> =>
  new Promise((resolve) => void client.once('disconnect', resolve));

/** Expects that both receive a message, once, and none after a logout. */
async function expectChat(): Promise<void> {
  const [one, other] = [await connect(ada), await connect(bob)];
  for (const socket of [one, other])
    expect((await socket.emit('join_room', { conversationId })).ok).toBe(true);
  expect((await one.emit('send_message', { conversationId, content: 'Hello' })).ok).toBe(true);
  await server.call('POST', `/chat/conversations/${conversationId}/messages`, {
    token: ada.token,
    body: { content: 'Over HTTP' },
  });
  for (const socket of [one, other]) {
    await socket.waitFor('new_message', 2);
    await socket.settle();
    expect(socket.all('new_message').map(({ content }) => content)).toEqual(['Hello', 'Over HTTP']);
  }
  const gone = ended(one);
  await server.call('POST', '/auth/logout', { token: ada.token });
  expect(await gone).toBe('io server disconnect');
  expect(one.all('session_revoked')).toEqual([{ code: 'SESSION_REVOKED' }]);
  expect(other.client.connected).toBe(true);
}

afterEach(() => sockets.splice(0).forEach((socket) => socket.close()));

describe.each([
  ['/chat', 'before', SecondGateway],
  ['/chat', 'after', SecondGateway],
  ['chat', 'before', SecondGatewayWithoutSlash],
  ['chat', 'after', SecondGatewayWithoutSlash],
] as const)('a second gateway of %s, %s the first', (_namespace, place, gateway) => {
  beforeAll(async () => {
    server = await withPlanted(gateway, place, () => TestServer.start());
    await prepare();
  });
  afterAll(() => server.stop());

  it('leaves live delivery and revocation as they are', expectChat);

  it('answers its events, the first one answers its own, and unknown ones are refused, each once', async () => {
    const socket = await connect(bob);
    expect(await socket.emit('echo', { n: 1 })).toEqual({ ok: true, data: { payload: { n: 1 } } });
    expect(await socket.emit('join_room', { conversationId })).toMatchObject({ ok: true });
    expect(await socket.emit('nothing', {})).toMatchObject({ ok: false, error: { code: 'UNKNOWN_EVENT' } });
    await socket.settle();
    expect(socket.all('error').map(({ code, event }) => `${String(event)} ${String(code)}`)).toEqual([
      'nothing UNKNOWN_EVENT',
    ]);
  });

  it('shares one queue with it: events of both take effect in the order in which they came', async () => {
    const socket = await connect(bob);
    const answered: string[] = [];
    const emit = async (event: string, payload: object): Promise<void> => {
      await socket.emit(event, payload);
      answered.push(event);
    };
    const all = [emit('slow', {}), emit('join_room', { conversationId }), emit('echo', {})];
    await socket.reached();
    expect(answered).toEqual([]);
    server.app.get<SecondGateway>(gateway, { strict: false }).finish();
    await Promise.all(all);
    expect(answered).toEqual(['slow', 'join_room', 'echo']);
  });

  it('shares one quota with it: an event is counted once', async () => {
    const socket = await connect(bob);
    const take = vi.spyOn(server.app.get(EventQuota), 'takeEvent');
    await socket.emit('echo', {});
    await socket.emit('leave_room', { conversationId });
    expect(take).toHaveBeenCalledTimes(2);
    take.mockRestore();
  });
});

it.each([
  ['/chat', 'before', GreedyGateway],
  ['/chat', 'after', GreedyGateway],
  ['chat', 'after', GreedyGatewayWithoutSlash],
] as const)(
  'an event that two gateways of %s listen to fails the start (%s the first)',
  async (_namespace, place, gateway) => {
    await expect(withPlanted(gateway, place, () => TestServer.start())).rejects.toThrow(
      /The event send_message of \/chat is listened to twice: by (Chat|Greedy)Gateway\w* and (Chat|Greedy)Gateway\w*\./,
    );
  },
);

it.each([GatewayOfNothing, GatewayOfSlash, GatewayOfEmptyText, GatewayOfPattern])(
  'a gateway to which nobody could connect fails the start: %o',
  async (gateway) => {
    await expect(withPlanted(gateway, 'after', () => TestServer.start())).rejects.toThrow(
      `The gateway ${gateway.name} names no namespace`,
    );
  },
);

it('a gateway with a handleDisconnect, which would never be called, fails the start', async () => {
  await expect(withPlanted(GatewayOfDisconnects, 'after', () => TestServer.start())).rejects.toThrow(
    'The gateway GatewayOfDisconnects has a handleDisconnect',
  );
});

describe.each(['before', 'after'] as const)('a second namespace, made %s the first', (place) => {
  beforeAll(async () => {
    server = await withPlanted(NewsGateway, place, () => TestServer.start());
    await prepare();
  });
  afterAll(() => server.stop());

  it('leaves live delivery and revocation as they are', expectChat);

  it('has rooms of its own: an event for a room of the chat does not reach one of the same name', async () => {
    const [news, chat] = [await connect(bob, '/news'), await connect(bob)];
    await news.emit('join_room', { room: conversationId });
    await chat.emit('join_room', { conversationId });
    const rooms = server.app.get(RoomEmitterPort);
    rooms.emitToRoom('/chat', conversationId, 'said', { to: 'chat' });
    rooms.emitToRoom('/news', conversationId, 'said', { to: 'news' });
    expect(await news.waitFor('said', 1)).toEqual([{ to: 'news' }]);
    expect(await chat.waitFor('said', 1)).toEqual([{ to: 'chat' }]);
  });

  it('ends its sockets with their session', async () => {
    const [news, chat] = [await connect(bob, '/news'), await connect(bob)];
    const gone = Promise.all([news, chat].map(ended));
    await server.call('POST', '/auth/logout', { token: bob.token });
    expect(await gone).toEqual(['io server disconnect', 'io server disconnect']);
  });
});
