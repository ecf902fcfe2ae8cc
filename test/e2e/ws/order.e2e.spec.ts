import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';

interface ReceivedMessage {
  readonly content: string;
  readonly seq: number;
}

let server: TestServer;
let owner: TestUser;
let conversationId: string;
let socket: TestSocket;

beforeAll(async () => {
  server = await TestServer.start();
  owner = await server.signUp();
});
beforeEach(async () => {
  conversationId = await server.createConversation(owner);
  socket = await TestSocket.connect(server.url, owner.token);
});
afterAll(() => server.stop());

const contents = (count: number) => Array.from({ length: count }, (_, index) => `message ${index}`);
const send = (content: string) => socket.emit('send_message', { conversationId, content });
const seqs = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

test('200 sends without waiting arrive, and are stored, in the order of sending', async () => {
  await socket.emit('join_room', { conversationId });
  const acks = await Promise.all(contents(200).map(send));
  expect(acks.map(({ data }) => data.message.content)).toEqual(contents(200));
  expect(acks.map(({ data }) => data.message.seq)).toEqual(seqs(200));
  const received = await socket.waitFor<ReceivedMessage>('new_message', 200);
  expect(received).toEqual(acks.map(({ data }) => data.message));
});

test.each(['websocket', 'polling'])(
  'over %s, join then send at once: the own message is received',
  async (transport) => {
    const other = await TestSocket.connect(server.url, owner.token, { transports: [transport] });
    other.client.emit('join_room', { conversationId });
    for (const content of contents(20)) other.client.emit('send_message', { conversationId, content });
    const received = await other.waitFor<ReceivedMessage>('new_message', 20);
    expect(received.map(({ content }) => content)).toEqual(contents(20));
    expect(received.map(({ seq }) => seq)).toEqual(seqs(20));
    other.close();
  },
);

test('every event waits for the earlier ones: messages around leave and join are received accordingly', async () => {
  const steps = [
    'join_room',
    'a',
    'leave_room',
    'b',
    'join_room',
    'c',
    'leave_room',
    'leave_room',
    'd',
    'join_room',
  ];
  for (const step of [...steps, 'e']) {
    if (step.endsWith('_room')) socket.client.emit(step, { conversationId });
    else socket.client.emit('send_message', { conversationId, content: step });
  }
  await socket.settle();
  expect(socket.all<ReceivedMessage>('new_message').map(({ content }) => content)).toEqual(['a', 'c', 'e']);
  expect(socket.all<ReceivedMessage>('new_message').map(({ seq }) => seq)).toEqual([1, 3, 5]);
});

test('the ack of join_room counts what was sent just before it', async () => {
  for (const content of contents(5)) socket.client.emit('send_message', { conversationId, content });
  const { data } = await socket.emit('join_room', { conversationId });
  expect(data).toEqual({ conversationId, lastSeq: 5, rev: 5, epoch: expect.any(String) });
});

test('a failure in between holds nothing up and changes no order', async () => {
  await socket.emit('join_room', { conversationId });
  const acks = await Promise.all(['first', '', 'second', ' ', 'third'].map(send));
  expect(acks.map(({ ok }) => ok)).toEqual([true, false, true, false, true]);
  const received = await socket.waitFor<ReceivedMessage>('new_message', 3);
  expect(received.map(({ content, seq }) => [content, seq])).toEqual([
    ['first', 1],
    ['second', 2],
    ['third', 3],
  ]);
});

test('nothing falls between joining and the answer: history up to lastSeq, pushes after it', async () => {
  const users = await server.signUpMembers(owner, conversationId, 4);
  const listeners = await Promise.all(
    Array.from({ length: 40 }, (_, index) => TestSocket.connect(server.url, users[index % 4]?.token ?? '')),
  );
  const sends = contents(200).map(send);
  const missed = await Promise.all(
    listeners.map(async (listener, index) => {
      await sends[index * 4];
      const { data } = await listener.emit('join_room', { conversationId });
      await Promise.all(sends);
      await listener.settle();
      const pushed = new Set(listener.all<ReceivedMessage>('new_message').map(({ seq }) => seq));
      return seqs(200).filter((seq) => seq > data.lastSeq && !pushed.has(seq));
    }),
  );
  expect(missed.flat()).toEqual([]);
  for (const listener of listeners) listener.close();
});
