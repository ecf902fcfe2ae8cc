import { setTimeout as delay } from 'node:timers/promises';
import type { Account } from './account.ts';
import { isAnythingMissing } from './check/check-history.ts';
import type { History } from './history.ts';
import { LibraryMember } from './client/library-member.ts';
import { Member } from './member.ts';
import type { Person } from './person.ts';
import type { StageReporter } from './progress.ts';
import type { Random } from './random.ts';
import { RunningCircle } from './circle/run-circle.ts';
import { readEverything } from './read-everything.ts';
import { Recorder } from './recorder.ts';
import { Rooms } from './rooms.ts';
import { RunningWall } from './wall/run-wall.ts';
import { SecondSession } from './second-session.ts';
import { Stranger } from './stranger.ts';
import { Watcher } from './watcher.ts';

/** Milliseconds between two checks whether missing events have been received. */
const CHECK_INTERVAL = 50;

export interface RoundOptions {
  readonly members: readonly Account[];
  readonly strangers: readonly Account[];
  /** The people of the conversations whose members change, and whose messages change. */
  readonly circle: readonly Account[];
  readonly conversations: number;
  readonly random: Random;
  readonly nodes: number;
  /** Milliseconds without any live event after which events that were not received count as missing. */
  readonly patience: number;
  /** Whether the members use the client library. */
  readonly usesLibrary: boolean;
  /** Ids of the conversations of earlier rounds; this round adds its own. */
  readonly earlier: Set<string>;
  readonly progress: StageReporter;
}

/**
 * Runs one round: creates conversations, lets all clients act until `enough()`, waits until everything is delivered, and
 * reads the final state.
 * @param working called when all sockets are connected
 * @param settling called when the clients have ended; resolves when no more faults occur
 */
export async function runRound(
  cast: RoundOptions,
  working: () => void,
  enough: () => boolean,
  settling: () => Promise<void>,
): Promise<History> {
  const { members: accounts, strangers, random } = cast;
  const recorder = new Recorder([...accounts, ...strangers], cast.nodes);
  const rooms = new Rooms(accounts, recorder, random.fork());
  const members = accounts.map((account, client): Person => {
    const own = random.fork();
    return cast.usesLibrary
      ? new LibraryMember(client, account, rooms.all, recorder, own, cast.patience)
      : new Member(client, account, rooms.all, recorder, own);
  });
  const intruders = strangers.map(
    (account, place) => new Stranger(accounts.length + place, account, rooms.all, recorder, random.fork()),
  );
  const watchers = accounts.map((account, client) => new Watcher(client, account, recorder));
  const circle = new RunningCircle(cast.circle, random.fork(), recorder.unexpectedAnswers);
  recorder.circles.push(circle.record);
  const wall = new RunningWall(cast.circle, random.fork(), recorder.walls, recorder.unexpectedAnswers);
  const everybody = [...members, ...intruders];
  try {
    await Promise.all([
      ...[...intruders, ...watchers].map(({ socket }) => socket.open()),
      ...[...members, circle, wall].map((somebody) => somebody.open()),
    ]);
    working();
    cast.progress.report('Clients at work');
    await rooms.createAll(cast.conversations);
    const addTo = (room: number, client: number): void => members[client]?.addConversation(room);
    for (const [room, { founders }] of rooms.all.entries()) {
      for (const client of founders) addTo(room, client);
    }
    await Promise.all([
      rooms.addLateMembers(enough, addTo),
      logOutOnce(cast, rooms, recorder),
      circle.run(enough),
      wall.run(enough),
      ...everybody.map((somebody) => somebody.run(enough)),
    ]);
    cast.progress.report('Waiting for deliveries, and reading everything');
    await settling();
    await Promise.all(members.map((member) => member.settle()));
    await readEverything(members, rooms.all, cast.earlier, recorder, random.fork());
    await circle.readEnd(recorder.leaks);
    await wall.readEnd();
    await waitForDeliveries(recorder, cast.patience);
  } finally {
    for (const somebody of [...everybody, ...watchers, circle, wall]) somebody.end();
  }
  for (const { id } of rooms.all) cast.earlier.add(id);
  return recorder.history();
}

/** A member of the first conversation logs in a second time, joins its rooms, and logs out. */
async function logOutOnce(
  { members, random }: RoundOptions,
  rooms: Rooms,
  recorder: Recorder,
): Promise<void> {
  const client = random.pick(rooms.all[0]?.founders ?? []);
  const account = members[client];
  if (!account) return;
  const own = rooms.all.filter(({ founders }) => founders.includes(client));
  await new SecondSession(client, account, recorder).run(own, random.fork());
}

/** Waits until nothing is missing: acknowledged messages may still be on their way to other clients. */
async function waitForDeliveries(recorder: Recorder, patience: number): Promise<void> {
  let { eventCount } = recorder;
  let limit = Date.now() + patience;
  while (isAnythingMissing(recorder.history()) && Date.now() < limit) {
    await delay(CHECK_INTERVAL);
    if (recorder.eventCount > eventCount) limit = Date.now() + patience;
    ({ eventCount } = recorder);
  }
}
