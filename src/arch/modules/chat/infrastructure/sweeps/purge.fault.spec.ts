import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { converse, say, signUp } from '../../../../../../test/contract/chat-subject.js';
import { type RealChatSubject, realChatSubject } from '../../../../../../test/contract/real-chat-subject.js';
import { DatabaseProxy } from '../../../../../../test/support/database-proxy.js';
import { Database } from '../../../../common/infrastructure/database/database.js';
import { JanitorAdapter } from '../../../../common/infrastructure/janitor/janitor.adapter.js';
import { conversationDeletion } from '../../domain/models/conversation-change.model.js';
import { ConversationSweeps } from './conversation-sweeps.js';

/** Messages that the janitor deletes in one transaction. */
const BATCH = 500;
/** Messages that it deletes in one round. */
const ROUND = 10_000;
const FILL = `
insert into messages (conversation_id, sender_id, content, seq, rev, content_sha256)
select $1, $2, 'Text ' || n, n, n, '' from generate_series(1, $3::int) n`;
const HEAD = `
select purged_at is not null as "isPurged", title,
  (select count(*)::int from messages where conversation_id = c.id) as messages,
  (select count(*)::int from conversation_changes where conversation_id = c.id) as changes
from conversations c where id = $1`;

let subject: RealChatSubject;
let proxy: DatabaseProxy;
const databases: Database[] = [];
let owner: string;

beforeAll(async () => {
  subject = await realChatSubject();
  proxy = await DatabaseProxy.open(subject.postgres);
  owner = await signUp(subject);
});
afterEach(async () => {
  await Promise.all(databases.splice(0).map((database) => database.onApplicationShutdown()));
});
afterAll(async () => {
  await proxy.close();
  await subject.close();
});

/** A node with its janitor; `before` is called before each batch of messages, `removed` has the size of each. */
function startNode(connection = subject.postgres.connection, before = async (_batch: number) => {}) {
  const database = new Database(connection, 2);
  databases.push(database);
  const janitor = new JanitorAdapter(database);
  const removed: number[] = [];
  const sweepsOf = () =>
    new ConversationSweeps(database, {
      registerSweeps: (...sweeps) =>
        janitor.registerSweeps(
          ...sweeps.map((sweep) => ({
            ...sweep,
            async batch(limit: number) {
              if (sweep.name !== 'conversations.messages') return sweep.batch(limit);
              await before(removed.length);
              const count = await sweep.batch(limit);
              removed.push(count);
              return count;
            },
          })),
        ),
    });
  return { janitor, removed, sweeps: sweepsOf() };
}

async function deletedConversation(messages: number): Promise<string> {
  const id = await converse(subject, owner);
  await subject.postgres.query(FILL, [id, owner, messages]);
  await subject.change.change(id, owner, () => [conversationDeletion([owner])]);
  return id;
}
const head = async (id: string) => (await subject.postgres.query(HEAD, [id]))[0];

it.for(['before', 'after'] as const)(
  'a purge whose node loses the database %s the statement of its third batch is continued by another node',
  async (moment) => {
    const stays = await converse(subject, owner);
    await say(subject, stays, owner, 3);
    const before = await head(stays);
    const id = await deletedConversation(1_700);
    let cut: Promise<void> | undefined;
    const dying = startNode(proxy.connection, async (batch) => {
      if (batch === 2) cut = proxy.cutAt('delete from "messages', moment);
    });
    const { complete } = await dying.janitor.runRound();
    await cut;
    expect([complete, dying.removed]).toEqual([false, [BATCH, BATCH]]);
    expect(await head(id)).toMatchObject({ isPurged: false, messages: 700 });
    const living = startNode();
    await living.janitor.runRound();
    expect(living.removed).toEqual([BATCH, 200]);
    expect(await head(id)).toEqual({ isPurged: true, title: null, messages: 0, changes: 0 });
    expect(await head(stays)).toEqual(before);
    proxy.reopen();
  },
);

it('a large conversation is purged over several rounds, and counts as purged after the last one', async () => {
  const id = await deletedConversation(ROUND + BATCH + 1);
  const { janitor, removed } = startNode();
  expect(await janitor.runRound()).toMatchObject({
    complete: false,
    removed: { 'conversations.messages': ROUND },
  });
  expect(Math.max(...removed)).toBe(BATCH);
  expect(await head(id)).toMatchObject({ isPurged: false, messages: BATCH + 1 });
  expect(await janitor.runRound()).toMatchObject({ complete: true });
  expect(await head(id)).toMatchObject({ isPurged: true, messages: 0 });
});

it('two nodes that purge at the same time delete everything once', async () => {
  const ids = [await deletedConversation(1_100), await deletedConversation(1_100)];
  const nodes = [startNode(), startNode()];
  await Promise.all(nodes.map(({ janitor }) => janitor.runRound()));
  // A node that does not get the lock leaves the work to the other one, or to the next round.
  await nodes[0]?.janitor.runRound();
  const counts = nodes.flatMap(({ removed }) => removed);
  expect(counts.reduce((sum, count) => sum + count)).toBe(2_200);
  for (const id of ids) expect(await head(id)).toMatchObject({ isPurged: true, messages: 0 });
});
