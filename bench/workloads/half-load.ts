import { closedLoop, openLoop } from '../generator/load.js';
import { progress } from '../progress.js';
import { medianWithInterval } from '../statistics/median-interval.js';
import { percentiles } from '../statistics/quantile.js';
import { ratioOf } from './alternate.js';
import { compareUnderLoad, describeBoth, type RoomContest, withRooms } from './room-contest.js';
import { messagesPerSecond, runSlice, type Slice } from './slice.js';
import type { Context, Workload } from './workload.js';

/** Slices in which the saturation is measured; the first warms up and is not counted. */
const TRIALS = 5;

/** Both servers get the same open load, at half of the first server's saturation. */
export const halfLoad: Workload = {
  name: 'half-load',
  title: 'Half of our own saturation, 500 rooms of 2 members',
  run: (context) =>
    withRooms(context, context.options.quick ? 50 : 500, 2, (contest) => measureRooms(context, contest)),
};

async function measureRooms(context: Context, contest: RoomContest) {
  const saturation = await findSaturation(context, contest);
  const perSecond = Math.round(saturation / 2);
  progress(`  saturation ${saturation.toFixed(0)} msg/s; the load is ${perSecond} msg/s`);
  const rounds = await compareUnderLoad(context, contest, openLoop(perSecond));
  return {
    figures: [
      {
        name: `p99 send to last delivery at ${perSecond} messages/s`,
        unit: 'ratio' as const,
        goal: { atMost: 1 },
        estimate: ratioOf(rounds, p99),
      },
    ],
    details: describeBoth(contest, `open loop of ${perSecond}/s`, rounds),
  };
}

async function findSaturation({ options }: Context, { first }: RoomContest): Promise<number> {
  const rates: number[] = [];
  for (let trial = 0; trial < TRIALS; trial += 1) {
    rates.push(messagesPerSecond(await runSlice(first, closedLoop(100, 'acked'), options.slice)));
  }
  return medianWithInterval(rates.slice(1)).median;
}

const p99 = ({ latencies }: Slice) => percentiles(latencies.lastDelivery).p99;
