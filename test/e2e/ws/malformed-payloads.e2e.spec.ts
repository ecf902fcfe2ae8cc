import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestServer, type TestUser } from '../../support/test-server.js';
import { type Ack, TestSocket } from '../../support/test-socket.js';

let server: TestServer;
let owner: TestUser;
let id: string;
let socket: TestSocket;

beforeAll(async () => {
  server = await TestServer.start();
  owner = await server.signUp();
  id = await server.createConversation(owner);
  socket = await TestSocket.connect(server.url, owner.token);
});
afterAll(() => server.stop());

interface Outcome {
  readonly ack: Omit<Ack, 'data'>;
  readonly errors: readonly unknown[];
  readonly afterwards: boolean;
}

/** Sends it with and without an ack; the socket must work afterwards, also when it has been sent the worst. */
async function send(event: string, ...args: unknown[]): Promise<Outcome> {
  const before = socket.all('error').length;
  const ack = await socket.emit(event, ...args);
  socket.client.emit(event, ...args);
  const { ok: afterwards } = await socket.emit('join_room', { conversationId: id });
  return { ack, errors: socket.all('error').slice(before), afterwards };
}

/** Refused for what is at `path`; '' is the payload itself. */
function refused(event: string, path: string): Outcome {
  const message: string = expect.stringMatching(/\w/);
  const details = expect.arrayContaining([{ path, message }]);
  const code = 'VALIDATION_FAILED';
  const error = { code, message, statusCode: 400, details };
  return {
    ack: { ok: false, error },
    errors: [1, 2].map(() => ({ ...error, event })),
    afterwards: true,
  };
}

describe.each([
  ['join_room', {}],
  ['leave_room', {}],
  ['send_message', { content: 'x' }],
  ['mark_read', { seq: 1 }],
  ['typing', { isTyping: true }],
])('%s', (event, rest) => {
  const valid = () => ({ conversationId: id, ...rest });

  test.each<[string, () => unknown[], string?]>([
    ['nothing', () => []],
    ['null', () => [null]],
    ['a number', () => [7]],
    ['a text', () => [id]],
    ['a boolean', () => [true]],
    ['an array', () => [[]]],
    ['the payload in an array', () => [[valid()]]],
    ['two arguments', () => [valid(), {}]],
    ['the payload after another argument', () => [null, valid()]],
    ['binary', () => [Buffer.from('x')]],
    ['an unknown field', () => [{ ...valid(), senderId: 'x' }], 'senderId'],
    ['a field of every object', () => [{ ...valid(), toString: 'x' }], 'toString'],
  ])('with %s', async (_, args, path = '') => {
    expect(await send(event, ...args())).toEqual(refused(event, path));
  });

  test('with an empty object', async () => {
    expect(await send(event, {})).toEqual(refused(event, 'conversationId'));
  });

  const uuid = crypto.randomUUID();
  test.each([null, 7, {}, [], true, '', 'x', 'undefined', `${uuid} `, `{${uuid}}`, Buffer.from(uuid)])(
    'with the conversationId %j',
    async (conversationId) => {
      expect(await send(event, { ...valid(), conversationId })).toEqual(refused(event, 'conversationId'));
    },
  );
});

describe('send_message', () => {
  test.each([
    ['missing', undefined],
    ['null', null],
    ['a number', 7],
    ['an object', {}],
    ['an array', ['x']],
    ['binary', Buffer.from('x')],
    ['empty', ''],
    ['spaces', ' \t\n '],
    ['Unicode spaces', '\u00a0\u2003\ufeff\u2028'],
    ['invisible', '\u200b\u200d\ufe0f'],
    ['4,001 characters', 'x'.repeat(4_001)],
    ['4,001 emoji', '🦀'.repeat(4_001)],
    ['U+0000', 'a\0b'],
    ['a lone high surrogate', 'a\ud83e'],
    ['a lone low surrogate', '\udd80b'],
  ])('with content that is %s', async (_, content) => {
    const outcome = await send('send_message', { conversationId: id, content });
    expect(outcome).toEqual(refused('send_message', 'content'));
  });

  test.each([null, 7, {}, '', 'a b', 'é', 'a\n', 'x'.repeat(65), '<script>'])(
    'with the clientMessageId %j',
    async (clientMessageId) => {
      const outcome = await send('send_message', { conversationId: id, content: 'x', clientMessageId });
      expect(outcome).toEqual(refused('send_message', 'clientMessageId'));
    },
  );

  test('with a good clientMessageId, says so in "error"', async () => {
    const { errors } = await send('send_message', {
      conversationId: id,
      content: '',
      clientMessageId: 'a-1',
    });
    expect(errors).toMatchObject([{ clientMessageId: 'a-1' }, { clientMessageId: 'a-1' }]);
  });
});

describe('mark_read', () => {
  test.each([undefined, null, '1', -1, 1.5, 2 ** 53, 1e300, true, {}, [1], Buffer.from('1')])(
    'with the seq %j',
    async (seq) => {
      expect(await send('mark_read', { conversationId: id, seq })).toEqual(refused('mark_read', 'seq'));
    },
  );
});

describe('join_all', () => {
  test.each<[unknown, string]>([
    ...[null, 7, 'x', true, [], [{}]].map((payload): [unknown, string] => [payload, '']),
    [{ conversationId: 'x' }, 'conversationId'],
    [{ limit: 5 }, 'limit'],
    [Buffer.from('x'), ''],
  ])('with %j', async (payload, path) => {
    expect(await send('join_all', payload)).toEqual(refused('join_all', path));
  });
});

describe('typing', () => {
  test.each([undefined, null, 'true', 0, 1, {}, [true]])('with isTyping %j', async (isTyping) => {
    const outcome = await send('typing', { conversationId: id, isTyping });
    expect(outcome).toEqual(refused('typing', 'isTyping'));
  });
});

test('nothing of all that was stored or heard', async () => {
  expect(await server.database.query('select from messages')).toEqual([]);
  expect(socket.all('new_message')).toEqual([]);
});
