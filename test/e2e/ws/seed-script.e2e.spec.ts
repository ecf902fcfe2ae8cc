import { io, type Socket } from 'socket.io-client';
import { afterEach, expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';

interface ReceivedMessage {
  readonly content: string;
  readonly senderId: string;
  readonly conversationId: string;
}

const clients: Socket[] = [];

const test = apiTest
  .extend('user1', PER_FILE, ({ server }) => server.signUp('User 1'))
  .extend('user2', PER_FILE, ({ server }) => server.signUp('User 2'))
  .extend('conversationId', PER_FILE, ({ server, user1, user2 }) => server.createConversation(user1, [user2]))
  .extend('steps', PER_FILE, ({ server }) => {
    /** Connects like the seed's scripts: a stock client with nothing but a token. */
    function openStock(token: string): Socket {
      const socket = io(`${server.url}/chat`, { auth: { token }, forceNew: true });
      clients.push(socket);
      return socket;
    }

    return { openStock };
  });

afterEach(() => {
  for (const client of clients.splice(0)) client.disconnect();
});

test('the seed’s script: join and send in the connect handler, and read the own message', async ({
  steps,
  user1,
  conversationId,
}) => {
  const socket = steps.openStock(user1.token);
  const errors: unknown[] = [];
  const received = Promise.withResolvers<ReceivedMessage>();
  socket.on('connect', () => {
    socket.emit('join_room', { conversationId });
    socket.emit('send_message', { conversationId, content: 'Hello depuis WebSocket !' });
  });
  socket.on('new_message', received.resolve);
  socket.on('error', (error) => errors.push(error));

  expect(await received.promise).toMatchObject({
    conversationId,
    senderId: user1.id,
    content: 'Hello depuis WebSocket !',
  });
  expect(errors).toEqual([]);
  const disconnect = new Promise((resolve) => void socket.on('disconnect', resolve));
  socket.disconnect();
  expect(await disconnect).toBe('io client disconnect');
});

test('the seed’s invalid token: the connection is refused as "Unauthorized"', async ({ steps }) => {
  const socket = steps.openStock('token-invalide');
  const error = await new Promise<Error>((resolve) => void socket.on('connect_error', resolve));
  expect(error.message).toBe('Unauthorized');
  expect(socket.connected).toBe(false);
});

test('the seed’s two terminals: user 1 listens, user 2 sends, both see it', async ({
  steps,
  user1,
  conversationId,
  user2,
}) => {
  const listener = steps.openStock(user1.token);
  const joined = Promise.withResolvers<void>();
  listener.on('connect', () => void listener.emit('join_room', { conversationId }, () => joined.resolve()));
  const receivedBy1 = new Promise<ReceivedMessage>((resolve) => void listener.on('new_message', resolve));
  await joined.promise;

  const sender = steps.openStock(user2.token);
  const receivedBy2 = new Promise<ReceivedMessage>((resolve) => void sender.on('new_message', resolve));
  sender.on('connect', () => {
    sender.emit('join_room', { conversationId });
    sender.emit('send_message', { conversationId, content: 'Coucou !' });
  });

  const [first, second] = await Promise.all([receivedBy1, receivedBy2]);
  expect(first).toMatchObject({ content: 'Coucou !', senderId: user2.id });
  expect(second).toEqual(first);
});

test('the seed’s Postman way: the token in the Authorization header', async ({ server, user1 }) => {
  const socket = io(`${server.url}/chat`, {
    forceNew: true,
    extraHeaders: { authorization: `Bearer ${user1.token}` },
  });
  clients.push(socket);
  const ready = await new Promise((resolve) => void socket.on('ready', resolve));
  expect(ready).toMatchObject({ userId: user1.id });
});
