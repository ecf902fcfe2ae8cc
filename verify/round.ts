import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account.ts';
import { isAnythingMissing } from './check/check-history.ts';
import type { History } from './history.ts';
import { Member } from './member.ts';
import type { Teller } from './progress.ts';
import type { Random } from './random.ts';
import { readEverything } from './read-everything.ts';
import { Recorder } from './recorder.ts';
import { Rooms } from './rooms.ts';
import { SecondSession } from './second-session.ts';
import { Stranger } from './stranger.ts';
import { Watcher } from './watcher.ts';

/** Milliseconds between two looks whether what is missing has come. */
const LOOK = 50;

export interface Cast {
  readonly members: readonly Account[];
  readonly strangers: readonly Account[];
  readonly conversations: number;
  readonly random: Random;
  readonly nodes: number;
  /** Milliseconds without any live event after which what has not come is missing. */
  readonly patience: number;
  /** Conversations of earlier rounds, which this one adds its own to. */
  readonly earlier: Set<string>;
  readonly progress: Teller;
}

/** New conversations, all clients at work on them until `enough()`, then everything settled and read again. */
export async function runRound(
  cast: Cast,
  working: () => void,
  enough: () => boolean,
  settling: () => Promise<void>,
): Promise<History> {
  const { members: accounts, strangers, random } = cast;
  const recorder = new Recorder([...accounts, ...strangers], cast.nodes);
  const rooms = new Rooms(accounts, recorder, random.fork());
  const members = accounts.map(
    (account, client) => new Member(client, account, rooms.all, recorder, random.fork()),
  );
  const intruders = strangers.map(
    (account, place) => new Stranger(accounts.length + place, account, rooms.all, recorder, random.fork()),
  );
  const watchers = accounts.map((account, client) => new Watcher(client, account, recorder));
  const everybody = [...members, ...intruders];
  const sockets = [...everybody, ...watchers];
  try {
    await Promise.all(sockets.map(({ socket }) => socket.open()));
    working();
    cast.progress.tell('Clients at work');
    await rooms.create(cast.conversations);
    const enter = (room: number, client: number): void => members[client]?.listener.enter(room);
    for (const [room, { founders }] of rooms.all.entries()) {
      for (const client of founders) enter(room, client);
    }
    await Promise.all([
      rooms.addLatecomers(enough, enter),
      logOutOnce(cast, rooms, recorder),
      ...everybody.map((somebody) => somebody.run(enough)),
    ]);
    cast.progress.tell('Settling, and reading everything again');
    await settling();
    const listeners = members.map(({ listener }) => listener);
    await Promise.all(listeners.map((listener) => listener.joins.settled()));
    for (const listener of listeners) listener.markEnd();
    await Promise.all(
      listeners.flatMap(({ mirrors }) => [...mirrors.values()].map((mirror) => mirror.catchUp())),
    );
    await readEverything(listeners, rooms.all, cast.earlier, recorder, random.fork());
    await lastDeliveries(recorder, cast.patience);
  } finally {
    for (const somebody of sockets) somebody.end();
  }
  for (const { id } of rooms.all) cast.earlier.add(id);
  return recorder.history();
}

/** Somebody of the first conversation does it, in all of the own rooms. */
async function logOutOnce({ members, random }: Cast, rooms: Rooms, recorder: Recorder): Promise<void> {
  const client = random.pick(rooms.all[0]?.founders ?? []);
  const account = members[client];
  if (!account) return;
  const own = rooms.all.filter(({ founders }) => founders.includes(client));
  await new SecondSession(client, account, recorder).run(own, random.fork());
}

/** What is acknowledged may still be on its way to others; what does not come in time is found missing. */
async function lastDeliveries(recorder: Recorder, patience: number): Promise<void> {
  let { news } = recorder;
  let limit = Date.now() + patience;
  while (isAnythingMissing(recorder.history()) && Date.now() < limit) {
    await delay(LOOK);
    if (recorder.news > news) limit = Date.now() + patience;
    ({ news } = recorder);
  }
}
