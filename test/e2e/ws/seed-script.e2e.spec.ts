import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';

interface SaidMessage {
  readonly content: string;
  readonly senderId: string;
  readonly conversationId: string;
}

let server: TestServer;
let user1: TestUser;
let user2: TestUser;
let conversationId: string;
const clients: Socket[] = [];

/** As the seed's scripts do it: the stock client with nothing but a token. */
function connect(token: string): Socket {
  const socket = io(`${server.url}/chat`, { auth: { token }, forceNew: true });
  clients.push(socket);
  return socket;
}

beforeAll(async () => {
  server = await TestServer.start();
  [user1, user2] = await Promise.all([server.signUp('User 1'), server.signUp('User 2')]);
  conversationId = await server.createConversation(user1, [user2]);
});
afterEach(() => {
  for (const client of clients.splice(0)) client.disconnect();
});
afterAll(() => server.stop());

test('the seed’s script: join and send in the connect handler, and read the own message', async () => {
  const socket = connect(user1.token);
  const errors: unknown[] = [];
  const heard = Promise.withResolvers<SaidMessage>();
  socket.on('connect', () => {
    socket.emit('join_room', { conversationId });
    socket.emit('send_message', { conversationId, content: 'Hello depuis WebSocket !' });
  });
  socket.on('new_message', heard.resolve);
  socket.on('error', (error) => errors.push(error));

  expect(await heard.promise).toMatchObject({
    conversationId,
    senderId: user1.id,
    content: 'Hello depuis WebSocket !',
  });
  expect(errors).toEqual([]);
  const disconnect = new Promise((resolve) => void socket.on('disconnect', resolve));
  socket.disconnect();
  expect(await disconnect).toBe('io client disconnect');
});

test('the seed’s invalid token: the connection is refused as "Unauthorized"', async () => {
  const socket = connect('token-invalide');
  const error = await new Promise<Error>((resolve) => void socket.on('connect_error', resolve));
  expect(error.message).toBe('Unauthorized');
  expect(socket.connected).toBe(false);
});

test('the seed’s two terminals: user 1 listens, user 2 sends, both see it', async () => {
  const listener = connect(user1.token);
  const joined = Promise.withResolvers<void>();
  listener.on('connect', () => void listener.emit('join_room', { conversationId }, () => joined.resolve()));
  const heardBy1 = new Promise<SaidMessage>((resolve) => void listener.on('new_message', resolve));
  await joined.promise;

  const sender = connect(user2.token);
  const heardBy2 = new Promise<SaidMessage>((resolve) => void sender.on('new_message', resolve));
  sender.on('connect', () => {
    sender.emit('join_room', { conversationId });
    sender.emit('send_message', { conversationId, content: 'Coucou !' });
  });

  const [first, second] = await Promise.all([heardBy1, heardBy2]);
  expect(first).toMatchObject({ content: 'Coucou !', senderId: user2.id });
  expect(second).toEqual(first);
});

test('the seed’s Postman way: the token in the Authorization header', async () => {
  const socket = io(`${server.url}/chat`, {
    forceNew: true,
    extraHeaders: { authorization: `Bearer ${user1.token}` },
  });
  clients.push(socket);
  const ready = await new Promise((resolve) => void socket.on('ready', resolve));
  expect(ready).toMatchObject({ userId: user1.id });
});
