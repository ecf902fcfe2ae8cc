import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account.ts';
import type { Conversation, History } from './history.ts';
import { Member } from './member.ts';
import { Mirror } from './mirror.ts';
import type { Random } from './random.ts';
import { Recorder } from './recorder.ts';
import { Stranger } from './stranger.ts';
import type { WireConversation, WirePage } from './wire.ts';

/** Most members of a conversation here; the first one has as many as it can. */
const MOST_MEMBERS = 20;
/** Milliseconds for the last live deliveries after the last acknowledgement. */
const DELIVERY_LIMIT = 10_000;
const PAGE = 100;

export interface Cast {
  readonly members: readonly Account[];
  readonly strangers: readonly Account[];
  readonly conversations: number;
  readonly random: Random;
}

/** New conversations, all clients at work on them until `enough()`, then everything settled and read again. */
export async function runRound(
  cast: Cast,
  enough: () => boolean,
  settling: () => Promise<void>,
): Promise<History> {
  const { members: accounts, strangers, random } = cast;
  const conversations = await createConversations(cast);
  const recorder = new Recorder([...accounts, ...strangers], conversations);
  const members = accounts.map(
    (account, client) => new Member(client, account, conversations, recorder, random.fork()),
  );
  const intruders = strangers.map(
    (account, place) =>
      new Stranger(accounts.length + place, account, conversations, recorder, random.fork()),
  );
  for (const [index, { members: inIt, invited }] of conversations.entries()) {
    for (const client of inIt.slice(0, invited)) members[client]?.listener.enter(index);
  }
  const everybody = [...members, ...intruders];
  try {
    await Promise.all(everybody.map(({ socket }) => socket.open()));
    const additions = addLatecomers(cast, conversations, members, enough);
    await Promise.all([additions, ...everybody.map((somebody) => somebody.run(enough))]);
    await settling();
    await Promise.all(members.map(({ listener }) => listener.settled()));
    await lastDeliveries(members, accounts, conversations);
    await Promise.all(
      members.flatMap(({ listener }) => [...listener.mirrors.values()].map((mirror) => mirror.catchUp())),
    );
    await readLists(cast, members, conversations, recorder);
  } finally {
    for (const somebody of everybody) somebody.end();
  }
  return recorder.history();
}

/** Its members are first those it was created with, then those who come while the others talk. */
interface Room extends Conversation {
  readonly invited: number;
  additions: number;
}

/** The owners add the others one by one. */
async function addLatecomers(
  { members: accounts, random }: Cast,
  rooms: readonly Room[],
  members: readonly Member[],
  enough: () => boolean,
): Promise<void> {
  const late = rooms.flatMap((room, index) =>
    room.members.slice(room.invited).map((client) => ({ room, index, client })),
  );
  for (const { room, index, client } of random.sample(late, late.length)) {
    await delay(random.integer(10, 500));
    if (enough()) return;
    const owner = accountOf(accounts, room.members[0] ?? -1);
    const body = { userId: accountOf(accounts, client).id };
    const { status } = await owner.settle('POST', `/chat/conversations/${room.id}/members`, body);
    // 409: an earlier request was taken, and its answer lost.
    if (status !== 201 && status !== 409) throw new Error(`a member could not be added: ${status}`);
    room.additions += 1;
    members[client]?.listener.enter(index);
  }
}

/** Everybody is in one at least, the first has all whom it can hold, the others some. */
async function createConversations({ members, conversations, random }: Cast): Promise<Room[]> {
  const clients = members.map((_, client) => client);
  const created = Array.from({ length: conversations }, async (_, place) => {
    const dealt = clients.filter((client) => client % conversations === place);
    const size = place === 0 ? MOST_MEMBERS : random.integer(2, MOST_MEMBERS / 2);
    const more = random.sample(clients, Math.max(0, size - dealt.length));
    const all = [...new Set([...dealt, ...more])];
    const chosen = all.slice(0, Math.max(dealt.length, 2, Math.ceil(all.length * 0.7)));
    const [owner, ...others] = chosen
      .map((client) => members[client])
      .filter((account) => account !== undefined);
    if (!owner)
      throw new RangeError('a conversation without members: fewer conversations or more clients, please');
    const body = { title: 'verify', memberIds: others.map(({ id }) => id) };
    const answer = await owner.settle('POST', '/chat/conversations', body);
    if (answer.status !== 201) throw new Error(`no conversation: ${JSON.stringify(answer.body)}`);
    return { id: (answer.body as WireConversation).id, members: all, invited: chosen.length, additions: 0 };
  });
  return Promise.all(created);
}

/** What is acknowledged may still be on its way to others; what does not come in time is found missing. */
async function lastDeliveries(
  members: readonly Member[],
  accounts: readonly Account[],
  conversations: readonly Conversation[],
): Promise<void> {
  const ends = await Promise.all(
    conversations.map(async ({ id, members: [first = -1] }) => {
      const answer = await accountOf(accounts, first).settle('GET', `/chat/conversations/${id}`);
      return (answer.body as WireConversation).lastSeq;
    }),
  );
  const arrived = (): boolean =>
    members.every(({ listener }) =>
      [...listener.mirrors.values()].every(({ conversation, end }) => end >= (ends[conversation] ?? 0)),
    );
  const limit = Date.now() + DELIVERY_LIMIT;
  while (!arrived() && Date.now() < limit) await delay(10);
}

/** The server's list of each conversation, each member's own, and that of a member who knows nothing yet. */
async function readLists(
  { members: accounts, random }: Cast,
  members: readonly Member[],
  conversations: readonly Conversation[],
  recorder: Recorder,
): Promise<void> {
  const stored = await Promise.all(
    conversations.map(async ({ id, members: inIt }, conversation) => {
      const client = random.pick(inIt.filter((one) => members[one]?.listener.mirrors.has(conversation)));
      const account = accountOf(accounts, client);
      const fresh = new Mirror(conversation, id, account, recorder, random.fork());
      await fresh.catchUp();
      recorder.lists.push({ client, conversation, how: 'from the start', messages: fresh.messages });
      return readStored(account, id, recorder);
    }),
  );
  recorder.stored.push(...stored);
  for (const [client, { listener }] of members.entries()) {
    for (const { conversation, messages } of listener.mirrors.values()) {
      recorder.lists.push({ client, conversation, how: 'as it went', messages });
    }
  }
}

async function readStored(account: Account, id: string, recorder: Recorder): Promise<number[]> {
  const newestFirst: number[] = [];
  for (let page = 1; ; page += 1) {
    const path = `/chat/conversations/${id}/messages?page=${page}&limit=${PAGE}`;
    const { status, body } = await account.settle('GET', path);
    if (status !== 200) throw new Error(`GET ${path}: ${status} ${JSON.stringify(body)}`);
    const { data } = body as WirePage;
    newestFirst.push(...data.map((message) => recorder.see(message)));
    if (data.length < PAGE) return newestFirst.toReversed();
  }
}

function accountOf(accounts: readonly Account[], client: number): Account {
  const account = accounts[client];
  if (!account) throw new RangeError(`no client ${client}`);
  return account;
}
