import {
  type CauserieClient,
  type ClientOptions,
  createClient,
  type Observable,
  type TimelineState,
} from '@causerie/client';
import { apiTest } from '../support/api-test.js';
import { FaultProxy } from '../support/fault-proxy.js';
import type { TestServer, TestUser } from '../support/test-server.js';

/** The test of a spec of the client against the real server. */
export const clientTest = apiTest
  /** A way to the server that breaks. */
  .extend('proxy', async ({ server }, { onCleanup }) => {
    const proxy = await FaultProxy.open(server.url);
    onCleanup(() => proxy.close());
    return proxy;
  })
  .extend('clientOf', ({ server }, { onCleanup }) => {
    const clients: CauserieClient[] = [];
    onCleanup(async () => {
      await Promise.all(clients.map((client) => client.close()));
    });
    /** A client that is signed in, and closed after the test. */
    return ({ token }: Pick<TestUser, 'token'>, options: ClientOptions = {}): CauserieClient => {
      const auth = { kind: 'token', getToken: () => Promise.resolve(token) } as const;
      const client = createClient({ url: server.url, auth, ...options });
      clients.push(client);
      return client;
    };
  });

/** Resolves with the first snapshot that fits. */
export function until<T>(observable: Observable<T>, fits: (snapshot: T) => boolean): Promise<T> {
  return new Promise((resolve) => {
    const ends: (() => void)[] = [];
    const check = (): void => {
      const snapshot = observable.getSnapshot();
      if (!fits(snapshot)) return;
      for (const end of ends) end();
      resolve(snapshot);
    };
    ends.push(observable.subscribe(check));
    check();
  });
}

/** What is shown; in brackets what is not stored yet. */
export const textsOf = ({ items }: TimelineState): string[] =>
  items.map((item) => (item.kind === 'message' ? item.message.content : `(${item.pending.content})`));

/** Connects, and resolves when everything that was missed is there. */
export async function online(client: CauserieClient): Promise<CauserieClient> {
  client.connect();
  await until(client.connection, ({ status }) => status === 'online');
  return client;
}

const ADD_MESSAGES = `
with newest as (
  select greatest(max(last_seq), max(m.seq)) as seq, greatest(max(c.rev), max(m.rev)) as rev
  from conversations c left join messages m on conversation_id = c.id where c.id = $1
), sent as (
  insert into messages (conversation_id, sender_id, content, seq, rev, content_sha256)
  select $1, $2, 'number ' || i, seq + i, rev + i, sha256('') from newest, generate_series(1, $3::int) i
)
update conversations c set last_seq = seq + $3::int, rev = newest.rev + $3::int, updated_at = now()
from newest where id = $1`;

/** Stores thousands of messages at once, without the application: nobody is told of them. */
export async function addMessages(
  { database }: Pick<TestServer, 'database'>,
  conversationId: string,
  senderId: string,
  count: number,
): Promise<void> {
  await database.query(ADD_MESSAGES, [conversationId, senderId, count]);
}
