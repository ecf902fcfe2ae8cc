import { expect } from 'vitest';
import type { Person } from './person.js';
import type { Stage } from './stage.js';
import { untilSnapshot } from './until-snapshot.js';

/** Milliseconds within which everybody must be current again. */
const LIMIT = 90_000;
/** The same for the list, once the messages are there. */
const LIST_LIMIT = 20_000;

/**
 * What must hold after every break: everybody has what the server has, and all the same; each text that was sent is stored once;
 * nothing is doubled or waits.
 */
export async function expectWhole(
  { database }: Stage,
  people: readonly Person[],
  conversationId: string,
  texts: readonly string[],
): Promise<void> {
  const outcomes = await Promise.allSettled(
    people.map((person) => untilCurrent(person, conversationId, texts.length)),
  );
  const late = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(late.map(({ reason }) => String(reason))).toEqual([]);
  const rows = await database.query<{ content: string }>(
    'select content from messages where conversation_id = $1 order by seq',
    [conversationId],
  );
  expect(rows.map(({ content }) => content).toSorted()).toEqual(texts.toSorted());
  for (const person of people) {
    const items = person.itemsOf(conversationId);
    const keys = items.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(await person.client.conversation(conversationId).verify()).toEqual({
      missing: [],
      doubled: [],
      different: [],
    });
    expect(person.client.outbox.getSnapshot()).toEqual([]);
    await expectList(person);
  }
  const [first, ...others] = people.map((person) => contentsOf(person, conversationId));
  // Each may hold another part of a long conversation; all hold the end.
  for (const other of others) {
    const count = Math.min(first?.length ?? 0, other.length);
    expect(other.slice(-count)).toEqual(first?.slice(-count));
  }
}

/** The list has the order of the server, and its numbers. */
async function expectList({ client, name }: Person): Promise<void> {
  const { data } = await client.call('GET /chat/conversations', { query: { limit: 100 } });
  const stored = data.map(({ id, lastSeq, me }) => [id, lastSeq, me.lastReadSeq, me.unreadCount]);
  await untilSnapshot(
    `${name} has the list ${JSON.stringify(stored)}`,
    client.conversations,
    ({ items }) =>
      JSON.stringify(items.map((one) => [one.id, one.lastSeq, one.lastReadSeq, one.unreadCount])) ===
      JSON.stringify(stored),
    LIST_LIMIT,
  );
}

async function untilCurrent(person: Person, conversationId: string, lastSeq: number): Promise<void> {
  const { client, name } = person;
  await untilSnapshot(`${name} is online`, client.connection, ({ status }) => status === 'online', LIMIT);
  await untilSnapshot(`${name} has sent all`, client.outbox, (rows) => rows.length === 0, LIMIT);
  const { timeline } = client.conversation(conversationId);
  await untilSnapshot(
    `${name} is current`,
    timeline,
    (state) => !state.stale && state.busy === null && state.atEnd && state.last === lastSeq,
    LIMIT,
  );
}

function contentsOf(person: Person, conversationId: string): unknown[] {
  return person
    .itemsOf(conversationId)
    .map((item) => item.kind === 'message' && [item.message.seq, item.message.rev, item.message.content]);
}
