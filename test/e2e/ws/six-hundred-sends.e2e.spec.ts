import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { type Ack, TestSocket } from '../../support/test-socket.js';

interface StoredMessage {
  readonly id: string;
  readonly seq: number;
  readonly rev: number;
  readonly senderId: string;
  readonly content: string;
}

const EACH = 100;
const ALL = Array.from({ length: 6 * EACH }, (_, index) => index + 1);
const contents = Array.from({ length: EACH }, (_, index) => String(index));

let server: TestServer;
let members: TestUser[];
let conversationId: string;
let sockets: TestSocket[];
let answers: StoredMessage[][];

const overSocket = (index: number) =>
  Promise.all(
    contents.map(async (content): Promise<StoredMessage> => {
      // `emit` of the helper is not used: on a busy machine the last answer may take longer than its time limit.
      const ack: Ack = await sockets[index]?.client.emitWithAck('send_message', { conversationId, content });
      return ack.data.message;
    }),
  );
const overHttp = async (index: number, content: string): Promise<StoredMessage> => {
  const path = `/chat/conversations/${conversationId}/messages`;
  const token = members[index]?.token ?? '';
  return (await server.call('POST', path, { token, body: { content } })).body;
};
const overHttpAtOnce = (index: number) => Promise.all(contents.map((content) => overHttp(index, content)));
const overHttpInTurn = async (index: number) => {
  const sent: StoredMessage[] = [];
  for (const content of contents) sent.push(await overHttp(index, content));
  return sent;
};

/** Members 0 to 2 send over WebSockets without waiting, 3 likewise over polling, 4 and 5 over HTTP. */
beforeAll(async () => {
  server = await TestServer.start();
  members = await Promise.all(Array.from({ length: 6 }, () => server.signUp()));
  const [owner, ...others] = members as [TestUser, ...TestUser[]];
  conversationId = await server.createConversation(owner, others);
  sockets = await Promise.all(
    members.map(({ token }, index) =>
      TestSocket.connect(server.url, token, { transports: [index === 3 ? 'polling' : 'websocket'] }),
    ),
  );
  await Promise.all(sockets.map((socket) => socket.emit('join_room', { conversationId })));
  answers = await Promise.all([...[0, 1, 2, 3].map(overSocket), overHttpAtOnce(4), overHttpInTurn(5)]);
  await Promise.all(sockets.map((socket) => socket.settle()));
  // It takes a few seconds; on a busy machine it may take many.
}, 120_000);
afterAll(() => server.stop());

const byOrder = (a: number, b: number) => a - b;

test('600 concurrent sends have the seq 1..600 and the rev 1..600', () => {
  expect(
    answers
      .flat()
      .map(({ seq }) => seq)
      .toSorted(byOrder),
  ).toEqual(ALL);
  expect(
    answers
      .flat()
      .map(({ rev }) => rev)
      .toSorted(byOrder),
  ).toEqual(ALL);
});

test('every listener gets all 600 in the order of rev, each once', () => {
  for (const socket of sockets) {
    expect(socket.all<StoredMessage>('new_message').map(({ rev }) => rev)).toEqual(ALL);
  }
});

test('every listener gets the same, and what the senders were answered', () => {
  const answered = answers.flat().toSorted((a, b) => a.rev - b.rev);
  for (const socket of sockets) expect(socket.all('new_message')).toEqual(answered);
});

test('each sender’s own order is kept', () => {
  const received = sockets[0]?.all<StoredMessage>('new_message') ?? [];
  const inOrder = members.filter((_, index) => index !== 4);
  for (const { id } of inOrder) {
    expect(received.filter(({ senderId }) => senderId === id).map(({ content }) => content)).toEqual(
      contents,
    );
  }
});

test('the senders were really at it at the same time', () => {
  const received = sockets[0]?.all<StoredMessage>('new_message') ?? [];
  const changes = received.filter(
    ({ senderId }, index) => index > 0 && senderId !== received[index - 1]?.senderId,
  );
  expect(changes.length).toBeGreaterThan(members.length - 1);
});

test('the database agrees', async () => {
  const stored = await server.database.query<{ id: string; seq: string; rev: string }>(
    'select id, seq, rev from messages where conversation_id = $1 order by seq',
    [conversationId],
  );
  const received = sockets[0]?.all<StoredMessage>('new_message') ?? [];
  expect(stored.map(({ id, seq, rev }) => [id, Number(seq), Number(rev)])).toEqual(
    received.map(({ id, seq, rev }) => [id, seq, rev]),
  );
  const [head] = await server.database.query('select last_seq, rev from conversation_heads where id = $1', [
    conversationId,
  ]);
  expect(head).toEqual({ last_seq: '600', rev: '600' });
});
