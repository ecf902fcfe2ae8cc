import { closedLoop } from '../generator/load.js';
import { ratioOf } from './alternate.js';
import { compareUnderLoad, describeBoth, type RoomContest, withRooms } from './room-contest.js';
import { cpuPerMessage, messagesPerSecond } from './slice.js';
import type { Context, Detail, Figure, Workload } from './workload.js';

const IN_FLIGHT = [32, 100];

export const rooms: Workload = {
  name: 'rooms',
  title: '500 rooms of 2 members',
  run: (context) =>
    withRooms(context, context.options.quick ? 50 : 500, 2, (contest) =>
      measureLoads(context, contest, 1.6, true),
    ),
};

export const hotRoom: Workload = {
  name: 'hot-room',
  title: 'One hot room of 10 members',
  run: (context) => withRooms(context, 1, 10, (contest) => measureLoads(context, contest, 4, false)),
};

async function measureLoads(context: Context, contest: RoomContest, goal: number, withCpu: boolean) {
  const figures: Figure[] = [];
  const details: Detail[] = [];
  for (const inFlight of IN_FLIGHT) {
    const rounds = await compareUnderLoad(context, contest, closedLoop(inFlight, 'acked'));
    const load = `${inFlight} in flight`;
    details.push(...describeBoth(contest, load, rounds));
    figures.push({
      name: `messages/s, ${load}`,
      unit: 'ratio',
      goal: { atLeast: goal },
      estimate: ratioOf(rounds, messagesPerSecond),
    });
    if (!withCpu) continue;
    figures.push({
      name: `server CPU per message, ${load}`,
      unit: 'ratio',
      goal: { atMost: 1 },
      estimate: ratioOf(rounds, cpuPerMessage),
    });
  }
  return { figures, details };
}
