import { closedLoop } from '../generator/load.js';
import { ratioOf } from './alternate.js';
import { compareUnderLoad, describeBoth, withRooms } from './room-contest.js';
import { cpuPerDelivery } from './slice.js';
import type { Workload } from './workload.js';

const IN_FLIGHT = 32;

/** The next message is sent when one was received by all, so that the generator cannot fall behind. */
export const fanOut: Workload = {
  name: 'fan-out',
  title: '20 rooms of 50 members',
  run: (context) =>
    withRooms(context, 20, 50, async (contest) => {
      const rounds = await compareUnderLoad(context, contest, closedLoop(IN_FLIGHT, 'received'));
      return {
        figures: [
          {
            name: 'deliveries per server CPU-second',
            unit: 'ratio' as const,
            goal: { atLeast: 1.2 },
            estimate: ratioOf(rounds, (slice) => 1 / cpuPerDelivery(slice)),
          },
        ],
        details: describeBoth(contest, `${IN_FLIGHT} in flight`, rounds),
      };
    }),
};
