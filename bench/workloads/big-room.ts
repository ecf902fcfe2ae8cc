import type { Contestant } from '../contestants/contestant.js';
import { openLoop } from '../generator/load.js';
import type { Latencies } from '../generator/ledger.js';
import { concatSamples } from '../generator/samples.js';
import { SideRoomProcess } from '../generator/side-room-process.js';
import { planRooms, type Room } from '../setup/population.js';
import { percentiles } from '../statistics/quantile.js';
import { quantileWithInterval } from '../statistics/quantile-interval.js';
import { runAlternately, ratioOf, type Round } from './alternate.js';
import { describeBoth, type RoomContest, withRooms } from './room-contest.js';
import { type Entrant, runSlice, type Slice } from './slice.js';
import { deliveryViolations, verifyStored } from './verify.js';
import type { Context, Detail, Workload } from './workload.js';

const PER_SECOND = 5;
const SMALL_ROOM = { members: 2, perSecond: 20 };

/** A slice of both rooms at the same time. */
interface Turn {
  readonly big: Slice;
  readonly beside: Latencies;
}

interface Side {
  readonly room: Room;
  readonly generator: SideRoomProcess;
  readonly contestant: Contestant;
}

export const bigRoom: Workload = {
  name: 'big-room',
  title: 'One room of 5,000 at 5 messages/s, and one of 2 beside it',
  run: async (context) => {
    const [room] = planRooms(context.smallRoomUsers, 1, SMALL_ROOM.members);
    if (!room) throw new Error('There is no room.');
    const sides = await Promise.all(context.contestants.map((contestant) => openSide(contestant, room)));
    const size = context.options.quick ? 500 : 5_000;
    try {
      const result = await withRooms(context, 1, size, (contest) => measureRooms(context, contest, sides));
      const violations = await Promise.all(sides.map(checkSide));
      return { ...result, violations: [...result.violations, ...violations.flat()] };
    } finally {
      for (const { generator } of sides) generator.stop();
    }
  },
};

async function measureRooms({ options }: Context, contest: RoomContest, sides: readonly Side[]) {
  // Ten messages are too few for a p99, even with 5,000 recipients: these slices are twice as long.
  const turn = (entrant: Entrant) => runBoth(entrant, sides, options.slice * 2);
  const rounds = await runAlternately(
    options.rounds,
    () => turn(contest.first),
    () => turn(contest.second),
    ({ first, second }) => `${formatLine(contest.first, first)} · ${formatLine(contest.second, second)}`,
  );
  const beside = (key: keyof Round<Turn>) => concatSamples(rounds.map((round) => round[key].beside.delivery));
  return {
    figures: [
      {
        name: 'p99 of delivery in the large room',
        unit: 'ratio' as const,
        goal: { atMost: 0.5 },
        estimate: ratioOf(rounds, ({ big }) => percentiles(big.latencies.delivery).p99),
      },
      {
        name: `p99 of delivery in the small room (${contest.first.contestant.name})`,
        unit: 'ms' as const,
        goal: { atMost: 20 },
        estimate: quantileWithInterval(beside('first'), 0.99),
      },
    ],
    details: [
      ...describeBoth(
        contest,
        'large room',
        rounds.map(({ first, second }) => ({ first: first.big, second: second.big })),
      ),
      describeSmallRoom(contest.first, beside('first')),
      describeSmallRoom(contest.second, beside('second')),
    ],
  };
}

async function runBoth(entrant: Entrant, sides: readonly Side[], milliseconds: number): Promise<Turn> {
  const side = sides.find(({ contestant }) => contestant === entrant.contestant);
  if (!side) throw new Error('A contestant has no small room.');
  const [big, beside] = await Promise.all([
    runSlice(entrant, openLoop(PER_SECOND), milliseconds),
    side.generator.runSlice(milliseconds),
  ]);
  return { big, beside };
}

function formatLine({ contestant }: Entrant, { big, beside }: Turn): string {
  const large = percentiles(big.latencies.delivery).p99.toFixed(1);
  return `${contestant.name} p99 ${large} ms, beside it ${percentiles(beside.delivery).p99.toFixed(1)} ms`;
}

function describeSmallRoom({ contestant }: Entrant, delivery: Float64Array): Detail {
  const { p50, p95, p99, samples } = percentiles(delivery);
  return {
    of: `${contestant.name}, small room`,
    measures: { 'delivery p50 ms': p50, 'delivery p95 ms': p95, 'delivery p99 ms': p99, deliveries: samples },
  };
}

async function openSide(contestant: Contestant, room: Room): Promise<Side> {
  await contestant.addRooms([room]);
  const { url } = contestant.server;
  return { room, contestant, generator: await SideRoomProcess.open(url, room, SMALL_ROOM.perSecond) };
}

async function checkSide({ room, generator, contestant }: Side): Promise<string[]> {
  const { lastSeqs, violations } = await verifyStored(contestant, [room], generator.acked);
  const counts = await generator.closeRoom(lastSeqs.get(room.id) ?? 0);
  return [...violations, ...deliveryViolations(contestant, counts, generator.acked * SMALL_ROOM.members)];
}
