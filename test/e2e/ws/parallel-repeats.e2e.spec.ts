import { afterAll, expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import type { TestUser } from '../../support/test-server.js';
import { TestSocket } from '../../support/test-socket.js';

interface StoredMessage {
  readonly id: string;
  readonly seq: number;
  readonly rev: number;
  readonly clientMessageId: string;
}

const MESSAGES = Array.from({ length: 120 }, (_, index) => index);

let owner: TestUser;
let conversationId: string;
/** Two sockets that send, and one that only listens. */
let sockets: [TestSocket, TestSocket, TestSocket];

const test = apiTest.extend('steps', PER_FILE, ({ server }) => {
  async function overHttp(index: number) {
    const path = `/chat/conversations/${conversationId}/messages`;
    const answer = await server.call('POST', path, { token: owner.token, body: body(index) });
    return {
      fresh: answer.status === 201,
      repeated: answer.status === 200,
      message: answer.body as StoredMessage,
    };
  }
  /** Sends it twice over one transport and once over the other, or twice over the other. */
  const sendThrice = (index: number) =>
    Promise.all(
      (index % 2 === 0
        ? [overHttp, overSocket(0), overSocket(1)]
        : [overSocket(index % 4 === 1 ? 0 : 1), overHttp, overHttp]
      ).map((send) => send(index)),
    );

  return { sendThrice };
});

test.beforeAll(async ({ server }) => {
  owner = await server.signUp();
  conversationId = await server.createConversation(owner);
  const connect = () => TestSocket.connect(server.url, owner.token);
  sockets = await Promise.all([connect(), connect(), connect()]);
  await Promise.all(sockets.map((socket) => socket.emit('join_room', { conversationId })));
});
afterAll(() => {
  for (const socket of sockets) socket.close();
});

const body = (index: number) => ({ content: `message ${index}`, clientMessageId: `id-${index}` });

/** `emit` of the helper is not used: on a busy machine the last answer may take longer than its time limit. */
const overSocket = (which: 0 | 1) => async (index: number) => {
  const { ok, data } = await sockets[which].client.emitWithAck('send_message', {
    conversationId,
    ...body(index),
  });
  return {
    fresh: ok && !data.duplicate,
    repeated: ok && data.duplicate,
    message: data.message as StoredMessage,
  };
};

test('each of many messages sent three times at once over both transports: one stored, one pushed, two duplicates', async ({
  steps,
  server,
}) => {
  const answers = await Promise.all(MESSAGES.map(steps.sendThrice));
  for (const three of answers) {
    expect(three.filter(({ fresh }) => fresh)).toHaveLength(1);
    expect(three.filter(({ repeated }) => repeated)).toHaveLength(2);
    for (const { message } of three) expect(message).toEqual(three[0]?.message);
  }

  const sent = answers.map(([first]) => first?.message as StoredMessage).toSorted((a, b) => a.rev - b.rev);
  expect(sent.map(({ seq }) => seq)).toEqual(MESSAGES.map((index) => index + 1));
  await Promise.all(sockets.map((socket) => socket.settle()));
  for (const socket of sockets) expect(socket.all('new_message')).toEqual(sent);
  const stored = await server.database.query('select id from messages order by seq');
  expect(stored.map(({ id }) => id)).toEqual(sent.map(({ id }) => id));
});
