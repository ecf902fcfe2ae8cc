import { expect, it, onTestFinished, vi } from 'vitest';
import type { CauserieClient } from '../../src/api/client.ts';
import type { ClientOptions } from '../../src/api/options.ts';
import { createClient } from '../../src/client.ts';
import type { Message } from '../../src/contract.ts';
import type { Transport } from '../../src/ports.ts';
import { createTestServer, type TestServer, type TestServerOptions } from '../../src/testing/public-api.ts';

const ONE = 'GET /chat/conversations/:id/changes';
const SEVERAL = 'POST /chat/changes';

/** Ada has a client, and is with Bob in some conversations, in which he writes. */
async function meet(count: number, { silent, limits = {}, ...options }: Settings = {}) {
  const server = createTestServer(options);
  const { url, clock } = server;
  const [ada, bob] = [server.user('Ada'), server.user('Bob')];
  const ids = Array.from({ length: count }, () => server.conversation(ada, bob));
  const write = (content: string): void => ids.forEach((id) => void server.say(bob, id, content));
  write('before');
  const transport = server.transport();
  const client = createClient({
    url,
    clock,
    transport: silent ? withoutRemovals(transport) : transport,
    limits,
  });
  onTestFinished(() => client.close());
  await client.session.adopt(ada.tokens);
  client.connect();
  await clock.idle();
  const timelines = ids.map((id) => client.conversation(id).timeline);
  const newest = () =>
    timelines.map((timeline) => {
      const { items, stale } = timeline.getSnapshot();
      const last = items.at(-1);
      return stale ? 'stale' : last?.kind === 'message' ? last.message.content : null;
    });
  const open = () => Promise.all(timelines.map((timeline) => timeline.open()));
  return { server, ada, ids, client, write, open, newest };
}
type Settings = TestServerOptions & Pick<ClientOptions, 'limits'> & { readonly silent?: boolean };

/** Memberships that end are not told of. */
const withoutRemovals = (transport: Transport): Transport => ({
  ...transport,
  openSocket: (url, token, listener) =>
    transport.openSocket(url, token, {
      ...listener,
      onEvent: (name, payload) => {
        if (name !== 'conversation_removed') listener.onEvent(name, payload);
      },
    }),
});

/** Does something while there is no network. */
async function missed({ faults, clock, requests }: TestServer, work: () => void): Promise<void> {
  faults.goOffline();
  await clock.idle();
  work();
  requests.length = 0;
  faults.goOnline();
  await clock.advance(12_000);
}

/** Calls back once, when all rooms have been joined. */
function whenCatchingUp({ connection }: CauserieClient, work: () => void): void {
  const end = connection.subscribe(() => {
    if (connection.getSnapshot().status !== 'catching-up') return;
    end();
    work();
  });
}

const requestsOf = ({ requests }: TestServer): string[] =>
  requests.map(({ name }) => name).filter((name) => name === ONE || name === SEVERAL);

it('thirty conversations that are held take one request, and 120 take three', async () => {
  for (const [count, expected] of [
    [30, [SEVERAL]],
    [120, [SEVERAL, SEVERAL, SEVERAL]],
  ] as const) {
    const { server, write, open, newest } = await meet(count, { limits: { timelines: count } });
    await open();
    await missed(server, () => write('missed'));
    expect(new Set(newest())).toEqual(new Set(['missed']));
    expect(requestsOf(server)).toEqual(expected);
  }
});

it('what does not fit into an answer is in the next ones', async () => {
  const { server, write, open, newest } = await meet(4);
  await open();
  await missed(server, () => {
    for (let count = 0; count < 200; count += 1) write('missed');
    write('newest');
  });
  expect(newest()).toEqual(Array(4).fill('newest'));
  expect(requestsOf(server).length).toBeLessThanOrEqual(4);
});

it('a conversation that is there no more is dropped, and the others catch up', async () => {
  const { server, client, ada, ids, write, open, newest } = await meet(3, { silent: true });
  await Promise.all([open(), client.conversations.load()]);
  const params = { id: ids[1] ?? '', userId: ada.id };
  await missed(server, () => {
    write('missed');
    whenCatchingUp(client, () => ada.call('DELETE /chat/conversations/:id/members/:userId', { params }));
  });
  expect(newest()).toEqual(['missed', null, 'missed']);
  expect(client.conversations.getSnapshot().items.map(({ id }) => id)).not.toContain(ids[1]);
});

it('all begin anew when the server does not accept their numbers', async () => {
  const { server, client, ids, write, open, newest } = await meet(30);
  await open();
  for (const id of ids) client.conversation(id).timeline.subscribe(() => undefined);
  await missed(server, () => {
    write('missed');
    whenCatchingUp(client, () => server.faults.refuse('CURSOR_INVALID'));
  });
  expect(new Set(newest())).toEqual(new Set(['missed']));
  expect(requestsOf(server)).toEqual([SEVERAL]);
});

it('conversations whose changes are told share requests', async () => {
  const { server, client, write } = await meet(120);
  const told = vi.fn<(change: { readonly message: Message }) => void>();
  client.on('message', told);
  await server.clock.idle();
  await missed(server, () => write('missed'));
  expect(told.mock.calls.map(([{ message }]) => message.content)).toEqual(Array(120).fill('missed'));
  expect(requestsOf(server)).toEqual([SEVERAL, SEVERAL, SEVERAL]);
});

it('an older server is asked for each conversation, after one refusal in each connection', async () => {
  const { server, write, open, newest } = await meet(20, { without: [SEVERAL] });
  await open();
  for (const text of ['missed', 'missed again']) {
    await missed(server, () => write(text));
    expect(new Set(newest())).toEqual(new Set([text]));
    expect(requestsOf(server)).toEqual([SEVERAL, ...Array<string>(20).fill(ONE)]);
  }
});

it('a break in the midst of it loses nothing', async () => {
  const { server, write, open, newest } = await meet(30);
  await open();
  await missed(server, () => {
    write('missed');
    server.faults.slow(50);
    for (const after of [400, 700, 1_000]) server.clock.setTimer(after, () => server.faults.cut());
  });
  expect(new Set(newest())).toEqual(new Set(['missed']));
});

it.for(['logout', 'close'] as const)('after a %s in the midst of it nothing is asked for', async (way) => {
  const { server, client, write, open } = await meet(120, { limits: { timelines: 120 } });
  await open();
  await missed(server, () => {
    write('missed');
    whenCatchingUp(client, () => {
      server.faults.freeze();
      server.clock.setTimer(100, () => {
        if (way === 'close') void client.close();
        else void client.session.logout({ discard: true });
        server.faults.thaw();
      });
    });
  });
  expect(requestsOf(server)).toEqual([SEVERAL]);
});
