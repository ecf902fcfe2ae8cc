import { describe, expect } from 'vitest';
import { apiTest, PER_FILE } from '../../support/api-test.js';
import { type Ack, TestSocket } from '../../support/test-socket.js';

/** A row of one value: `for` prints a bare `null` as `undefined`. */
const rowOf = (value: unknown) => [value] as const;

const test = apiTest
  .extend('id', PER_FILE, ({ server, owner }) => server.createConversation(owner))
  .extend('socket', PER_FILE, ({ server, owner }) => TestSocket.connect(server.url, owner.token))
  .extend('steps', PER_FILE, ({ socket, id }) => {
    /** Sends it with and without an acknowledgement; the socket must still work afterwards. */
    async function send(event: string, ...args: unknown[]): Promise<Outcome> {
      const before = socket.all('error').length;
      const ack = await socket.emit(event, ...args);
      socket.client.emit(event, ...args);
      const { ok: afterwards } = await socket.emit('join_room', { conversationId: id });
      return { ack, errors: socket.all('error').slice(before), afterwards };
    }

    return { send };
  });

interface Outcome {
  readonly ack: Omit<Ack, 'data'>;
  readonly errors: readonly unknown[];
  readonly afterwards: boolean;
}

/** The refused path; '' is the payload itself. */
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
  const valid = (id: string) => ({ conversationId: id, ...rest });

  test.for<[string, (id: string) => unknown[], string?]>([
    ['nothing', () => []],
    ['null', () => [null]],
    ['a number', () => [7]],
    ['a text', (id: string) => [id]],
    ['a boolean', () => [true]],
    ['an array', () => [[]]],
    ['the payload in an array', (id: string) => [[valid(id)]]],
    ['two arguments', (id: string) => [valid(id), {}]],
    ['the payload after another argument', (id: string) => [null, valid(id)]],
    ['binary', () => [Buffer.from('x')]],
    ['an unknown field', (id: string) => [{ ...valid(id), senderId: 'x' }], 'senderId'],
    ['a field of every object', (id: string) => [{ ...valid(id), toString: 'x' }], 'toString'],
  ])('with %s', async ([, args, path = ''], { steps, id }) => {
    expect(await steps.send(event, ...args(id))).toEqual(refused(event, path));
  });

  test('with an empty object', async ({ steps }) => {
    expect(await steps.send(event, {})).toEqual(refused(event, 'conversationId'));
  });

  const uuid = crypto.randomUUID();
  test.for(
    [null, 7, {}, [], true, '', 'x', 'undefined', `${uuid} `, `{${uuid}}`, Buffer.from(uuid)].map(rowOf),
  )('with the conversationId %j', async ([conversationId], { steps, id }) => {
    expect(await steps.send(event, { ...valid(id), conversationId })).toEqual(
      refused(event, 'conversationId'),
    );
  });
});

describe('send_message', () => {
  test.for([
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
  ] as const)('with content that is %s', async ([, content], { steps, id }) => {
    const outcome = await steps.send('send_message', { conversationId: id, content });
    expect(outcome).toEqual(refused('send_message', 'content'));
  });

  test.for([null, 7, {}, '', 'a b', 'é', 'a\n', 'x'.repeat(65), '<script>'].map(rowOf))(
    'with the clientMessageId %j',
    async ([clientMessageId], { steps, id }) => {
      const outcome = await steps.send('send_message', { conversationId: id, content: 'x', clientMessageId });
      expect(outcome).toEqual(refused('send_message', 'clientMessageId'));
    },
  );

  test('with a valid clientMessageId, has it in "error"', async ({ steps, id }) => {
    const { errors } = await steps.send('send_message', {
      conversationId: id,
      content: '',
      clientMessageId: 'a-1',
    });
    expect(errors).toMatchObject([{ clientMessageId: 'a-1' }, { clientMessageId: 'a-1' }]);
  });
});

describe('mark_read', () => {
  test.for([undefined, null, '1', -1, 1.5, 2 ** 53, 1e300, true, {}, [1], Buffer.from('1')].map(rowOf))(
    'with the seq %j',
    async ([seq], { steps, id }) => {
      expect(await steps.send('mark_read', { conversationId: id, seq })).toEqual(refused('mark_read', 'seq'));
    },
  );
});

describe('join_all', () => {
  test.for<[unknown, string]>([
    ...[null, 7, 'x', true, [], [{}]].map((payload): [unknown, string] => [payload, '']),
    [{ conversationId: 'x' }, 'conversationId'],
    [{ limit: 5 }, 'limit'],
    [Buffer.from('x'), ''],
  ])('with %j', async ([payload, path], { steps }) => {
    expect(await steps.send('join_all', payload)).toEqual(refused('join_all', path));
  });
});

describe('typing', () => {
  test.for([undefined, null, 'true', 0, 1, {}, [true]].map(rowOf))(
    'with isTyping %j',
    async ([isTyping], { steps, id }) => {
      const outcome = await steps.send('typing', { conversationId: id, isTyping });
      expect(outcome).toEqual(refused('typing', 'isTyping'));
    },
  );
});

test('none of these was stored or emitted', async ({ server, socket }) => {
  expect(await server.database.query('select from messages')).toEqual([]);
  expect(socket.all('new_message')).toEqual([]);
});
